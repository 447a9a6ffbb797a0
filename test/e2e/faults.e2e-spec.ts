import { randomUUID } from 'node:crypto';
import type { DoubtEnd, LinksDto, SendDto } from '@peyk/contracts/sms';
import { DeadLetters, exchanges, outcomesQueue } from '@peyk/messaging';
import { connect } from 'amqplib';
import { ApiClient, isComplete } from '../support/api';
import type { ApiError } from '../support/api';
import { differences } from '../support/audit';
import { checkRound, eventually, killDuringSend, patiently, pause, prepareLink } from '../support/faults';
import type { Kill } from '../support/faults';
import { OperatorLink } from '../support/links';
import type { AccountSettings, LinkTerms, OperatorStats } from '../support/links';
import { readReport } from '../support/report';
import type { Report } from '../support/report';
import { demo, startForSpec } from '../support/system';
import type { PeykSystem } from '../support/system';

/** The short form of the fault tests: each fault once, at a fixed moment. The long form is test/faults. */
const killedSend = 3_000;
const text = 'سلام، این یک پیام آزمایشی است.';
const rialsPerPart = 1_330;

jest.setTimeout(300_000);

interface Scenario {
  /** system_id of an operator account of its own. */
  readonly name: string;
  readonly title: string;
  readonly account?: AccountSettings;
  readonly terms?: Partial<LinkTerms>;
  readonly faults?: readonly Readonly<Record<string, unknown>>[];
  readonly messages?: number;
  /** Runs beside the send. */
  readonly during?: (link: OperatorLink, send: SendDto) => Promise<unknown>;
  readonly check: (played: Played) => void;
}

interface Played {
  readonly send: SendDto;
  readonly stats: OperatorStats;
  /** Parts that the operator took more than once. */
  readonly duplicates: number;
  readonly report: Report;
  /** Messages that were in doubt, by how they got out of it; a late answer is not among them. */
  readonly settled: Readonly<Partial<Record<DoubtEnd, number>>>;
  /** Most messages in doubt that were seen at once, by looking now and then. */
  readonly mostInDoubt: number;
}

const quickReceipts = { enabled: true, delayMs: { min: 0, max: 100 }, mix: { DELIVRD: 1 } };
const allDelivered = ({ send, stats }: Played): void => {
  expect(send.counts.delivered).toBe(send.recipients);
  expect(stats.accepted).toBe(send.recipients);
};

describe('what goes wrong is survived', () => {
  let system: PeykSystem;
  let api: ApiClient;
  let admin: ApiClient;

  const signIn = ({ username, password }: { username: string; password: string }): Promise<ApiClient> =>
    patiently(() => new ApiClient(system.baseUrl).signIn(username, password));

  beforeAll(async () => {
    system = await startForSpec('faults', { workers: 2 });
    [api, admin] = await Promise.all([signIn(demo.customer), signIn(demo.admin)]);
    await prepareLink(system, 1_500);
  }, 300_000);

  afterAll(async () => {
    await system?.stop();
  }, 300_000);

  /** Each on an account, link and line of its own, all at the same time. */
  describe("the operator's faults", () => {
    const scenarios: readonly Scenario[] = [
      {
        name: 'noanswer',
        title: 'no answer: in doubt, not sent again, settled by its receipt',
        faults: [{ kind: 'noAnswer', count: 3 }],
        check: (played) => {
          allDelivered(played);
          expect(played.settled).toEqual({ receipt: 3 });
        },
      },
      {
        name: 'policy',
        title: "no answer and no receipt: settled by the link's stated policy, and released",
        account: { receipts: { enabled: false } },
        terms: { doubtWaitSeconds: 2, doubtSettlesAs: 'failed', receiptWaitSeconds: 1 },
        faults: [{ kind: 'noAnswer', count: 3 }],
        check: ({ send, stats, settled }) => {
          expect(settled).toEqual({ failed: 3 });
          expect(stats.accepted).toBe(send.recipients);
          expect(send.counts).toMatchObject({ failed: 3, unreported: send.recipients - 3 });
          expect(send.money.releasedRials).toBe(3 * rialsPerPart);
        },
      },
      {
        name: 'person',
        title: 'no answer, and a person says to send again: only then it goes twice',
        account: { receipts: { enabled: false } },
        terms: { doubtWaitSeconds: null, receiptWaitSeconds: 1 },
        faults: [{ kind: 'noAnswer', count: 2 }],
        during: async (link, send) => {
          await api.until(send.id, ({ counts }) => counts.inDoubt === 2 && counts.queued === 0, 120_000);
          expect(await link.duplicates()).toBe(0);
          await admin.request('POST', `/sends/${send.id}/settle-doubt`, { as: 'resend' });
        },
        check: ({ send, duplicates }) => {
          expect(duplicates).toBe(2);
          expect(send.counts.unreported).toBe(send.recipients);
          expect(send.money.chargedRials).toBe(send.money.quotedRials);
        },
      },
      {
        name: 'late',
        title: 'an answer after the response timeout settles the doubt',
        // Late enough that the doubt is there to be seen on a busy machine too, and the receipts after it.
        faults: [{ kind: 'lateAnswer', ms: 9_000, count: 4 }],
        account: { receipts: { ...quickReceipts, delayMs: { min: 9_500, max: 10_000 } } },
        terms: { receiptWaitSeconds: 30 },
        check: (played) => {
          allDelivered(played);
          expect(played.mostInDoubt).toBe(4);
          expect(played.report.lines.every((line) => line.chargedRials === rialsPerPart)).toBe(true);
        },
      },
      {
        name: 'drop',
        title: 'a connection that breaks with messages on the way',
        terms: { doubtWaitSeconds: 3, receiptWaitSeconds: 1 },
        faults: [{ kind: 'drop', count: 2 }],
        check: brokenConnection,
      },
      {
        name: 'garbage',
        title: 'bytes that are no PDU',
        terms: { doubtWaitSeconds: 3, receiptWaitSeconds: 1 },
        faults: [
          { kind: 'garbage', form: 'undecodable', count: 1 },
          { kind: 'garbage', form: 'badLength', count: 1 },
          { kind: 'garbage', form: 'random', count: 1 },
        ],
        messages: 40,
        check: brokenConnection,
      },
      {
        name: 'killed',
        title: 'all binds closed in the middle of a send',
        terms: { doubtWaitSeconds: 3, receiptWaitSeconds: 1, partsPerSecond: 100, window: 5 },
        messages: 100,
        during: async (link) => {
          await eventually('some are out', 120_000, async () => (await link.stats()).accepted > 20);
          await system.simulator('POST', '/binds/kill', { account: link.systemId });
          await link.bound(2);
        },
        check: brokenConnection,
      },
      {
        name: 'refused',
        title: 'refused for good: failed with its status, released',
        faults: [{ kind: 'error', status: 0x0b, count: 5 }],
        check: ({ send, stats, report }) => {
          expect(send.counts).toMatchObject({ failed: 5, delivered: send.recipients - 5 });
          expect(send.money.releasedRials).toBe(5 * rialsPerPart);
          expect(stats.refusedByStatus).toEqual({ '0x0000000b': 5 });
          expect(report.lines.filter((line) => line.errorStatus === '11')).toHaveLength(5);
        },
      },
      {
        name: 'transient',
        title: 'refused for a moment: tried again',
        faults: [{ kind: 'error', status: 0x08, count: 6 }],
        check: (played) => {
          allDelivered(played);
          expect(Object.values(played.stats.refusedByStatus)).toEqual([6]);
          expect(played.stats.submitted).toBe(played.send.recipients + 6);
        },
      },
      {
        name: 'hopeless',
        title: 'refused for a moment again and again: failed after four tries',
        faults: [{ kind: 'error', status: 0x08 }],
        messages: 2,
        check: ({ send, stats }) => {
          expect(send.counts.failed).toBe(2);
          expect(send.money).toMatchObject({ chargedRials: 0, releasedRials: 2 * rialsPerPart });
          expect(stats.submitted).toBe(8);
        },
      },
      {
        name: 'throttled',
        title: 'a contract at the operator that is lower than ours for a while: a pause, no loss',
        account: { partsPerSecond: 10 },
        messages: 60,
        during: (link) => untilThenFree(link, ({ throttled }) => throttled > 0, { partsPerSecond: null }),
        check: (played) => {
          allDelivered(played);
          expect(played.stats.throttled).toBeGreaterThan(0);
        },
      },
      {
        name: 'full',
        title: "an operator's window that is smaller than ours for a while: a pause, no loss",
        account: { window: 3, latencyMs: 50 },
        messages: 60,
        during: (link) =>
          untilThenFree(link, ({ windowExceeded }) => windowExceeded > 0, { window: null, latencyMs: 1 }),
        check: (played) => {
          allDelivered(played);
          expect(played.stats.windowExceeded).toBeGreaterThan(0);
        },
      },
      {
        name: 'unbindable',
        title: 'a bind that is refused at first',
        during: async (link) => {
          await link.faults({ kind: 'refuseBind', status: 0x0d, count: 3 });
          await system.simulator('POST', '/binds/kill', { account: link.systemId });
          await link.bound(2);
        },
        terms: { doubtWaitSeconds: 3, receiptWaitSeconds: 1 },
        check: (played) => {
          brokenConnection(played);
          expect(played.stats.refusedByStatus).toEqual({ '0x0000000d': 3 });
        },
      },
      {
        name: 'hexreceipts',
        title: 'decimal in the answer, hexadecimal in the receipt',
        account: { messageIdForm: 'decimal', receipts: { ...quickReceipts, idForm: 'hex' } },
        check: allDelivered,
      },
      {
        name: 'decreceipts',
        title: 'padded hexadecimal in the answer, decimal in the receipt',
        account: { messageIdForm: 'hexPadded', receipts: { ...quickReceipts, idForm: 'decimal' } },
        check: allDelivered,
      },
      {
        name: 'otherbind',
        title: 'receipts on another bind than the message',
        account: { receipts: { ...quickReceipts, onOtherBind: true } },
        check: allDelivered,
      },
      {
        name: 'overtaking',
        title: 'receipts before the response',
        account: { receipts: { ...quickReceipts, beforeResponse: 1 } },
        check: allDelivered,
      },
    ];
    const playing = new Map<string, Promise<Played>>();

    beforeAll(() => {
      for (const scenario of scenarios) {
        const played = play(scenario);
        // It is awaited by its test, later.
        played.catch(() => undefined);
        playing.set(scenario.name, played);
      }
    });

    afterAll(async () => {
      await Promise.allSettled(playing.values());
      await system.sql('sms-gateway', 'UPDATE links SET active = false WHERE id <> $1', [demo.link]);
    }, 300_000);

    it.each(scenarios)('$title', async ({ name, check }) => {
      const played = await playing.get(name);
      if (!played) throw new Error(`${name} was not played`);
      const { send, report } = played;
      expect(send.state).toBe('finished');
      expect(report.lines).toHaveLength(send.recipients);
      expect(report.open).toBe(0);
      expect(report.chargedRials).toBe(send.money.chargedRials);
      expect(send.money.chargedRials + send.money.releasedRials).toBe(send.money.quotedRials);
      if (name !== 'person') expect(played.duplicates).toBe(0);
      check(played);
    });

    it('guarantee 4: after all of them every Rial is explained', async () => {
      await Promise.allSettled(playing.values());
      expect(await differences(system)).toEqual([]);
    });

    async function play(scenario: Scenario): Promise<Played> {
      const { name, account, terms, faults = [], messages = 20, during } = scenario;
      const link = await OperatorLink.create(system, name, { receipts: quickReceipts, ...account }, terms);
      await link.faults(...faults);
      const numbers = Array.from({ length: messages }, (_, index) => `0912${2_000_000 + index}`);
      const created = await api.createSend({
        lineId: link.lineId,
        text,
        recipients: { numbers },
        idempotencyKey: randomUUID(),
        title: name,
      });
      const beside = during?.(link, created);
      beside?.catch(() => undefined);
      let mostInDoubt = 0;
      const send = await api.until(
        created.id,
        (now) => {
          mostInDoubt = Math.max(mostInDoubt, now.counts.inDoubt);
          return isComplete(now);
        },
        80_000,
        200,
      );
      await beside;
      // What broke is bound again, if not yet when the last message ended.
      await link.bound(2);
      const stats = await link.stats();
      const report = readReport(await api.report(send.id));
      const duplicates = stats.accepted === 0 ? 0 : await link.duplicates();
      return { send, stats, report, duplicates, settled: await settledOf(send.id), mostInDoubt };
    }

    /**
     * What was on the way may have arrived or not: nobody knows, so it is in doubt and not sent again, and settled as
     * sent by the link's policy. That is at most the windows of both binds; everything else arrives.
     */
    function brokenConnection({ send, stats, settled }: Played): void {
      const { delivered, unreported } = send.counts;
      expect(delivered + unreported).toBe(send.recipients);
      expect(delivered).toBeLessThanOrEqual(stats.accepted);
      const doubted = Object.values(settled).reduce((sum, messages) => sum + messages, 0);
      expect(unreported).toBeLessThanOrEqual(doubted);
      expect(doubted).toBeLessThanOrEqual(2 * 20);
      expect(stats.binds).toHaveLength(2);
    }

    async function settledOf(sendId: string): Promise<Played['settled']> {
      const rows = await system.sql<{ settled_as: DoubtEnd; messages: number }>(
        'sms-gateway',
        `SELECT settled_as, sum(cardinality(seqs))::int AS messages FROM doubt_settlements
         WHERE send_id = $1 GROUP BY settled_as`,
        [sendId],
      );
      return Object.fromEntries(rows.map(({ settled_as, messages }) => [settled_as, messages]));
    }

    async function untilThenFree(
      link: OperatorLink,
      met: (stats: OperatorStats) => boolean,
      settings: AccountSettings,
    ): Promise<void> {
      await eventually('the operator refuses', 30_000, async () => met(await link.stats()));
      await link.set(settings);
    }
  });

  it('guarantee 8: a poison message lands in the dead letters with its reason and blocks nobody', async () => {
    const charges = 'billing.charges';
    const before = await deadLetters(charges);
    await poison(outcomesQueue, 'sms.dispatch.outcomes', 'no JSON at all');
    await poison(outcomesQueue, 'sms.dispatch.outcomes', JSON.stringify({ sessionId: 'x' }));
    await poison(charges, 'sms.send.charged', '{"half": ');
    await poison(charges, 'sms.send.charged', JSON.stringify({ id: randomUUID(), payload: { sendId: 1 } }));
    const send = await api.createSend({
      lineId: demo.serviceLine,
      text,
      recipients: { numbers: ['09121000001', '09121000002'] },
      idempotencyKey: randomUUID(),
    });
    const end = await api.until(send.id, isComplete, 120_000);
    expect(end.money.chargedRials).toBe(2 * rialsPerPart);
    for (const queue of [outcomesQueue, charges]) {
      await eventually(`dead letters of ${queue}`, 15_000, async () => {
        return (await deadLetters(queue)).length >= (queue === charges ? before.length : 0) + 2;
      });
      for (const letter of await deadLetters(queue)) expect(letter.reason).toMatch(/\w{4}/);
    }
  });

  describe('kill -9 in the middle of a send: nothing lost, nothing twice, every Rial explained', () => {
    const round = async (...kills: Kill[]): Promise<void> => {
      api = await signIn(demo.customer);
      const result = await killDuringSend(system, api, killedSend, kills, 200_000);
      checkRound(result);
      expect(JSON.parse(result.ledger)).toMatchObject({ differences: [] });
    };

    it('of a worker: its binds are with another within 10 s', async () => {
      const killed = 'sms-dispatch-worker';
      await round({
        target: killed,
        at: 0.4,
        whileDown: async () => {
          const downAt = Date.now();
          const own = String(system.program(killed).child.pid);
          await eventually('all binds are with the other worker', 20_000, async () => {
            const { links } = await admin.request<LinksDto>('GET', '/links');
            const { binds } = links.find((link) => link.id === demo.link) ?? { binds: [] };
            return (
              binds.length === 2 &&
              binds.every((bind) => bind.state === 'bound' && bind.worker && !bind.worker.endsWith(own))
            );
          });
          expect(Date.now() - downAt).toBeLessThanOrEqual(10_000);
        },
      });
    });

    it('of sms-gateway', () => round({ target: 'sms-gateway', at: 0.5 }));

    it('of PostgreSQL', () => round({ target: 'postgres', at: 0.3 }));

    it('of RabbitMQ, down for 5 s: requests answer 503 in bounded time, and all goes on after', async () => {
      await round({
        target: 'rabbitmq',
        at: 0.3,
        whileDown: async () => {
          const until = Date.now() + 5_000;
          let asked = 0;
          while (Date.now() < until) {
            for (const path of ['/sends', '/wallet', '/lines']) {
              const at = Date.now();
              const answer = await api.raw('GET', path);
              const body = (await answer.json()) as ApiError;
              expect(Date.now() - at).toBeLessThanOrEqual(12_000);
              expect([answer.status, body.code]).toEqual([503, 'service.unavailable']);
              expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
              asked += 1;
            }
            await pause(200);
          }
          expect(asked).toBeGreaterThanOrEqual(3);
        },
      });
      expect(await differences(system)).toEqual([]);
    });
  });
});

async function poison(queue: string, type: string, body: string): Promise<void> {
  const connection = await connect(process.env['TEST_RABBITMQ_URL'] ?? '');
  const channel = await connection.createConfirmChannel();
  channel.publish(exchanges.work, queue, Buffer.from(body), {
    type,
    messageId: randomUUID(),
    persistent: true,
  });
  await channel.waitForConfirms();
  await connection.close();
}

async function deadLetters(queue: string): ReturnType<DeadLetters['list']> {
  const letters = await DeadLetters.connect(process.env['TEST_RABBITMQ_URL'] ?? '');
  try {
    return await letters.list(queue, 100);
  } finally {
    await letters.close();
  }
}
