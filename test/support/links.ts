import { randomUUID } from 'node:crypto';
import { eventually } from './faults';
import type { PeykSystem } from './system';
import { demo } from './system';

/** What of the operator's account differs from a quick, faultless one (apps/simulators/README.md). */
export type AccountSettings = Readonly<Record<string, unknown>>;

export interface LinkTerms {
  /** Our contract: parts a second over all binds. */
  readonly partsPerSecond: number;
  readonly window: number;
  readonly binds: number;
  readonly responseTimeoutMs: number;
  readonly receiptWaitSeconds: number;
  readonly doubtWaitSeconds: number | null;
  readonly doubtSettlesAs: 'sent' | 'failed';
}

const quickTerms: LinkTerms = {
  partsPerSecond: 500,
  window: 20,
  binds: 2,
  responseTimeoutMs: 1_500,
  receiptWaitSeconds: 5,
  doubtWaitSeconds: 60,
  doubtSettlesAs: 'sent',
};

/** The simulator's counters of one account, as far as tests look at them. */
export interface OperatorStats {
  readonly now: number;
  readonly submitted: number;
  readonly accepted: number;
  readonly throttled: number;
  readonly windowExceeded: number;
  readonly refusedByStatus: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly receipts: { readonly queued: number; readonly acked: number; readonly pending: number };
  readonly inbound: { readonly acked: number; readonly pending: number };
  readonly binds: readonly { readonly id: number }[];
  readonly lastAt: number | null;
  readonly worstSecond: { readonly parts: number };
}

export interface ReceivedPart {
  readonly at: number;
  readonly destination: string;
  readonly source: string;
  readonly text: string | null;
  readonly concat: { readonly reference: number; readonly total: number; readonly part: number } | null;
}

/** An operator's account of its own with a link and a line to it, so that scenarios do not meet each other. */
export class OperatorLink {
  private constructor(
    private readonly system: PeykSystem,
    readonly systemId: string,
    readonly linkId: string,
    readonly lineId: string,
    readonly number: string,
  ) {}

  /** The link of the seed. */
  static demo(system: PeykSystem): OperatorLink {
    return new OperatorLink(system, demo.systemId, demo.link, demo.serviceLine, '982000001');
  }

  /** A new one for the demo customer. `name`: at most 15 letters, its system_id. Resolves when all its binds are there. */
  static async create(
    system: PeykSystem,
    name: string,
    account: AccountSettings = {},
    terms: Partial<LinkTerms> = {},
  ): Promise<OperatorLink> {
    const wanted = { ...quickTerms, ...terms };
    const link = new OperatorLink(system, name, randomUUID(), randomUUID(), `98${hashOf(name)}`);
    await system.simulator('PUT', `/accounts/${name}`, {
      password: demo.simulatorPassword,
      maxBinds: 32,
      window: 1_000,
      partsPerSecond: null,
      latencyMs: 1,
      ...account,
    });
    await system.sql(
      'sms-gateway',
      `INSERT INTO links (id, name, host, port, system_id, password, parts_per_second, window_size, binds, response_timeout_ms,
         receipt_wait_seconds, doubt_wait_seconds, doubt_settles_as)
       VALUES ($1, $2, '127.0.0.1', $3, $2, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        link.linkId,
        name,
        system.smppPort,
        demo.simulatorPassword,
        wanted.partsPerSecond,
        wanted.window,
        wanted.binds,
        wanted.responseTimeoutMs,
        wanted.receiptWaitSeconds,
        wanted.doubtWaitSeconds,
        wanted.doubtSettlesAs,
      ],
    );
    await system.sql(
      'sms-gateway',
      `INSERT INTO lines (id, customer_id, link_id, number, line_class, hours_from, hours_to, refund_policy)
       VALUES ($1, $2, $3, $4, 'service', 0, 24, 'submitted')`,
      [link.lineId, demo.customer.id, link.linkId, link.number],
    );
    await link.bound(wanted.binds);
    return link;
  }

  /** Until the operator sees so many binds. */
  bound(binds: number, timeoutMs = 30_000): Promise<void> {
    return eventually(`${binds} binds of ${this.systemId}`, timeoutMs, async () => {
      return (await this.stats()).binds.length === binds;
    });
  }

  stats(): Promise<OperatorStats> {
    return this.system.simulator('GET', `/stats?account=${this.systemId}`);
  }

  /** Changes settings of the account. */
  set(settings: AccountSettings): Promise<unknown> {
    return this.system.simulator('PUT', `/accounts/${this.systemId}`, settings);
  }

  faults(...faults: readonly Readonly<Record<string, unknown>>[]): Promise<unknown> {
    return this.system.simulator('PUT', `/accounts/${this.systemId}/faults`, { faults });
  }

  /** Accepted parts, at most 10,000. */
  async received(): Promise<readonly ReceivedPart[]> {
    const { items } = await this.system.simulator<{ items: ReceivedPart[] }>(
      'GET',
      `/messages?account=${this.systemId}&limit=10000`,
    );
    return items;
  }

  /** Parts that were accepted more than once. Throws when none of them carried our reference: then nothing is known. */
  async duplicates(): Promise<number> {
    const { referenced, extra } = await this.system.simulator<{ referenced: number; extra: number }>(
      'GET',
      `/duplicates?account=${this.systemId}`,
    );
    if (referenced === 0) throw new Error('no part carries a reference');
    return extra;
  }
}

/** Eight digits that stand for a name: a number nobody else has. */
function hashOf(name: string): string {
  let hash = 7;
  for (const letter of name) hash = (hash * 31 + letter.charCodeAt(0)) % 90_000_000;
  return String(10_000_000 + hash);
}
