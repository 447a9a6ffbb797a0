import { randomUUID } from 'node:crypto';
import type { AccountCreatedDto } from '@peyk/contracts/identity';
import { billingHoldsRpc } from '@peyk/contracts/billing';
import { HandledMessages } from '@peyk/messaging';
import type { Received } from '@peyk/messaging';
import { metrics } from '@peyk/platform';
import { AccountsConsumer } from '../../../apps/sms-gateway/src/accounts/accounts.consumer';
import { CustomersService } from '../../../apps/sms-gateway/src/customers/customers.service';
import { LinePool } from '../../../apps/sms-gateway/src/lines/line-pool';
import { Core, refusal } from './fixture';

describe('what identity tells of customers', () => {
  let core: Core;
  let linkId: string;
  let pool: LinePool;
  let consumer: AccountsConsumer;
  beforeAll(async () => {
    core = await Core.start();
    linkId = await core.link();
    pool = new LinePool(core.source);
    consumer = new AccountsConsumer(
      new HandledMessages(core.source),
      new CustomersService(),
      pool,
      core.sendControl,
    );
  });
  afterAll(() => core.stop());
  beforeEach(async () => {
    await core.sql('DELETE FROM line_pool');
    await core.sql('UPDATE lines SET shared = false');
  });

  const account = (over: Partial<AccountCreatedDto> = {}): AccountCreatedDto => ({
    accountId: core.fakes.customer(),
    name: 'فروشگاه',
    grants: [{ role: 'sms_customer', scopes: [] }],
    disabled: false,
    stamp: 1,
    signedUpAs: 'sms_customer',
    plan: 'start',
    ...over,
  });
  const delivery = (id: string = randomUUID()): Received => ({
    id,
    name: 'spec',
    queue: 'sms-gateway.accounts',
    attempt: 1,
  });
  /** The transport's decorator turns what a handler throws into a result. */
  const handled = async (handling: Promise<unknown>): Promise<void> => {
    const result = (await handling) as { failed?: Error } | undefined;
    if (result?.failed) throw result.failed;
  };
  const created = (event: AccountCreatedDto, received = delivery()): Promise<void> =>
    handled(consumer.onCreated(event, received));
  const changed = (event: AccountCreatedDto, received = delivery()): Promise<void> =>
    handled(event.disabled ? consumer.onDisabled(event, received) : consumer.onUpdated(event, received));
  const fill = async (count: number, over: { linkId?: string } = {}): Promise<string[]> => {
    const numbers = Array.from({ length: count }, () => `9820${Math.floor(Math.random() * 1e8)}`);
    for (const number of numbers)
      await core.sql(
        `INSERT INTO line_pool (id, link_id, number, line_class) VALUES ($1, $2, $3, 'service')`,
        [randomUUID(), over.linkId ?? linkId, number],
      );
    return numbers;
  };
  const numbersOf = async (customerId: string): Promise<string[]> =>
    (await core.lines.listOf(customerId)).lines.map(({ number }) => number);
  const emptyCount = async (): Promise<number> =>
    Number(/^peyk_line_pool_empty_total (\d+)/m.exec(await metrics.metrics())?.[1] ?? 0);

  describe('a line for whoever signs up', () => {
    it('IDN-215 is one of the pool, which it leaves, and a send goes out with it', async () => {
      const numbers = await fill(2);
      const { accountId, ...event } = account();
      await created({ accountId, ...event });
      const { lines } = await core.lines.listOf(accountId);
      expect(lines).toMatchObject([{ lineClass: 'service', active: true }]);
      expect(lines[0]?.shared).toBeUndefined();
      expect(numbers).toContain(lines[0]?.number);
      expect(await core.sql('SELECT number FROM line_pool')).toEqual(
        numbers.filter((number) => number !== lines[0]?.number).map((number) => ({ number })),
      );
      const send = await core.sends.create(accountId, core.request(lines[0]?.id ?? ''));
      expect(send.state).toBe('queued');
    });

    it('is one however often the event comes', async () => {
      await fill(5);
      const event = account();
      const received = delivery();
      await Promise.all(Array.from({ length: 5 }, () => created(event, received)));
      await created(event);
      expect(await numbersOf(event.accountId)).toHaveLength(1);
      expect(await core.sql('SELECT FROM line_pool')).toHaveLength(4);
    });

    it('is another for each of 20 at once', async () => {
      const numbers = await fill(20);
      const events = Array.from({ length: 20 }, () => account());
      await Promise.all(events.map((event) => created(event)));
      const given = await Promise.all(events.map(({ accountId }) => numbersOf(accountId)));
      expect(given.flat().sort()).toEqual([...numbers].sort());
    });

    it('is none of a link that is off, nor a number that is somebody’s already', async () => {
      await fill(1, { linkId: await core.link({ active: 'false' }) });
      const [taken = ''] = await fill(1);
      await core.line(core.fakes.customer(), linkId, { number: taken });
      const event = account();
      await created(event);
      expect(await numbersOf(event.accountId)).toEqual([]);
    });

    it('is not given to a portal user, nor to a customer whom somebody else made', async () => {
      await fill(2);
      const others = [
        account({ signedUpAs: 'portal_user', grants: [{ role: 'portal_user', scopes: [] }] }),
        account({ signedUpAs: undefined, plan: undefined }),
      ];
      for (const event of others) await created(event);
      expect(await core.sql('SELECT FROM line_pool')).toHaveLength(2);
    });

    it('with an empty pool is a shared one: it sends, its inbox is not theirs, and somebody is told', async () => {
      const owner = core.fakes.customer();
      const sharedId = await core.line(owner, linkId, { shared: true });
      const before = await emptyCount();
      const { accountId, ...event } = account();
      await created({ accountId, ...event });
      expect(await emptyCount()).toBe(before + 1);
      expect((await core.lines.listOf(accountId)).lines).toMatchObject([{ id: sharedId, shared: true }]);
      const send = await core.sends.create(accountId, core.request(sharedId));
      expect(send.state).toBe('queued');
      expect(await refusal(core.lines.setSecretary(accountId, { lineId: sharedId, text: 'س' }))).toBe(
        'line.notFound',
      );
      await core.lines.setSecretary(owner, { lineId: sharedId, text: null });

      // With a line of its own the shared one is gone.
      await fill(1);
      await created({ accountId, ...event });
      expect((await core.lines.listOf(accountId)).lines.map(({ id }) => id)).not.toContain(sharedId);
      expect(await refusal(core.sends.create(accountId, core.request(sharedId)))).toBe('line.notFound');
    });

    it('counts what is left in the pool', async () => {
      await fill(3);
      await pool.countFree();
      expect(await metrics.metrics()).toMatch(/^peyk_line_pool_free 3$/m);
    });
  });

  describe('a disabled customer', () => {
    const withLine = async (): Promise<{ customerId: string; lineId: string }> => {
      const customerId = core.fakes.customer();
      return { customerId, lineId: await core.line(customerId, linkId) };
    };
    const disabled = (accountId: string, stamp = 2): AccountCreatedDto =>
      account({ accountId, disabled: true, stamp });
    const enabled = (accountId: string, stamp = 3): AccountCreatedDto => account({ accountId, stamp });
    const stateOf = async (sendId: string): Promise<unknown> => (await core.read(sendId)).state;

    it('IDN-210 has its running sends paused and taken back from the workers, nobody else’s', async () => {
      const [one, other] = [await withLine(), await withLine()];
      const session = await core.session();
      const queued = await core.send(one.customerId, one.lineId, 3);
      const sending = await core.send(one.customerId, one.lineId, 3);
      await core.assign(sending, session);
      const others = await core.send(other.customerId, other.lineId, 3);
      await changed(disabled(one.customerId));
      expect(await Promise.all([queued, sending, others].map(stateOf))).toEqual([
        'paused',
        'paused',
        'queued',
      ]);
      const told = core.broker.published.filter(({ queue }) => queue === session.queue);
      expect(JSON.stringify(told)).toContain(sending);
    });

    it('has a due send refused with its reason, and nothing held', async () => {
      const { customerId, lineId } = await withLine();
      const send = await core.sends.create(
        customerId,
        core.request(lineId, { sendAt: new Date(Date.now() + 3_600_000).toISOString() }),
      );
      await changed(disabled(customerId));
      expect(await stateOf(send.id)).toBe('scheduled');
      await core.sql(`UPDATE sends SET send_at = now() - interval '1 second' WHERE id = $1`, [send.id]);
      await core.sendSchedule.fireDue();
      expect(await core.read(send.id)).toMatchObject({ state: 'refused', refusal: 'account.disabled' });
      expect(core.fakes.holds.has(send.id)).toBe(false);
      expect(await refusal(core.sends.create(customerId, core.request(lineId)))).toBe('account.disabled');
    });

    it('sends again when it is enabled; what was paused waits for its owner', async () => {
      const { customerId, lineId } = await withLine();
      const running = await core.send(customerId, lineId, 1);
      await changed(disabled(customerId));
      await changed(enabled(customerId));
      expect(await stateOf(running)).toBe('paused');
      expect((await core.sendControl.resume(customerId, running)).state).toBe('queued');
      expect((await core.sends.create(customerId, core.request(lineId))).state).toBe('queued');
    });

    it('events that overtake each other: the later stamp counts', async () => {
      const { customerId, lineId } = await withLine();
      await changed(enabled(customerId, 7));
      const running = await core.send(customerId, lineId, 1);
      await changed(disabled(customerId, 6));
      expect(await stateOf(running)).toBe('queued');
      await changed(disabled(customerId, 8));
      await changed(enabled(customerId, 7));
      expect(await stateOf(running)).toBe('paused');
      expect(await refusal(core.sends.create(customerId, core.request(lineId)))).toBe('account.disabled');
    });

    it('disabled while its credit is being held: the send is paused, not queued', async () => {
      const { customerId, lineId } = await withLine();
      const answer = core.fakes.answer.bind(core.fakes);
      const held = jest.spyOn(core.fakes, 'answer').mockImplementation(async (name, input) => {
        if (name === billingHoldsRpc.place.name) await changed(disabled(customerId));
        return answer(name, input);
      });
      try {
        const send = await core.sends.create(customerId, core.request(lineId));
        expect(send.state).toBe('paused');
      } finally {
        held.mockRestore();
      }
    });

    it('50 sends against one disabling: afterwards none runs', async () => {
      const { customerId, lineId } = await withLine();
      const attempts = Array.from({ length: 50 }, () =>
        core.sends.create(customerId, core.request(lineId)).catch(() => undefined),
      );
      const at = new Promise((resolve) => setTimeout(resolve, 40)).then(() => changed(disabled(customerId)));
      await Promise.all([...attempts, at]);
      const left = await core.sql<{ state: string }>(
        'SELECT DISTINCT state FROM sends WHERE customer_id = $1',
        [customerId],
      );
      expect(left.map(({ state }) => state).filter((state) => state !== 'refused')).toEqual(
        left.some(({ state }) => state === 'paused') ? ['paused'] : [],
      );
    });

    it('somebody who never sends leaves no row when the account changes', async () => {
      const student = account({ grants: [{ role: 'student', scopes: [] }], stamp: 4 });
      await changed(student);
      expect(await core.sql('SELECT FROM customers WHERE id = $1', [student.accountId])).toEqual([]);
    });
  });
});
