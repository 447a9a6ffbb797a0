import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import type { CodeChannelName } from '@peyk/contracts/identity';
import { counter, maskMsisdn } from '@peyk/platform';
import type { CodeChannel, CodeMessage } from '../channels/code-channel';

/** Injection token of the ways, in no order. */
export const CODE_CHANNELS = Symbol('code channels');

const atOnceMax = 8;
const waitingMax = 1_000;
/** Waits before the second and the third round over the ways. */
const pausesMs = [1_000, 5_000] as const;
const drainMs = 5_000;
/** Sending begins when the answer is long out: its work would make the answer for those who exist come later. */
const startMs = 100;

/** Of the choices, which ways in which order. */
const waysOf: Readonly<Record<CodeChannelName, readonly CodeChannel['name'][]>> = {
  bale: ['bale_chat', 'bale_otp'],
  sms: ['sms'],
  email: ['email'],
};
/** An address is used only where the person asked for that. */
const fallback: readonly CodeChannelName[] = ['bale', 'sms'];

export interface SendOptions {
  readonly channel?: CodeChannelName;
  readonly accountId: string | null;
  /** Not sent after. */
  readonly until: Date;
}

const sends = counter('code_sends_total', 'One-time codes by the way that took them', ['way', 'outcome']);

/**
 * Brings codes to people after the one who asked has been answered: from memory only, since a code that is stored is a code
 * that can be read. What waits when the process dies is lost, and the person asks again.
 */
@Injectable()
export class CodeSender implements OnModuleDestroy {
  private readonly logger = new Logger(CodeSender.name);
  private readonly waiting: (() => Promise<void>)[] = [];
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(@Inject(CODE_CHANNELS) private readonly channels: readonly CodeChannel[]) {}

  /** Takes it and returns at once. Beyond 1,000 that wait it is dropped. */
  send(message: CodeMessage, options: SendOptions): void {
    if (this.waiting.length >= waitingMax) {
      sends.inc({ way: 'none', outcome: 'dropped' });
      this.logger.warn({
        msg: 'too many codes wait to be sent; one was dropped',
        ...tellable(message, options),
      });
      return;
    }
    this.waiting.push(() => this.deliver(message, options));
    setTimeout(() => this.next(), startMs).unref();
  }

  /** What waits gets its one round over the ways; all that within 5 s. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    this.next();
    const over = new AbortController();
    const late = sleep(drainMs, undefined, { signal: over.signal }).catch(() => undefined);
    const untilMs = performance.now() + drainMs;
    while (this.running.size > 0 && performance.now() < untilMs) await Promise.race([...this.running, late]);
    over.abort();
  }

  private next(): void {
    while (this.running.size < atOnceMax) {
      const task = this.waiting.shift();
      if (!task) return;
      const run = task().finally(() => {
        this.running.delete(run);
        this.next();
      });
      this.running.add(run);
    }
  }

  /** Goes through the ways until one takes it; those that failed get another turn. Never rejects. */
  private async deliver(message: CodeMessage, options: SendOptions): Promise<void> {
    const wanted = [...new Set([options.channel ?? 'bale', ...fallback])].flatMap((choice) => waysOf[choice]);
    let ways = wanted.flatMap((name) => this.channels.filter((channel) => channel.name === name));
    for (const pauseMs of [...pausesMs, undefined]) {
      const failed: CodeChannel[] = [];
      for (const channel of ways) {
        if (options.until <= new Date()) break;
        const outcome = await this.attempt(channel, message, options);
        sends.inc({ way: channel.name, outcome });
        if (outcome === 'sent') return;
        if (outcome === 'failed') failed.push(channel);
      }
      ways = failed;
      if (ways.length === 0 || pauseMs === undefined || this.stopping.signal.aborted) break;
      await sleep(pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
    this.logger.warn({ msg: 'a code could not be sent', ...tellable(message, options) });
  }

  private async attempt(
    channel: CodeChannel,
    message: CodeMessage,
    options: SendOptions,
  ): Promise<'sent' | 'notThere' | 'failed'> {
    try {
      const outcome = await channel.send(message);
      if (outcome === 'sent')
        this.logger.log({ msg: 'code sent', way: channel.name, ...tellable(message, options) });
      return outcome;
    } catch (error) {
      this.logger.warn({ msg: 'a way of sending codes failed', way: channel.name, err: error });
      return 'failed';
    }
  }
}

function tellable({ id, purpose, mobile }: CodeMessage, { accountId }: SendOptions): object {
  return { requestId: id, purpose, accountId, mobile: mobile ? maskMsisdn(mobile) : null };
}
