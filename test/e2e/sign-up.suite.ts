import { randomUUID } from 'node:crypto';
import type { OwnPlanDto, PlansDto, WalletDto } from '@peyk/contracts/billing';
import type {
  CodeRequestedDto,
  NewApiKeyDto,
  SignedInDto,
  TermsDto,
  UsernameAvailableDto,
} from '@peyk/contracts/identity';
import type { LinesDto, SendDto, SendRequestDto } from '@peyk/contracts/sms';
import { ApiClient, isComplete, refusal } from '../support/api';
import { differences } from '../support/audit';
import { eventually } from '../support/faults';
import { OperatorLink } from '../support/links';
import { demo } from '../support/system';
import type { PeykSystem } from '../support/system';
import { platform } from './platform';

const mobile = '09127654321';
const trialRials = 50_000;
/** One part of Persian on a service line to MCI. */
const partRials = 1_330;
const manyNumbers = Array.from({ length: 30 }, (_none, no) => `09121000${String(100 + no)}`);

jest.setTimeout(300_000);

describe('somebody signs up and sends', () => {
  let system: PeykSystem;
  let link: OperatorLink;
  const visitor = (): ApiClient => new ApiClient(system.baseUrl);
  let customer: ApiClient;
  let session: NonNullable<SignedInDto['session']>;

  beforeAll(async () => {
    system = await platform();
    link = OperatorLink.demo(system);
    await link.set({
      partsPerSecond: 1_000,
      latencyMs: 2,
      receipts: { delayMs: { min: 0, max: 100 }, mix: { DELIVRD: 1 } },
    });
    await link.bound(2);
  }, 300_000);

  /** The code that the operator brought to a mobile. */
  const codeFor = async (number: string): Promise<string> => {
    let code = '';
    await eventually('the code is there', 30_000, async () => {
      const parts = await link.received();
      const text = parts
        .filter(({ destination }) => destination === `98${number.slice(1)}`)
        .map((part) => part.text ?? '')
        .join(' ');
      code = /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0] ?? '';
      return code !== '';
    });
    return code;
  };
  const signUp = async (
    number: string,
    over: Record<string, unknown> = {},
  ): Promise<NonNullable<SignedInDto['session']>> => {
    const { version } = await visitor().request<TermsDto>('GET', '/terms');
    const draft = {
      kind: 'sms_customer',
      username: `shop.${randomUUID().slice(0, 8)}`,
      name: 'فروشگاه تازه',
      password: 'a long sentence 1405',
      termsVersion: version,
      plan: 'start',
      ...over,
    };
    const { requestId } = await visitor().request<CodeRequestedDto>('POST', '/sign-ups/codes', {
      ...draft,
      mobile: number,
    });
    const answer = await visitor().request<SignedInDto>('POST', '/sign-ups', {
      ...draft,
      requestId,
      code: await codeFor(number),
    });
    if (!answer.session) throw new Error('no session');
    return answer.session;
  };
  const sendOf = (
    api: ApiClient,
    lineId: string,
    over: Partial<SendRequestDto> = {},
    headers?: Record<string, string>,
  ): Promise<SendDto> =>
    api.request<SendDto>(
      'POST',
      '/sends',
      {
        lineId,
        text: 'سلام، نخستین پیام ما',
        recipients: { numbers: ['09121000001'] },
        idempotencyKey: randomUUID(),
        ...over,
      },
      headers,
    );

  it('IDN-031 IDN-215 BIL-022 has line, plan and trial credit, and an SMS delivered, in less than a minute', async () => {
    const startedMs = performance.now();
    const { plans } = await visitor().request<PlansDto>('GET', '/plans');
    expect(plans.map(({ code }) => code)).toEqual(['start', 'business', 'organization']);
    expect(
      await visitor().request<UsernameAvailableDto>('GET', '/sign-ups/available?username=New.Shop'),
    ).toEqual({ username: 'new.shop', available: true });

    session = await signUp(mobile, { username: 'New.Shop' });
    expect(session.account).toMatchObject({ username: 'new.shop', roles: ['sms_customer'] });
    customer = visitor().withToken(session.accessToken);
    let lines: LinesDto['lines'] = [];
    await eventually('line and credit are there', 30_000, async () => {
      ({ lines } = await customer.request<LinesDto>('GET', '/lines'));
      const { availableRials } = await customer.request<WalletDto>('GET', '/wallet');
      // Until it has its own it sees the shared one.
      return lines.length === 1 && lines[0]?.id !== demo.sharedLine && availableRials === trialRials;
    });
    const [line] = lines;
    const { id } = await sendOf(customer, line?.id ?? '');
    const send = await customer.until(id, isComplete, 120_000);
    expect(performance.now() - startedMs).toBeLessThan(60_000);

    expect(send.counts.delivered).toBe(1);
    const parts = await link.received();
    expect(parts.filter(({ source }) => source === line?.number)).toMatchObject([
      { destination: '989121000001' },
    ]);
    expect(await customer.request<OwnPlanDto>('GET', '/plans/own')).toMatchObject({
      plan: { code: 'start' },
      state: 'active',
    });
    await eventually('it is paid', 60_000, async () => {
      const { postedRials } = await customer.request<WalletDto>('GET', '/wallet');
      return postedRials === trialRials - partRials;
    });
    expect(
      await visitor().request<UsernameAvailableDto>('GET', '/sign-ups/available?username=new.shop'),
    ).toMatchObject({ available: false });
  });

  it('SMT-214 sends by an API key, and by none after it was revoked', async () => {
    const create = (scopes: readonly string[]): Promise<NewApiKeyDto> =>
      customer.request<NewApiKeyDto>('POST', '/api-keys', {
        name: 'وب‌سرویس',
        scopes,
        addresses: ['127.0.0.1'],
      });
    const [{ key, apiKey }, reader] = [await create(['sms.send', 'sms.read']), await create(['wallet.read'])];
    const { lines } = await customer.request<LinesDto>('GET', '/lines');
    const lineId = lines[0]?.id ?? '';
    const program = visitor().withToken(key);
    const { id } = await sendOf(program, lineId);
    expect((await program.until(id, isComplete, 120_000)).counts.delivered).toBe(1);
    const other = await sendOf(visitor(), lineId, {}, { 'x-api-key': key });
    expect(await refusal(program.request('GET', '/wallet'))).toEqual([403, 'access.denied']);
    expect(await refusal(program.request('GET', '/api-keys'))).toEqual([403, 'access.denied']);
    const byReader = visitor().withToken(reader.key);
    expect((await byReader.request<WalletDto>('GET', '/wallet')).customerId).toBe(session.account.id);
    expect(await refusal(sendOf(byReader, lineId))).toEqual([403, 'access.denied']);

    await customer.request('DELETE', `/api-keys/${apiKey.id}`);
    await eventually('the key is refused', 60_000, async () => {
      const [status, code] = await refusal(program.request('GET', '/lines'));
      return status === 401 && code === 'apiKey.invalid';
    });
    expect((await byReader.request<WalletDto>('GET', '/wallet')).customerId).toBe(session.account.id);
    await customer.until(other.id, isComplete, 120_000);
  });

  it('one mobile has one panel', async () => {
    await system.sql(
      'identity',
      `UPDATE code_budgets SET last_sent_at = last_sent_at - interval '2 minutes'`,
    );
    await system.simulator('POST', '/reset', {});
    expect(await refusal(signUp(mobile))).toEqual([409, 'account.mobileTaken']);
  });

  it('disabled, it sends nothing: what runs is paused, its session and its keys are refused', async () => {
    const { key } = await customer.request<NewApiKeyDto>('POST', '/api-keys', {
      name: 'x',
      scopes: ['sms.read'],
    });
    const program = visitor().withToken(key);
    const { lines } = await customer.request<LinesDto>('GET', '/lines');
    // So slow that the send still runs when the account is disabled.
    await system.sql('sms-gateway', 'UPDATE links SET parts_per_second = 1 WHERE id = $1', [demo.link]);
    await eventually('the worker holds the new pace', 120_000, async () => {
      const shares = await system.sql<{ granted: number; applied: number }>(
        'sms-gateway',
        'SELECT granted, applied FROM link_shares WHERE link_id = $1 AND free_at IS NULL',
        [demo.link],
      );
      return shares.length > 0 && shares.every(({ granted, applied }) => granted <= 1 && applied <= 1);
    });
    const { id } = await sendOf(customer, lines[0]?.id ?? '', { recipients: { numbers: manyNumbers } });
    const admin = await visitor().signIn(demo.admin.username, demo.admin.password);
    await admin.request('POST', `/accounts/${session.account.id}/disable`, {});
    await eventually('the send is paused', 120_000, async () => {
      const [row] = await system.sql<{ state: string }>(
        'sms-gateway',
        'SELECT state FROM sends WHERE id = $1',
        [id],
      );
      return row?.state === 'paused';
    });
    await eventually('session and key are refused', 60_000, async () => {
      const [bySession] = await refusal(customer.request('GET', '/lines'));
      const [byKey] = await refusal(program.request('GET', '/lines'));
      return bySession === 401 && byKey === 401;
    });
    await admin.request('POST', `/accounts/${session.account.id}/enable`, {});
    const again = await visitor().signIn('new.shop', 'a long sentence 1405');
    await system.sql('sms-gateway', 'UPDATE links SET parts_per_second = 1000 WHERE id = $1', [demo.link]);
    await again.act(id, 'resume');
    expect((await again.until(id, isComplete, 120_000)).counts.delivered).toBe(manyNumbers.length);
  });

  it('guarantee 4: every Rial is explained', async () => {
    expect(await differences(system)).toEqual([]);
  });
});
