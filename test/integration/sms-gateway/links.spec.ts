import { randomUUID } from 'node:crypto';
import type { HeartbeatAnswerDto, LinkStatusDto } from '@peyk/contracts/sms';
import { eventually } from '@peyk/testing';
import type { QueryRunner } from 'typeorm';
import { LinksService } from '../../../apps/sms-gateway/src/links/links.service';
import { Core, longSilenceMs, sleep } from './fixture';
import type { Session } from './fixture';

/** A worker as far as binds and shares go: it does what the answers say, and says what it does. */
class Worker {
  answer: HeartbeatAnswerDto = { alive: true, links: [] };
  leaving = false;
  /** What its last second at the operator may still hold, above its share. */
  occupied = 0;

  constructor(
    private readonly core: Core,
    readonly session: Session,
    readonly linkId: string,
    /** The replica that answers it. */
    private readonly links = core.links,
  ) {}

  get share(): number {
    return this.own?.share ?? 0;
  }
  get bindNos(): number[] {
    return this.own?.bindNos ?? [];
  }
  private get own(): HeartbeatAnswerDto['links'][number] | undefined {
    return this.answer.links.find((link) => link.linkId === this.linkId);
  }

  async beat(options: { lost?: boolean } = {}): Promise<HeartbeatAnswerDto> {
    const applied = Math.max(this.share, this.occupied);
    const links: Partial<LinkStatusDto>[] = [{ linkId: this.linkId, appliedShare: applied }];
    const answer = await this.links.heartbeat(
      this.core.heartbeat(this.session, {
        leaving: this.leaving,
        binds: [{ linkId: this.linkId, bindNos: this.bindNos }],
        links,
      }),
    );
    if (!options.lost) {
      this.occupied = applied;
      this.answer = answer;
    }
    return answer;
  }

  /** A second later nothing of the old share is left at the operator. */
  secondPasses(): void {
    this.occupied = this.share;
  }
}

describe('LinksService', () => {
  let core: Core;
  let linkId: string;

  beforeAll(async () => {
    core = await Core.start();
  });
  afterAll(() => core.stop());
  beforeEach(async () => {
    await core.sql(`UPDATE links SET active = false`);
    await core.sql(`DELETE FROM link_binds`);
    await core.sql(`DELETE FROM link_shares`);
    await core.sql(`DELETE FROM worker_sessions`);
    linkId = await core.link({ parts_per_second: 100, binds: 4 });
  });

  const worker = async (links?: LinksService): Promise<Worker> => {
    const session = await core.session();
    await core.sql('DELETE FROM worker_sessions WHERE id = $1', [session.id]);
    return new Worker(core, session, linkId, links);
  };
  const silent = (session: Session, ms: number): Promise<object[]> =>
    core.sql(`UPDATE worker_sessions SET seen_at = clock_timestamp() - $2 * interval '1 ms' WHERE id = $1`, [
      session.id,
      ms,
    ]);
  const used = (...workers: Worker[]): number =>
    workers.reduce((sum, one) => sum + Math.max(one.share, one.occupied), 0);

  it('SMS-201 the first worker gets every bind, with the account and the whole contract', async () => {
    const one = await worker();
    await one.beat();
    expect(one.bindNos).toEqual([0, 1, 2, 3]);
    expect(one.answer).toMatchObject({
      alive: true,
      links: [
        {
          linkId,
          host: '127.0.0.1',
          port: 2775,
          systemId: 'peyk',
          password: 'secret',
          window: 10,
          limited: true,
          share: 100,
        },
      ],
    });
    await one.beat();
    expect(one.share).toBe(100);
  });

  it('a heartbeat asks the database as often for forty links as for one, whatever changes', async () => {
    const asked = jest.spyOn(Object.getPrototypeOf(core.source.createQueryRunner()) as QueryRunner, 'query');
    try {
      /** Statements of what may happen to the binds: given, bound, asked back, returned, given to another. */
      const story = async (): Promise<number[]> => {
        const [one, two] = [await core.session(), await core.session()];
        await core.sql(`UPDATE worker_sessions SET leaving = true WHERE id = $1`, [two.id]);
        const counts: number[] = [];
        let answer: HeartbeatAnswerDto = { alive: true, links: [] };
        const beat = async (session: Session, more: { leaving?: boolean } = {}): Promise<void> => {
          const { links } = answer;
          const heartbeat = core.heartbeat(session, {
            binds: links,
            links: links.map((link) => ({ linkId: link.linkId, appliedShare: link.share })),
            ...more,
          });
          asked.mockClear();
          answer = await core.links.heartbeat(heartbeat);
          counts.push(asked.mock.calls.length);
        };
        await beat(one);
        await beat(one);
        await beat(one, { leaving: true });
        expect(answer.links).toEqual([]);
        await beat(one, { leaving: true });
        await beat(two);
        expect(answer.links.map(({ bindNos }) => bindNos)).toEqual(
          (await core.sql('SELECT 1 FROM links WHERE active')).map(() => [0, 1, 2, 3]),
        );
        return counts;
      };
      const few = await story();
      await core.sql('DELETE FROM worker_sessions');
      await core.sql('DELETE FROM link_binds');
      for (let no = 1; no < 40; no++) await core.link({ parts_per_second: 100, binds: 4 });
      expect(await story()).toEqual(few);
    } finally {
      asked.mockRestore();
    }
  });

  it('a link without a limit says so', async () => {
    await core.sql('UPDATE links SET parts_per_second = 0 WHERE id = $1', [linkId]);
    const one = await worker();
    await one.beat();
    expect(one.answer.links[0]).toMatchObject({ limited: false });
  });

  it('guarantee 3: a second worker gets half the binds once they are free, and its share once it is', async () => {
    const [one, two] = [await worker(), await worker()];
    await one.beat();
    await two.beat();
    expect(two.bindNos).toEqual([]);
    expect(used(one, two)).toBe(100);
    // It learns that two binds are asked back and that its share is cut.
    await one.beat();
    expect(one.bindNos).toHaveLength(2);
    await two.beat();
    expect([two.bindNos.length, used(one, two)]).toEqual([0, 100]);
    await one.beat();
    for (let round = 0; round < 4; round++) {
      await two.beat();
      await one.beat();
      expect(used(one, two)).toBeLessThanOrEqual(100);
      one.secondPasses();
      two.secondPasses();
    }
    expect([one.bindNos.length, two.bindNos.length]).toEqual([2, 2]);
    expect([...one.bindNos, ...two.bindNos].sort()).toEqual([0, 1, 2, 3]);
    expect([one.share, two.share]).toEqual([50, 50]);
  });

  it('guarantee 3: a share that was told in the last answer counts, although nobody confirmed it', async () => {
    const [one, two] = [await worker(), await worker()];
    await one.beat();
    // It had no binds when it said so; now it has all, and 100 parts a second.
    expect(one.share).toBe(100);
    for (let round = 0; round < 3; round++) {
      await two.beat();
      expect(used(one, two)).toBeLessThanOrEqual(100);
    }
    const [row] = await core.sql<{ applied: number }>(
      'SELECT applied FROM link_shares WHERE session_id = $1',
      [one.session.id],
    );
    expect(row?.applied).toBe(100);
  });

  it('guarantee 3: shares never sum to more than the contract while workers come, go, fall silent and miss answers', async () => {
    let seed = 11;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return (seed >>> 8) % below;
    };
    let workers: Worker[] = [await worker()];
    for (let step = 0; step < 150; step++) {
      const one = workers[random(workers.length)];
      if (!one) throw new Error('no worker');
      const act = random(20);
      if (act < 12) await one.beat({ lost: act === 0 });
      else if (act < 16) one.secondPasses();
      else if (act === 16 && workers.length < 4) workers.push(await worker());
      else if (act === 17) one.leaving = true;
      else if (act === 18 && workers.length > 1) {
        // Dead, and everything of it over: the lease, the quarantine, and its last second.
        await silent(one.session, longSilenceMs);
        workers = workers.filter((other) => other !== one);
      }
      expect(used(...workers)).toBeLessThanOrEqual(100);
      const binds = workers.flatMap((other) => other.bindNos);
      expect(new Set(binds).size).toBe(binds.length);
    }
  });

  it('a silent worker loses its share first, after another window, and its binds when the session ends', async () => {
    const [one, two] = [await worker(), await worker()];
    await one.beat();
    await silent(one.session, 2_000);
    await two.beat();
    // Its lease is over; its last second is not.
    expect([two.bindNos.length, two.share]).toEqual([0, 0]);
    await silent(one.session, 4_100);
    await core.links.endSilentSessions();
    await two.beat();
    expect(two.bindNos).toHaveLength(4);
    await two.beat();
    await core.sql(`UPDATE link_shares SET free_at = clock_timestamp() WHERE session_id = $1`, [
      one.session.id,
    ]);
    await two.beat();
    expect(two.share).toBe(100);
    expect(await one.beat()).toEqual({ alive: false, links: [] });
    expect(two.bindNos).toHaveLength(4);
  });

  it('a worker whose queue is gone is suspected, and has its share again a window later', async () => {
    const [one, two] = [await worker(), await worker()];
    for (let round = 0; round < 5; round++) {
      await one.beat();
      await two.beat();
      one.secondPasses();
    }
    expect([one.share, two.share]).toEqual([50, 50]);
    await core.links.suspect(one.session.id);
    await core.links.suspect(one.session.id);
    await one.beat();
    expect(one.share).toBe(0);
    expect(one.bindNos).toHaveLength(2);
    await two.beat();
    expect(two.share).toBe(50);
    await core.sql(
      `UPDATE link_shares SET free_at = clock_timestamp() - interval '1 ms' WHERE session_id = $1`,
      [one.session.id],
    );
    one.secondPasses();
    await one.beat();
    expect(one.share).toBe(50);
    await two.beat();
    expect(used(one, two)).toBe(100);
  });

  it('a worker that leaves gives its binds back and is not given any', async () => {
    const [one, two] = [await worker(), await worker()];
    await one.beat();
    one.leaving = true;
    await one.beat();
    expect(one.answer).toEqual({ alive: true, links: [] });
    await one.beat();
    one.secondPasses();
    await one.beat();
    await two.beat();
    expect(two.bindNos).toHaveLength(4);
    expect(two.share).toBe(100);
  });

  it('answers of heartbeats at once never give one bind to two', async () => {
    const replica = new LinksService(core.source, core.transactions, core.passwords, core.runtime);
    const workers = await Promise.all([worker(), worker(), worker(replica), worker(replica)]);
    for (let round = 0; round < 6; round++) {
      await Promise.all(workers.map((one) => one.beat()));
      const binds = workers.flatMap((one) => one.bindNos);
      expect(new Set(binds).size).toBe(binds.length);
      expect(used(...workers)).toBeLessThanOrEqual(100);
      for (const one of workers) one.secondPasses();
    }
    expect(workers.map((one) => one.bindNos.length)).toEqual([1, 1, 1, 1]);
    expect(workers.map((one) => one.share)).toEqual([25, 25, 25, 25]);
  });

  it('while binds cannot be decided, one connection waits and one heartbeat a worker; then all is as always', async () => {
    const workers = await Promise.all([worker(), worker(), worker(), worker()]);
    const busy = core.source.createQueryRunner();
    await busy.startTransaction();
    await busy.query("SELECT pg_advisory_xact_lock(hashtext('link binds'))");
    const beats = Promise.allSettled(
      Array.from({ length: 5 }, () => workers.map((one) => one.beat())).flat(),
    );
    const gone = randomUUID();
    const suspected = Promise.all(Array.from({ length: 5 }, () => core.links.suspect(gone)));
    const waiting = (): Promise<object[]> =>
      core.sql(
        `SELECT 1 FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()`,
      );
    await eventually(async () => expect(await waiting()).toHaveLength(2));
    await sleep(100);
    expect(await waiting()).toHaveLength(2);
    await busy.rollbackTransaction();
    await busy.release();
    // The one that was being decided, and the newest of each.
    expect((await beats).filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    await suspected;
    for (const one of workers) one.secondPasses();
    for (let round = 0; round < 3; round++) for (const one of workers) await one.beat();
    expect(workers.map((one) => one.bindNos.length)).toEqual([1, 1, 1, 1]);
  });

  it('silence means nothing while the database was away', async () => {
    const [one, two] = [await worker(), await worker()];
    await one.beat();
    await two.beat();
    await silent(one.session, 30_000);
    await silent(two.session, 30_000);
    const broken = core.heartbeat(one.session, { links: [{ linkId: 'not-an-id' }] });
    await expect(core.links.heartbeat(broken)).rejects.toThrow();
    await core.links.endSilentSessions();
    expect((await one.beat()).alive).toBe(true);
    expect((await two.beat()).alive).toBe(true);
    Object.assign(core.links, { writingSinceMs: 0 });
  });

  it('silence means nothing while the broker was away, nor for one lease after', async () => {
    const [one, two] = [await worker(), await worker()];
    await one.beat();
    await two.beat();
    await silent(two.session, 30_000);
    for (const connectedMs of [0, 3_900]) {
      core.broker.connectedMs = connectedMs;
      await core.links.endSilentSessions();
      expect((await one.beat()).alive).toBe(true);
    }
    expect((await two.beat()).alive).toBe(true);
    await silent(two.session, 30_000);
    core.broker.connectedMs = 4_100;
    await core.links.endSilentSessions();
    expect((await two.beat()).alive).toBe(false);
    core.broker.connectedMs = Infinity;
  });

  it('SMS-201 shows operations each link with its binds, pace, backlog and doubts', async () => {
    const one = await worker();
    await one.beat();
    await core.links.heartbeat(
      core.heartbeat(one.session, {
        binds: [{ linkId, bindNos: [0, 1] }],
        links: [{ linkId, appliedShare: 100, partsPerSecond: 42.5, throttled: 3 }],
      }),
    );
    const customerId = core.fakes.customer();
    await core.send(customerId, await core.line(customerId, linkId), 25);
    const { links } = await core.links.list();
    expect(links.find((link) => link.id === linkId)).toMatchObject({
      partsPerSecond: 100,
      window: 10,
      currentPartsPerSecond: 42.5,
      throttled: 3,
      backlog: 25,
      inDoubt: 0,
      binds: [
        { no: 0, worker: 'spec', state: 'bound' },
        { no: 1, worker: 'spec', state: 'bound' },
        { no: 2, worker: 'spec', state: 'connecting' },
        { no: 3, worker: 'spec', state: 'connecting' },
      ],
    });
    expect(JSON.stringify(links)).not.toContain('secret');
  });
});
