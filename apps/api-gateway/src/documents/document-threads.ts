import { extname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { StatementEntryDto, StatementSummaryDto, TopupReceiptDto } from '@peyk/contracts/billing';
import { counter } from '@peyk/platform';
import { Slots } from '../auth/rate-limiter';

export interface ReceiptOrder {
  readonly kind: 'receipt';
  readonly receipt: TopupReceiptDto;
  readonly madeAt: Date;
}
export interface StatementOrder {
  readonly kind: 'statement';
  readonly customerName: string;
  readonly summary: StatementSummaryDto;
  readonly madeAt: Date;
}
/** What a thread is sent: the entries of a statement in pages, the newest first, and then what is to be made. */
export type DocumentOrder =
  ReceiptOrder | StatementOrder | { readonly entries: readonly StatementEntryDto[] };
export interface DocumentAnswer {
  readonly bytes: Uint8Array;
}

/** At most so many at once; a thread is there only while there is work, and for a while after. */
const threadsMax = 2;
/** Documents of one account that are being made or wait. */
const perAccount = 2;
const waitingMax = 20;
/** The longest statement takes a tenth of it. */
export const documentLimitMs = 60_000;
const idleMs = 30_000;
/** Three times what the longest statement takes. */
const heapMegabytes = 256;

const documents = counter('gateway_documents_total', 'PDFs that were asked for, by what came of it', ['end']);

/**
 * Makes documents on threads, so that the loop goes on answering everybody else: a statement is seconds of work, and a
 * receipt, small as it is, has its fonts read. What goes wrong in a thread hurts the one document that it was at.
 */
@Injectable()
export class DocumentThreads implements OnApplicationShutdown {
  private readonly logger = new Logger(DocumentThreads.name);
  private readonly slots = new Slots(perAccount);
  private readonly threads = new Set<Worker>();
  /** Those without work, and when each of them ends. */
  private readonly idle = new Map<Worker, NodeJS.Timeout>();
  private readonly waiting: (() => void)[] = [];
  private working = 0;
  private stopped = false;
  /** For tests: what a thread runs. */
  entry = join(__dirname, `document.worker${extname(__filename)}`);
  limitMs = documentLimitMs;

  /**
   * @param account whose it is: two of one at once, else rate.limited
   * @param order reads what is to be made; called when it is this one's turn to be read
   * @throws service.unavailable (`reason: busy`) while too many wait, or when it took too long
   */
  async make(
    account: string,
    order: () => Promise<readonly [...DocumentOrder[], ReceiptOrder | StatementOrder]>,
  ): Promise<Buffer> {
    const release = this.slots.take(account);
    try {
      if (this.waiting.length >= waitingMax) throw busy();
      const messages = await order();
      await this.turnComes();
      try {
        const made = await this.run(messages);
        documents.inc({ end: 'made' });
        return made;
      } finally {
        this.turnIsOver();
      }
    } catch (error) {
      if (error instanceof DomainError && error.details?.['reason'] === 'busy')
        documents.inc({ end: 'busy' });
      throw error;
    } finally {
      release();
    }
  }

  /** All requests have been answered: nothing is being made any more. */
  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.threads].map((thread) => thread.terminate()));
  }

  private async turnComes(): Promise<void> {
    if (this.working < threadsMax) {
      this.working += 1;
      return;
    }
    if (this.waiting.length >= waitingMax) throw busy();
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private turnIsOver(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.working -= 1;
  }

  private async run(messages: readonly DocumentOrder[]): Promise<Buffer> {
    if (this.stopped) throw busy();
    const thread = this.take();
    return new Promise<Buffer>((resolve, reject) => {
      const end = (settle: () => void): void => {
        clearTimeout(limit);
        thread.removeAllListeners('message');
        thread.off('exit', onExit);
        settle();
      };
      const limit = setTimeout(() => {
        end(() => reject(busy()));
        this.logger.error({ msg: 'a document took too long', limitMs: this.limitMs });
        void thread.terminate();
      }, this.limitMs);
      const onExit = (code: number): void => {
        documents.inc({ end: 'failed' });
        end(() => reject(new Error(`the thread of a document ended with code ${code}`)));
      };
      thread.once('exit', onExit);
      thread.once('message', ({ bytes }: DocumentAnswer) =>
        end(() => {
          this.giveBack(thread);
          resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
        }),
      );
      void post(thread, messages);
    });
  }

  private take(): Worker {
    for (const [thread, end] of this.idle) {
      clearTimeout(end);
      this.idle.delete(thread);
      return thread;
    }
    const thread = new Worker(this.entry, {
      name: 'documents',
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
      // From sources, in tests: as these are run themselves.
      ...(extname(this.entry) === '.ts' && { execArgv: ['-r', '@swc-node/register'] }),
    });
    thread.unref();
    this.threads.add(thread);
    thread.on('error', (error) => this.logger.error({ msg: 'the thread of a document failed', err: error }));
    thread.once('exit', () => {
      this.threads.delete(thread);
      clearTimeout(this.idle.get(thread));
      this.idle.delete(thread);
    });
    return thread;
  }

  private giveBack(thread: Worker): void {
    const end = setTimeout(() => {
      this.idle.delete(thread);
      void thread.terminate();
    }, idleMs);
    end.unref();
    this.idle.set(thread, end);
  }
}

/** Copying a page to the thread is work too: the loop goes on between them. */
async function post(thread: Worker, messages: readonly DocumentOrder[]): Promise<void> {
  for (const message of messages) {
    thread.postMessage(message);
    await turn();
  }
}

function busy(): DomainError {
  return new DomainError('service.unavailable', { reason: 'busy', retryAfterSeconds: 10 });
}
