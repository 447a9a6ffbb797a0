import { DomainError, parseDto } from '@peyk/contracts';
import { identityEvents } from '@peyk/contracts/identity';
import type { UserPrincipal } from '@peyk/contracts';
import type { RevocationsDto } from '@peyk/contracts/identity';
import type { Logger } from '@peyk/platform';
import type { Broker } from './broker';
import { parseJson } from './json';
import { cameStraight } from './provenance';
import type { OpenChannel } from './reopening-channel';
import { exchanges, ownQueue } from './topology';

/** Heard by every program that verifies people's tokens. */
export const revocationEvents = [
  identityEvents.accountUpdated,
  identityEvents.accountDisabled,
  identityEvents.sessionEnded,
] as const;

/** What identity knows of tokens that are refused before they run out. */
export type RevocationSource = () => Promise<RevocationsDto>;

/** No access token lives longer (identity gives 10 minutes); the rest is for clocks that differ. */
const forgetAfterMs = 11 * 60_000;
const loadRetryMs = 1_000;
const waitForLoadMs = 3_000;
const queueMaxLength = 100_000;

/**
 * Makes a disabled account, a changed role and an ended session act in this program at once (IDN-210): it listens to
 * identity's events with a queue of its own, and asks identity for the recent past whenever that queue is new, so that
 * nothing is missed while it was not connected. Until the answer is there no token is accepted.
 */
export class Revocations {
  private readonly stamps = new Recent<number>();
  private readonly sessions = new Recent<true>();
  private issuedBeforeMs = 0;
  /** False: there may be refused tokens that are not known here yet. */
  private complete = false;
  private waiters: (() => void)[] = [];
  private channel: OpenChannel | undefined;
  private closed = false;
  /** Counts the loads: a newer one makes an older one superfluous. */
  private turn = 0;

  constructor(
    private readonly broker: Broker,
    private readonly logger: Logger,
    private readonly program: string,
    private source: RevocationSource,
  ) {}

  /** Identity itself asks its own database. */
  use(source: RevocationSource): void {
    this.source = source;
  }

  /**
   * @param issuedAtMs when the token was made
   * @throws access.tokenInvalid when it is refused; service.unavailable while identity cannot be asked
   */
  async check(user: UserPrincipal, issuedAtMs: number): Promise<void> {
    this.listen();
    if (!this.complete) await this.completed();
    const stamp = this.stamps.get(user.accountId);
    if (
      (stamp !== undefined && user.stamp < stamp) ||
      this.sessions.get(user.sessionId) ||
      issuedAtMs < this.issuedBeforeMs
    )
      throw new DomainError('access.tokenInvalid');
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.channel?.close();
  }

  /** Begins with the first token, so that a program that verifies none needs no queue. */
  private listen(): void {
    this.channel ??= this.broker.open('revocations', async (channel) => {
      const { queue } = await channel.assertQueue(ownQueue(this.program, 'revocations'), {
        exclusive: true,
        autoDelete: true,
        durable: false,
        arguments: { 'x-max-length': queueMaxLength },
      });
      for (const event of revocationEvents) await channel.bindQueue(queue, exchanges.events, event.name);
      await channel.consume(
        queue,
        (message) => {
          if (!message) {
            channel.emit('error', new Error('consumer of revocations was cancelled by RabbitMQ'));
            return;
          }
          const name = String(message.properties.type);
          if (cameStraight(message, queue, [name])) this.hear(name, message.content);
        },
        { noAck: true },
      );
      // What happened before the queue was bound.
      this.complete = false;
      void this.load();
    });
  }

  private hear(name: string, body: Buffer): void {
    try {
      if (name === identityEvents.sessionEnded.name) {
        const ended = parseDto(identityEvents.sessionEnded.payload, parseJson(body), {
          unknownFields: 'ignore',
        });
        // Its tokens ran out with it.
        if (ended.reason !== 'expired') this.sessions.set(ended.sessionId, true);
        return;
      }
      const changed = parseDto(identityEvents.accountUpdated.payload, parseJson(body), {
        unknownFields: 'ignore',
      });
      this.raise(changed.accountId, changed.stamp);
    } catch (error) {
      // Never pass over one silently: identity is asked instead.
      this.logger.error({ err: error, event: name }, 'event of identity not understood');
      this.complete = false;
      void this.load();
    }
  }

  private raise(accountId: string, stamp: number): void {
    if (stamp > (this.stamps.get(accountId) ?? 0)) this.stamps.set(accountId, stamp);
  }

  private async completed(): Promise<void> {
    if (!this.broker.connected) throw new DomainError('service.unavailable');
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiters = this.waiters.filter((waiter) => waiter !== done);
        reject(new DomainError('service.unavailable'));
      }, waitForLoadMs);
      const done = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.waiters.push(done);
    });
  }

  private async load(): Promise<void> {
    const turn = ++this.turn;
    while (!this.closed && turn === this.turn) {
      try {
        const { accountIds, stamps, sessionIds, issuedBefore } = await this.source();
        if (turn !== this.turn) return;
        accountIds.forEach((accountId, i) => this.raise(accountId, stamps[i] ?? 0));
        for (const sessionId of sessionIds) this.sessions.set(sessionId, true);
        if (issuedBefore) this.issuedBeforeMs = Math.max(this.issuedBeforeMs, Date.parse(issuedBefore));
        this.complete = true;
        for (const done of this.waiters.splice(0)) done();
        return;
      } catch (error) {
        this.logger.warn({ err: error }, 'identity could not be asked for refused tokens; asking again');
        await new Promise((resolve) => setTimeout(resolve, loadRetryMs).unref());
      }
    }
  }
}

/** Remembers for `forgetAfterMs` at least, twice that at most: two generations, the older one thrown away whole. */
class Recent<V> {
  private young = new Map<string, V>();
  private old = new Map<string, V>();
  private sinceMs = Date.now();

  get(key: string): V | undefined {
    return this.young.get(key) ?? this.old.get(key);
  }

  set(key: string, value: V): void {
    if (Date.now() - this.sinceMs > forgetAfterMs) {
      this.old = this.young;
      this.young = new Map();
      this.sinceMs = Date.now();
    }
    this.young.set(key, value);
  }
}
