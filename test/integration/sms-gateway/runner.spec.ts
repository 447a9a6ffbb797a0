import { DomainError, messageStates } from '@peyk/contracts';
import { targetingRecipientsRpc } from '@peyk/contracts/targeting';
import { Transactions } from '@peyk/database';
import { Core } from './fixture';

describe('Runner', () => {
  let core: Core;
  let linkId: string;
  let customerId: string;
  let lineId: string;

  beforeAll(async () => {
    core = await Core.start();
    linkId = await core.link();
    customerId = core.fakes.customer();
    lineId = await core.line(customerId, linkId);
  });
  afterAll(() => core.stop());
  afterEach(() => core.fakes.faults.clear());

  async function accepted(count: number, line = lineId): Promise<string> {
    const listId = core.fakes.list(customerId, count);
    return (await core.sends.create(customerId, core.request(line, { recipients: { listId } }))).id;
  }
  const positions = async (sendId: string): Promise<number[]> =>
    (
      await core.sql<{ msisdn: number }>('SELECT msisdn FROM messages WHERE send_id = $1 ORDER BY seq', [
        sendId,
      ])
    ).map(({ msisdn }) => msisdn - 989_120_000_000);
  const all = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

  it('SMS-202 writes everybody once, in pages, cut into batches', async () => {
    const sendId = await accepted(2_345);
    await core.write();
    expect(await positions(sendId)).toEqual(all(2_345));
    const batches = await core.batches(sendId);
    expect(Math.max(...batches.map(({ count }) => count))).toBe(100);
    expect(batches.reduce((sum, { count }) => sum + count, 0)).toBe(2_345);
    expect((await core.read(sendId)).cursor).toBe(2_345);
    await core.expectSound(sendId);
  });

  it('SMS-202 a batch is at most a quarter of a second of the contract', async () => {
    const slow = await core.link({ parts_per_second: 40 });
    const sendId = await accepted(35, await core.line(customerId, slow));
    await core.write();
    expect((await core.batches(sendId)).map(({ count }) => count)).toEqual([10, 10, 10, 5]);
  });

  it('guarantee 1: a crash in the middle of a page neither skips nor repeats anybody', async () => {
    const sendId = await accepted(3_500);
    // Every second page dies before its commit, as after kill -9.
    let pages = 0;
    class Dying extends Transactions {
      override run<T>(act: Parameters<Transactions['run']>[0]): Promise<T> {
        return super.run<T>(async (tx) => {
          const result = await act(tx);
          if (++pages % 2 === 0) throw new Error('killed');
          return result as T;
        });
      }
    }
    for (let life = 0; life < 12; life++) await core.newRunner(100_000, new Dying(core.source)).step();
    expect(pages).toBeGreaterThan(4);
    expect(await positions(sendId)).toEqual(all(3_500));
    await core.expectSound(sendId);
  });

  it('guarantee 1: two runners at once write each page once', async () => {
    const sendId = await accepted(4_000);
    const runners = [core.newRunner(), core.newRunner(), core.newRunner()];
    for (let round = 0; round < 6; round++) await Promise.all(runners.map((runner) => runner.step()));
    expect(await positions(sendId)).toEqual(all(4_000));
    await core.expectSound(sendId);
  });

  it('writes only a bounded stretch ahead of the link', async () => {
    const sendId = await accepted(10_000);
    const runner = core.newRunner(2_000);
    await core.write(runner);
    const { cursor } = await core.read(sendId);
    expect(cursor).toBeGreaterThanOrEqual(2_000);
    expect(cursor).toBeLessThan(3_001);
    await core.sql('UPDATE sends SET queued = 1000 WHERE id = $1', [sendId]);
    await runner.step();
    expect((await core.read(sendId)).cursor).toBe(cursor + 1_000);
    await core.sendControl.cancel(customerId, sendId);
  });

  it('a paused send is written no further, and goes on where it stopped', async () => {
    const sendId = await accepted(3_000);
    await core.newRunner(1_000).step();
    await core.sendControl.pause(customerId, sendId);
    await core.write();
    expect((await core.read(sendId)).cursor).toBe(1_000);
    await core.sendControl.resume(customerId, sendId);
    await core.write();
    expect(await positions(sendId)).toEqual(all(3_000));
  });

  it('a cancelled send has everybody in its report, and only what left is charged', async () => {
    const sendId = await accepted(2_500);
    await core.newRunner(1_000).step();
    await core.sendControl.cancel(customerId, sendId);
    await core.write();
    await core.close();
    const send = await core.sendReads.read(customerId, sendId);
    expect(send).toMatchObject({ state: 'cancelled', counts: { cancelled: 2_500, queued: 0 } });
    expect(await positions(sendId)).toEqual(all(2_500));
    expect(await core.told(sendId)).toEqual({ captured: 0, refunded: 0, closed: [0] });
    await core.expectSound(sendId);
  });

  it('a list that fails holds up nobody else', async () => {
    const broken = await Promise.all(Array.from({ length: 8 }, () => accepted(5)));
    for (const id of broken) core.fakes.lists.delete((await core.read(id)).listId);
    const sendId = await accepted(2_500);
    const runner = core.newRunner();
    for (let step = 0; step < 4; step++) await runner.step();
    expect(await positions(sendId)).toEqual(all(2_500));
    for (const id of broken) expect((await core.read(id)).cursor).toBe(0);
    await core.sql(`UPDATE sends SET state = 'refused' WHERE id = ANY($1)`, [broken]);
  });

  it('campaign-targeting away: it is tried again, and nothing is lost', async () => {
    const sendId = await accepted(1_500);
    core.fakes.faults.set(targetingRecipientsRpc.page.name, {
      error: new DomainError('service.unavailable'),
      times: 1,
    });
    const runner = core.newRunner();
    await runner.step();
    expect((await core.read(sendId)).cursor).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await core.write(runner);
    expect(await positions(sendId)).toEqual(all(1_500));
  });

  it('SMS-206 skips who asked an advertising line to stop, and gives their credit back; a service line reaches all', async () => {
    const advertising = await core.line(customerId, linkId, { line_class: 'advertising' });
    for (const line of [advertising, lineId]) {
      await core.sql(
        'INSERT INTO opt_outs (id, line_id, msisdn) SELECT gen_random_uuid(), $1, 989120000000 + n FROM generate_series(3, 5) AS n',
        [line],
      );
    }
    const sendId = await accepted(1_010, advertising);
    await core.write();
    expect(await core.read(sendId)).toMatchObject({ cursor: 1_010, queued: 1_007, blocked: 3 });
    const blocked = await core.sql<{ seq: number }>(
      'SELECT seq FROM messages WHERE send_id = $1 AND state = $2 AND final_at IS NOT NULL ORDER BY seq',
      [sendId, messageStates.indexOf('blocked')],
    );
    expect(blocked.map(({ seq }) => seq)).toEqual([4, 5, 6]);
    const batches = await core.batches(sendId);
    expect(batches.reduce((sum, { count }) => sum + count, 0)).toBe(1_007);
    await core.expectSound(sendId);
    const all_ = await accepted(10);
    await core.write();
    expect(await core.read(all_)).toMatchObject({ queued: 10, blocked: 0 });
  });
});
