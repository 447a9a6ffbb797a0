import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  AccountDto,
  BaleLinkDto,
  BaleStatusDto,
  CodeChannelName,
  CodePurpose,
  CodeRequestedDto,
  SignedInDto,
} from '@peyk/contracts/identity';
import { eventually } from '@peyk/testing';
import { ApiClient, refusal, RefusedError } from '../support/api';
import { demo } from '../support/system';
import type { PeykSystem } from '../support/system';
import { platform } from './platform';

// The whole platform starts first; on a busy machine that takes a while.
jest.setTimeout(300_000);

interface Person {
  readonly username: string;
  readonly mobile: string;
  readonly email: string;
}

describe('people sign in by one-time codes', () => {
  let system: PeykSystem;
  let admin: ApiClient;
  const codes: string[] = [];

  beforeAll(async () => {
    system = await platform();
    admin = await new ApiClient(system.baseUrl).signIn(demo.admin.username, demo.admin.password);
  });

  async function person(): Promise<Person> {
    const mobile = `98912${randomInt(10_000_000).toString().padStart(7, '0')}`;
    const username = `e${mobile}`;
    const email = `${username}@example.org`;
    await admin.request('POST', '/accounts', {
      name: 'نگار رضایی',
      usernames: [{ username, kind: 'chosen' }],
      grants: [{ role: 'portal_user', scopes: [] }],
      mobile: `0${mobile.slice(2)}`,
      email,
    });
    return { username, mobile, email };
  }

  const request = (
    { username }: { username: string },
    purpose: CodePurpose = 'sign_in',
    channel?: CodeChannelName,
  ): Promise<CodeRequestedDto> =>
    new ApiClient(system.baseUrl).request('POST', '/sessions/codes', { username, purpose, channel });

  /** The one text that came with a code, and the code. */
  async function arrived(read: () => Promise<string[]>): Promise<string> {
    const texts = await eventually(async () => {
      const found = (await read()).filter((candidate) => /\d{6}/.test(candidate));
      expect(found).toHaveLength(1);
      return found;
    });
    const [code = ''] = /\d{6}/.exec(texts[0] ?? '') ?? [];
    codes.push(code);
    return code;
  }
  const smsTo = (mobile: string) => async (): Promise<string[]> => {
    const { items } = await system.simulator<{ items: { text: string | null }[] }>(
      'GET',
      `/messages?destination=${mobile}`,
    );
    return items.map(({ text }) => text ?? '');
  };

  const signIn = (requestId: string, code: string): Promise<SignedInDto> =>
    new ApiClient(system.baseUrl).request('POST', '/sessions/by-code', { requestId, code });

  it('IDN-002 by SMS through the whole platform to the operator, and in', async () => {
    const who = await person();
    const { requestId } = await request(who);
    const code = await arrived(smsTo(who.mobile));
    const { session } = await signIn(requestId, code);
    const me = await new ApiClient(system.baseUrl)
      .withToken(session?.accessToken ?? '')
      .request<AccountDto>('GET', '/me');
    expect(me.name).toBe('نگار رضایی');
    expect(await refusal(signIn(requestId, code))).toEqual([422, 'code.expired']);
    expect(await refusal(request(who))).toEqual([429, 'code.tooSoon']);
  });

  it('IDN-206 NTF-007 a chat that was linked gets it; while Bale is down it comes by SMS', async () => {
    const who = await person();
    await system.simulator('POST', '/bale/people', { mobile: who.mobile });
    const { requestId } = await request(who);
    const first = await arrived(async () =>
      (await system.simulator<{ code: string }[]>('GET', `/bale/codes?mobile=${who.mobile}`)).map(
        ({ code }) => code,
      ),
    );
    const { session } = await signIn(requestId, first);
    const panel = new ApiClient(system.baseUrl).withToken(session?.accessToken ?? '');
    const { url } = await panel.request<BaleLinkDto>('POST', '/me/bale/link', {});
    await system.simulator('POST', '/bale/start', { mobile: who.mobile, link: url });
    const chat = async (): Promise<string[]> =>
      (await system.simulator<{ text: string }[]>('GET', `/bale/messages?mobile=${who.mobile}`)).map(
        ({ text }) => text,
      );
    await eventually(async () => expect(await chat()).toHaveLength(1));
    await system.simulator('POST', '/bale/contact', { mobile: who.mobile });
    await eventually(async () =>
      expect((await panel.request<BaleStatusDto>('GET', '/me/bale')).linkedAt).not.toBeNull(),
    );
    await forgetBudgets();
    const second = await request(who);
    await signIn(second.requestId, await arrived(chat));
    await forgetBudgets();
    for (const api of ['bot', 'safir']) await system.simulator('POST', '/bale/faults', { kind: 'drop', api });
    const third = await request(who);
    const code = await arrived(smsTo(who.mobile));
    await system.simulator('DELETE', '/bale/faults');
    await signIn(third.requestId, code);
  });

  it('IDN-209 by e-mail for a new password', async () => {
    const who = await person();
    await request(who, 'reset_password', 'email');
    await arrived(async () =>
      (await system.simulator<{ text: string }[]>('GET', `/mails?to=${who.email}`)).map(({ text }) => text),
    );
  });

  it('IDN-205 a username that nobody has is answered the same', async () => {
    const who = await person();
    const [known, unknown] = [await request(who), await request({ username: `nobody-${who.username}` })];
    expect(Object.keys(unknown).sort()).toEqual(Object.keys(known).sort());
    const answers = await Promise.all(
      [known, unknown].map(({ requestId }) =>
        signIn(requestId, '000000').catch((error: unknown) =>
          error instanceof RefusedError ? error.body : error,
        ),
      ),
    );
    const wrong = { code: 'code.wrong', details: { field: 'code', triesLeft: 4 } };
    expect(answers).toMatchObject([wrong, wrong]);
    await arrived(smsTo(who.mobile));
  });

  it('no code stands in any log', () => {
    expect(codes.length).toBeGreaterThanOrEqual(6);
    const found = readdirSync(system.logs).flatMap((file) => {
      const text = readFileSync(join(system.logs, file), 'utf8');
      return codes
        .filter((code) => new RegExp(`(?<![\\da-f.])${code}(?![\\da-f])`).test(text))
        .map(() => file);
    });
    expect(found).toEqual([]);
  });

  const forgetBudgets = (): Promise<unknown> => system.sql('identity', 'DELETE FROM code_budgets');
});
