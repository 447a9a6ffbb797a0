import { Bale } from './bale';
import { baleRoutes } from './bale-routes';
import { BaleServer } from './bale-server';

const mobile = '989121234567';
const settings = { botToken: '1:token', clientId: 'peyk', clientSecret: 'secret', credit: 2 };

describe(BaleServer.name, () => {
  const bale = new Bale({ ...settings });
  const server = new BaleServer(bale);
  const control = baleRoutes(bale);
  let url: string;
  beforeAll(async () => {
    url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    bale.reset();
    bale.settings.credit = 2;
  });

  async function bot(
    method: string,
    body: object,
    token = settings.botToken,
  ): Promise<Record<string, unknown>> {
    const response = await fetch(`${url}/bot${token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, ...((await response.json()) as object) };
  }
  const act = (route: string, body?: unknown): unknown =>
    control[route]?.({ query: new URLSearchParams(), body });

  async function token(clientSecret = settings.clientSecret): Promise<Record<string, unknown>> {
    const response = await fetch(`${url}/api/v2/auth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: settings.clientId,
        client_secret: clientSecret,
        scope: 'read',
      }),
    });
    return { status: response.status, ...((await response.json()) as object) };
  }
  async function otp(phone: string, bearer: unknown): Promise<Record<string, unknown>> {
    const response = await fetch(`${url}/api/v2/send_otp`, {
      method: 'POST',
      headers: { authorization: `Bearer ${String(bearer)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ phone, otp: '123456' }),
    });
    return { status: response.status, ...((await response.json()) as object) };
  }

  it('knows its token, its methods, and whom it may write to', async () => {
    expect(await bot('getMe', {}, '1:other')).toMatchObject({ status: 401, ok: false, error_code: 401 });
    expect(await bot('getMe', {})).toMatchObject({ ok: true, result: { is_bot: true } });
    expect(await bot('fly', {})).toMatchObject({ status: 404, ok: false });
    const person = bale.join(mobile);
    expect(await bot('sendMessage', { chat_id: person.userId, text: 'سلام' })).toMatchObject({
      error_code: 403,
    });
    act('POST /bale/start', { mobile });
    expect(await bot('sendMessage', { chat_id: person.userId, text: 'سلام' })).toMatchObject({ ok: true });
    expect(bale.messages).toMatchObject([{ mobile, text: 'سلام' }]);
    act('POST /bale/block', { mobile });
    expect(await bot('sendMessage', { chat_id: person.userId, text: 'سلام' })).toMatchObject({
      error_code: 403,
    });
  });

  it('lets getUpdates wait for what comes, and forgets what was confirmed', async () => {
    bale.join(mobile);
    const waiting = bot('getUpdates', { offset: 0, timeout: 20 });
    // The request has to be there first.
    await new Promise((resolve) => setTimeout(resolve, 50));
    act('POST /bale/start', { mobile, link: 'https://ble.ir/peyk_bot?start=abc' });
    const { result } = (await waiting) as { result: { update_id: number; message: { text: string } }[] };
    expect(result.map(({ message }) => message.text)).toEqual(['/start abc']);
    const offset = (result[0]?.update_id ?? 0) + 1;
    expect(await bot('getUpdates', { offset, timeout: 0 })).toMatchObject({ result: [] });
    expect(await bot('getUpdates', { offset: 0, timeout: 0 })).toMatchObject({ result: [] });
  });

  it('names the owner of a shared contact', async () => {
    const person = bale.join(mobile);
    act('POST /bale/contact', { mobile });
    act('POST /bale/contact', { mobile, of: '989351234567' });
    const { result } = (await bot('getUpdates', { offset: 0 })) as unknown as {
      result: { message: { contact: object } }[];
    };
    expect(result.map(({ message }) => message.contact)).toEqual([
      { phone_number: mobile, first_name: 'کاربر بله', user_id: person.userId },
      { phone_number: '989351234567', first_name: 'مخاطب' },
    ]);
  });

  it('Safir wants its password, a token, a person on Bale, and credit', async () => {
    expect(await token('wrong')).toMatchObject({ status: 401, error: 'invalid_client' });
    const { access_token: bearer, expires_in: seconds } = await token();
    expect(seconds).toBe(43_200);
    expect(await otp(mobile, 'nobody')).toMatchObject({ status: 401 });
    expect(await otp('09121234567', bearer)).toMatchObject({ status: 400, code: 8 });
    expect(await otp(mobile, bearer)).toMatchObject({ status: 404, code: 17 });
    act('POST /bale/people', { mobile });
    expect(await otp(mobile, bearer)).toEqual({ status: 200, balance: 1 });
    expect(await otp(mobile, bearer)).toEqual({ status: 200, balance: 0 });
    expect(await otp(mobile, bearer)).toMatchObject({ status: 402, code: 20 });
    expect(bale.codes.map(({ code }) => code)).toEqual(['123456', '123456']);
  });

  it('fails as it was told to, and as often', async () => {
    const { access_token: bearer } = await token();
    bale.join(mobile);
    act('POST /bale/faults', { kind: 'drop', api: 'safir', count: 1 });
    await expect(otp(mobile, bearer)).rejects.toThrow();
    act('POST /bale/faults', { kind: 'tooMany', api: 'safir', count: 1 });
    expect(await otp(mobile, bearer)).toMatchObject({ status: 429, code: 18 });
    act('POST /bale/faults', { kind: 'tokenEnds', api: 'safir', count: 1 });
    expect(await otp(mobile, bearer)).toMatchObject({ status: 401 });
    act('POST /bale/faults', { kind: 'notOk', api: 'bot', count: 1 });
    expect(await bot('getMe', {})).toMatchObject({ status: 200, ok: false, error_code: 500 });
    act('POST /bale/faults', { kind: 'slow', api: 'bot', ms: 100, count: 1 });
    const began = performance.now();
    expect(await bot('getMe', {})).toMatchObject({ ok: true });
    expect(performance.now() - began).toBeGreaterThan(90);
    expect(bale.faults).toEqual([]);
  });

  it('refuses to act for somebody who is not there, and wrong requests', () => {
    expect(() => act('POST /bale/start', { mobile })).toThrow('is not on Bale');
    expect(() => act('POST /bale/start', { mobile: '0912' })).toThrow('mobile');
    expect(() => act('POST /bale/faults', { kind: 'fire', api: 'bot' })).toThrow('kind');
  });
});
