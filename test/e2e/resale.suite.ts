import { randomUUID } from 'node:crypto';
import type {
  ClubDto,
  OwnTariffsDto,
  ResellerTariffsDto,
  ResellerUsersDto,
  StatementDto,
  TopupRequestsDto,
  UserTopupRequestDto,
  UserTransferMadeDto,
  WalletDto,
} from '@peyk/contracts/billing';
import type { LinesDto, QuoteDto } from '@peyk/contracts/sms';
import { ApiClient, refusal } from '../support/api';
import { differences } from '../support/audit';
import { eventually } from '../support/faults';
import { OperatorLink } from '../support/links';
import { demo } from '../support/system';
import type { PeykSystem } from '../support/system';
import { platform } from './platform';

jest.setTimeout(300_000);

/** What a Persian part on a service line to MCI costs a reseller by its level, and what it lets its users pay. */
const costRials = 1_197;
const priceRials = 1_500;
const creditRials = 100_000;

describe('a reseller, its user, and what both have at the end', () => {
  let system: PeykSystem;
  let reseller: ApiClient;
  let user: ApiClient;
  const ids = { reseller: randomUUID(), user: randomUUID(), stranger: randomUUID() };

  beforeAll(async () => {
    system = await platform();
    const link = OperatorLink.demo(system);
    await link.set({
      partsPerSecond: 1_000,
      latencyMs: 2,
      receipts: { delayMs: { min: 0, max: 100 }, mix: { DELIVRD: 1 } },
    });
    await link.bound(2);
    const names = {
      reseller: `resale-reseller-${ids.reseller.slice(0, 8)}`,
      user: `resale-user-${ids.user.slice(0, 8)}`,
      stranger: `resale-stranger-${ids.stranger.slice(0, 8)}`,
    };
    await addAccount(ids.reseller, names.reseller, 'reseller', null);
    await addAccount(ids.user, names.user, 'sms_customer', ids.reseller);
    await addAccount(ids.stranger, names.stranger, 'sms_customer', null);
    // Billing does not know of them: it learns whose users they are as after the loss of its copy.
    await system.command('identity', 'announce-accounts');
    await system.sql('billing', `SELECT ledger_credit($1, 'credit', $2, $3, 'شارژ')`, [
      randomUUID(),
      ids.reseller,
      creditRials,
    ]);
    reseller = await new ApiClient(system.baseUrl).signIn(names.reseller, demo.customer.password);
    user = await new ApiClient(system.baseUrl).signIn(names.user, demo.customer.password);
    // Each by an event of its own, which come in any order.
    await eventually('billing knows the user', 30_000, async () => (await usersOf(reseller)).length === 1);
    await eventually(
      'billing knows the reseller',
      30_000,
      async () => (await ownPrice(reseller)) === costRials,
    );
  });

  async function addAccount(
    id: string,
    username: string,
    role: string,
    resellerId: string | null,
  ): Promise<void> {
    await system.sql(
      'identity',
      `WITH a AS (
         INSERT INTO accounts (id, name, roles, password_hash, password_set_at, reseller_id)
         SELECT $1, $2, $3, password_hash, now(), $5 FROM accounts WHERE id = $4 RETURNING id
       ) INSERT INTO usernames (username, account_id, kind) SELECT $2, id, 'chosen' FROM a`,
      [id, username, [role], demo.customer.id, resellerId],
    );
  }
  const usersOf = async (api: ApiClient): Promise<ResellerUsersDto['users']> =>
    (await api.request<ResellerUsersDto>('GET', '/reseller/users')).users;
  const ownPrice = async (api: ApiClient): Promise<number | undefined> =>
    (await api.request<OwnTariffsDto>('GET', '/tariffs/own')).tariffs[0]?.rialsPerPart;
  const available = async (api: ApiClient): Promise<number> =>
    (await api.request<WalletDto>('GET', '/wallet')).availableRials;

  it('BIL-009 sets what the user pays, never below the own cost', async () => {
    const tariff = { lineClass: 'service', language: 'fa', operator: 'mci' };
    expect(
      await refusal(reseller.request('PUT', '/reseller/tariffs', { ...tariff, rialsPerPart: costRials - 1 })),
    ).toEqual([400, 'price.belowCost']);
    await reseller.request('PUT', '/reseller/tariffs', { ...tariff, rialsPerPart: priceRials });
    const { tariffs } = await reseller.request<ResellerTariffsDto>('GET', '/reseller/tariffs');
    expect(tariffs).toMatchObject([{ ...tariff, rialsPerPart: priceRials, costRialsPerPart: costRials }]);
  });

  it('BIL-209 gives the user credit, by transfer and by request', async () => {
    const key = randomUUID();
    for (let time = 0; time < 2; time++)
      await reseller.request<UserTransferMadeDto>(
        'POST',
        `/reseller/users/${ids.user}/transfers`,
        { amountRials: 30_000 },
        { 'idempotency-key': key },
      );
    const asked = await user.request<UserTopupRequestDto>('POST', '/topup-requests', {
      amountRials: 20_000,
      note: 'برای جشنواره',
      idempotencyKey: randomUUID(),
    });
    const { requests } = await reseller.request<TopupRequestsDto>(
      'GET',
      '/reseller/topup-requests?state=open',
    );
    expect(requests).toMatchObject([{ id: asked.id, customerId: ids.user, note: 'برای جشنواره' }]);
    await reseller.request('POST', `/reseller/topup-requests/${asked.id}/approve`);
    expect([await available(reseller), await available(user)]).toEqual([creditRials - 50_000, 50_000]);
    expect(
      await refusal(
        reseller.request('POST', `/reseller/users/${ids.stranger}/transfers`, {
          amountRials: 1,
          idempotencyKey: randomUUID(),
        }),
      ),
    ).toEqual([404, 'account.notFound']);
  });

  it('BIL-210 earns the difference of each part that the user sends, and sees the use', async () => {
    const { lines } = await user.request<LinesDto>('GET', '/lines');
    const lineId = lines.find(({ lineClass }) => lineClass === 'service')?.id ?? '';
    const request = {
      lineId,
      text: 'سلام از نماینده',
      recipients: { numbers: ['09121000101', '09121000102', '09121000103'] },
    };
    const quote = await user.quote(request);
    expect(quote satisfies QuoteDto).toMatchObject({ totalRials: 3 * priceRials });
    expect(JSON.stringify(quote)).not.toContain(String(costRials));
    const { id } = await user.createSend({ ...request, idempotencyKey: randomUUID() });
    await user.until(id, ({ money, counts }) => money.settled && counts.delivered === 3);

    const marginRials = 3 * (priceRials - costRials);
    await eventually('the margin is paid', 30_000, async () => {
      return (await available(reseller)) === creditRials - 50_000 + marginRials;
    });
    expect(await available(user)).toBe(50_000 - 3 * priceRials);
    const { entries } = await reseller.request<StatementDto>('GET', '/wallet/statement?limit=1');
    expect(entries).toMatchObject([{ kind: 'margin', amountRials: marginRials }]);
    expect(await usersOf(reseller)).toMatchObject([
      {
        customerId: ids.user,
        availableRials: 50_000 - 3 * priceRials,
        use: { sends: 1, chargedRials: 3 * priceRials, refundedRials: 0, parts: 3, marginRials },
      },
    ]);
  });

  it('a reseller sees nobody else’s users, however it asks', async () => {
    for (const path of [`?customerId=${ids.stranger}`, `?customerId=${demo.customer.id}`])
      expect((await reseller.request<ResellerUsersDto>('GET', `/reseller/users${path}`)).users).toEqual([]);
    expect(await refusal(reseller.request('GET', `/reseller/users?resellerId=${ids.stranger}`))).toEqual([
      403,
      'access.denied',
    ]);
    expect(await refusal(user.request('GET', '/reseller/users'))).toEqual([403, 'access.denied']);
    const admin = await new ApiClient(system.baseUrl).signIn(demo.admin.username, demo.admin.password);
    const { users } = await admin.request<ResellerUsersDto>(
      'GET',
      `/reseller/users?resellerId=${ids.reseller}`,
    );
    expect(users.map(({ customerId }) => customerId)).toEqual([ids.user]);
  });

  it('BIL-017 BIL-018 the user is in the club of its reseller', async () => {
    expect(await user.request<ClubDto>('GET', '/club')).toMatchObject({ status: 'inactive', rules: null });
    const rules = {
      active: true,
      pointsPerReferral: 5,
      pointsPerTopupStep: 1,
      topupStepRials: 10_000,
      thresholdPoints: 10,
      rewardRials: 1_000,
    };
    await reseller.request('PUT', '/club/settings', rules);
    expect(await user.request<ClubDto>('GET', '/club')).toMatchObject({
      status: 'collecting',
      points: 0,
      pointsToReward: 10,
      rules,
    });
  });

  it('guarantee 4: every Rial is explained', async () => {
    expect(await differences(system)).toEqual([]);
    // Margins too: what was reported, what the messages say, and what the ledger has.
    const report = JSON.parse(await system.command('sms-gateway', 'reconcile')) as { differences: unknown[] };
    expect(report.differences).toEqual([]);
  });
});
