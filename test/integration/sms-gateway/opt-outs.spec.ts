import { randomUUID } from 'node:crypto';
import { smsEvents } from '@peyk/contracts/sms';
import type { AdministeredDto } from '@peyk/contracts/sms';
import { eventually } from '@peyk/testing';
import { AdministrationLog } from '../../../apps/sms-gateway/src/administration/administration.log';
import {
  noteOptOut,
  optedOutOf,
  OptOutsService,
} from '../../../apps/sms-gateway/src/opt-outs/opt-outs.service';
import { Core, refusal } from './fixture';

describe('opt-outs', () => {
  let core: Core;
  let optOuts: OptOutsService;
  let customerId: string;
  let lineId: string;
  const siteAccountId = randomUUID();
  beforeAll(async () => {
    core = await Core.start();
    customerId = core.world.customer();
    lineId = await core.line(customerId, await core.link(), { line_class: 'advertising' });
    optOuts = new OptOutsService(core.source, core.transactions, new AdministrationLog(core.outbox), {
      siteAccountId,
    });
  });
  afterAll(() => core.stop());

  const byPanel = (accountId: string) => ({ accountId, customerId: accountId, source: 'panel' as const });
  const audited = async (accountId: string): Promise<AdministeredDto[]> => {
    core.outbox.onApplicationBootstrap();
    await eventually(async () => expect(await core.sql('SELECT 1 FROM outbox LIMIT 1')).toEqual([]));
    return core.broker.published
      .filter(({ type }) => type === smsEvents.administered.name)
      .map(({ payload }) => payload as AdministeredDto)
      .filter(({ by }) => by === accountId);
  };

  it('SMS-206 a customer adds one or many, each answered in its place; seen, searched, counted, paged', async () => {
    const me = core.world.customer();
    const { added, results } = await optOuts.add(
      { numbers: ['۰۹۱۲۰۰۰۱۰۰۱', '+989120001001', '12', '09120001002', '09350001003'], note: ' تماس گرفت ' },
      byPanel(me),
    );
    expect(added).toBe(3);
    expect(results.map(({ outcome }) => outcome)).toEqual(['added', 'known', 'invalid', 'added', 'added']);
    expect((await optOuts.add({ numbers: ['09120001002'] }, byPanel(me))).added).toBe(0);
    const all = await optOuts.list(me, {});
    expect(all.total).toBe(3);
    expect(all.optOuts[0]).toMatchObject({ reach: 'customer', source: 'panel', by: me, note: 'تماس گرفت' });
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await optOuts.list(me, { limit: 2, cursor });
      seen.push(...page.optOuts.map(({ number }) => number));
      expect(page.total).toBe(3);
      cursor = page.nextCursor;
      if (!cursor) break;
    }
    expect(seen.sort()).toEqual(['989120001001', '989120001002', '989350001003']);
    const found = async (search: string): Promise<number> => (await optOuts.list(me, { search })).total;
    expect([
      await found('09120001002'),
      await found('0912000'),
      await found('98935'),
      await found('12'),
    ]).toEqual([1, 2, 1, 0]);
    expect(await optOuts.list(core.world.customer(), {})).toEqual({ optOuts: [], total: 0 });
    // One entry for what changed, none for what did not; numbers masked.
    const entries = await audited(me);
    expect(entries).toMatchObject([{ action: 'opt_out.added', customerId: me, reason: 'تماس گرفت' }]);
    expect(JSON.stringify(entries)).not.toContain('989120001001');
  });

  it('SMS-206 those of a customer hold for its lines, those of a line for that, those of the platform for all', async () => {
    const other = await core.line(customerId, await core.link(), { line_class: 'advertising' });
    const foreign = core.world.customer();
    const [ofLine, ofCustomer, ofPlatform, free] = [989120002001, 989120002002, 989120002003, 989120002004];
    await core.transactions.run((tx) => noteOptOut(tx, lineId, String(ofLine)));
    await optOuts.add({ numbers: [String(ofCustomer)] }, byPanel(customerId));
    const admin = randomUUID();
    await optOuts.add(
      { numbers: [String(ofPlatform)] },
      { accountId: admin, customerId: null, source: 'admin' },
    );
    const blocked = async (line: string, customer: string): Promise<number[]> =>
      [
        ...(await core.transactions.run((tx) =>
          optedOutOf(tx, { lineId: line, customerId: customer }, [ofLine, ofCustomer, ofPlatform, free]),
        )),
      ].sort();
    expect(await blocked(lineId, customerId)).toEqual([ofLine, ofCustomer, ofPlatform]);
    expect(await blocked(other, customerId)).toEqual([ofCustomer, ofPlatform]);
    expect(await blocked(randomUUID(), foreign)).toEqual([ofPlatform]);
    // What is of all is the administrators' to see.
    expect((await optOuts.list(customerId, { search: String(ofPlatform) })).total).toBe(0);
    const reach = async (search: number) =>
      (await optOuts.listAll({ search: String(search) })).optOuts.map(
        ({ reach, customerId: owner, source }) => [reach, owner, source],
      );
    expect(await reach(ofLine)).toEqual([['line', customerId, 'message']]);
    expect(await reach(ofPlatform)).toEqual([['platform', null, 'admin']]);
    expect(
      (await optOuts.listAll({ customerId, reach: 'line' })).optOuts.map(({ number }) => number),
    ).toEqual([String(ofLine)]);
    expect((await optOuts.listAll({ reach: 'platform', customerId })).total).toBe(0);
  });

  it('is taken back by its owner; what the subscriber asked for by a text with stated consent only', async () => {
    const number = '989120003001';
    const idOf = async (): Promise<string> =>
      (await optOuts.list(customerId, { search: number })).optOuts[0]?.id ?? '';
    await core.transactions.run((tx) => noteOptOut(tx, lineId, number));
    const optOutId = await idOf();
    const stranger = core.world.customer();
    const as = (accountId: string) => ({ accountId, customerId: accountId });
    const reason = 'در تماس ۱۰ آذر خودش خواست';
    expect(await refusal(optOuts.remove({ optOutId, reason, consent: true }, as(stranger)))).toBe(
      'optOut.notFound',
    );
    expect(await refusal(optOuts.remove({ optOutId, reason }, as(customerId)))).toBe('optOut.consentMissing');
    expect(await idOf()).toBe(optOutId);
    await optOuts.remove({ optOutId, reason, consent: true }, as(customerId));
    expect(await idOf()).toBe('');
    expect((await audited(customerId)).at(-1)).toMatchObject({
      action: 'opt_out.removed',
      reason,
      fields: expect.arrayContaining([{ field: 'consent', before: null, after: 'true' }]) as unknown,
    });
    expect(await refusal(optOuts.remove({ optOutId, reason, consent: true }, as(customerId)))).toBe(
      'optOut.notFound',
    );
    // A text that comes again notes it again.
    await core.transactions.run((tx) => noteOptOut(tx, lineId, number));
    expect(await idOf()).not.toBe('');
  });
});
