import { DomainError, billingRpc } from '@peyk/contracts';
import { uuidv7 } from '@peyk/database';
import { eventually } from '@peyk/testing';
import { Core } from './fixture';

/** One thing that fails, or a neighbour that is slow or away, hurts nothing else. */
describe('what fails beside a dispatch loop', () => {
  let core: Core;
  let customerId: string;
  let lineId: string;

  beforeEach(async () => {
    core = await Core.start();
    customerId = core.world.customer();
    lineId = await core.line(customerId, await core.link());
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await core.stop();
  });

  /** Scheduled sends whose time has come, the first one first. */
  async function dueSends(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let no = 0; no < count; no++) {
      const { id } = await core.sends.create(
        customerId,
        core.request(lineId, { sendAt: new Date(Date.now() + 3_600_000).toISOString() }),
      );
      ids.push(id);
    }
    await core.sql(
      `UPDATE sends SET send_at = now() - (100 - array_position($1::uuid[], id)) * interval '1 second' WHERE id = ANY($1)`,
      [ids],
    );
    return ids;
  }
  const holdsAsked = (): number =>
    core.world.calls.filter((name) => name === billingRpc.placeHold.name).length;
  const states = async (ids: string[]): Promise<string[]> => {
    const found: string[] = [];
    for (const id of ids) found.push((await core.read(id)).state);
    return found;
  };

  it('SMS-207 billing away: 30 due sends do not wait for it one after the other', async () => {
    const ids = await dueSends(30);
    core.world.faults.set(billingRpc.placeHold.name, {
      error: new DomainError('service.unavailable'),
      times: Infinity,
    });
    await core.sends.fireDue();
    expect(holdsAsked()).toBe(4);
    // Those that nobody came to are as they were.
    expect((await states(ids)).filter((state) => state === 'scheduled')).toHaveLength(26);
    // The next round begins with others: it may be one of these alone that billing does not answer.
    await core.sends.fireDue();
    expect(holdsAsked()).toBe(8);
    core.world.faults.clear();
    await core.sends.fireDue();
    expect((await states(ids)).filter((state) => state === 'queued').length).toBeGreaterThanOrEqual(22);
    await core.sql(`UPDATE sends SET send_at = now() - interval '1 minute' WHERE state = 'placing'`);
    await eventually(async () => {
      await core.sends.fireDue();
      expect(new Set(await states(ids))).toEqual(new Set(['queued']));
    });
  });

  it('SMS-207 a due send that always fails keeps none behind it from going', async () => {
    const [bad = '', ...good] = await dueSends(6);
    const fire = core.sends['fire'].bind(core.sends);
    Object.assign(core.sends, {
      fire: (id: string) => (id === bad ? Promise.reject(new Error('a row like no other')) : fire(id)),
    });
    await core.sends.fireDue();
    expect(await states(good)).toEqual(good.map(() => 'queued'));
    expect(await states([bad])).toEqual(['scheduled']);
  });

  it('SMS-020 a received message whose answer always fails keeps none behind it from theirs', async () => {
    await core.lines.setSecretary(customerId, { lineId, text: 'پیام شما رسید.' });
    const [line] = await core.sql<{ number: string; link_id: string }>(
      'SELECT number, link_id FROM lines WHERE id = $1',
      [lineId],
    );
    const session = await core.session();
    const report = core.report(session, line?.link_id ?? '');
    for (let no = 0; no < 6; no++)
      report.inbound({
        key: uuidv7(),
        from: `98912000000${no}`,
        to: line?.number ?? '',
        text: 'سلام',
        total: 1,
        part: 1,
        at: Date.now(),
      });
    await core.recorder.flush([report.dto]);
    const create = core.sends.create.bind(core.sends);
    jest
      .spyOn(core.sends, 'create')
      .mockImplementation((customer, request) =>
        request.recipients.numbers?.[0] === '989120000000'
          ? Promise.reject(new Error('a row like no other'))
          : create(customer, request),
      );
    await core.secretary.sendDue();
    const due = await core.sql<{ msisdn: number }>('SELECT msisdn FROM secretary_answers WHERE due');
    expect(due).toEqual([{ msisdn: 989_120_000_000 }]);
    expect((await core.sends.list(customerId, {})).sends).toHaveLength(5);
  });
});
