import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { execute, query, Transactions } from '@peyk/database';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { IdentityConfig } from '../config';
import { BaleApi, BaleError } from './bale-api';
import type { BaleKeyboard, BaleUpdate } from './bale-api';
import { BaleLinks } from './bale-links.service';

/** Any constant; advisory locks are per database. */
const lockKey = 0x6261_6c65;
const pollSeconds = 25;
/** A replica that does not read looks so often whether the one that does has gone. */
const turnMs = 5_000;
const pausesMs = [1_000, 2_000, 5_000, 15_000, 30_000] as const;
/** An update that failed so often is passed over: it would keep all that come after it waiting. */
const attemptsMax = 3;
const replyPauseMs = 1_000;

interface Reply {
  readonly text: string;
  readonly keyboard?: BaleKeyboard;
}

/**
 * Our bot: reads what people write to it and links chats to accounts. One replica at a time reads, by an advisory lock on
 * a connection of its own; where the reading stands is stored with each effect, so an update has its effect once.
 */
@Injectable()
export class BaleBot implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(BaleBot.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private failing: { id: number; attempts: number } | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly api: BaleApi,
    private readonly links: BaleLinks,
    private readonly config: IdentityConfig,
  ) {}

  onApplicationBootstrap(): void {
    if (this.api.isConfigured) this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.stopping.signal.aborted;) {
      try {
        await this.takeTurn(() => {
          failures = 0;
        });
        await this.pause(turnMs);
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        const waitMs = pausesMs[Math.min(failures, pausesMs.length - 1)] ?? turnMs;
        failures += 1;
        this.logger.warn({ msg: 'reading from Bale failed; it is tried again', err: error, waitMs });
        await this.pause(
          error instanceof BaleError ? Math.max(waitMs, error.retryAfterSeconds * 1_000) : waitMs,
        );
      }
    }
  }

  /** Reads while this replica has the lock; returns at once when another has it. */
  private async takeTurn(worked: () => void): Promise<void> {
    const client = new Client({
      connectionString: this.config.databaseUrl,
      application_name: 'identity bale bot',
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
    });
    client.on('error', (error) => this.logger.warn({ msg: 'the lock of the Bale bot is lost', err: error }));
    try {
      await client.connect();
      const { rows } = await client.query<{ won: boolean }>('SELECT pg_try_advisory_lock($1) AS won', [
        lockKey,
      ]);
      if (!rows[0]?.won) return;
      while (!this.stopping.signal.aborted) {
        // Fails when the connection, and with it the lock, is gone.
        await client.query('SELECT 1');
        const updates = await this.api.updates(await this.offset(), pollSeconds, this.stopping.signal);
        worked();
        for (const update of updates) await this.handle(update);
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private async offset(): Promise<number> {
    const [row] = await query<{ next_offset: string }>(
      this.dataSource,
      'SELECT next_offset FROM bale_bots WHERE id = $1',
      [this.api.botId],
    );
    return Number(row?.next_offset ?? 0);
  }

  private async handle(update: BaleUpdate): Promise<void> {
    const reply = await this.transactions
      .run(async (tx) => ((await this.advance(tx, update.id)) ? this.answer(tx, update) : undefined))
      .catch((error: unknown) => this.failed(update.id, error));
    if (reply && update.message) await this.reply(update.message.chatId, reply);
  }

  /** What was asked for has happened: a reply that does not get through is dropped, and the person looks in the panel. */
  private async reply(chatId: string, { text, keyboard }: Reply): Promise<void> {
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      try {
        await this.api.send(chatId, text, keyboard);
        return;
      } catch (error) {
        this.logger.warn({ msg: 'a reply to a Bale chat was not sent', attempt, err: error });
        await this.pause(replyPauseMs);
      }
    }
  }

  /** @returns false: another replica was quicker */
  private async advance(tx: EntityManager, updateId: number): Promise<boolean> {
    const moved = await execute(
      tx,
      `INSERT INTO bale_bots AS b (id, next_offset) VALUES ($1, $2)
       ON CONFLICT (id) DO UPDATE SET next_offset = excluded.next_offset WHERE b.next_offset < excluded.next_offset`,
      [this.api.botId, updateId + 1],
    );
    return moved > 0;
  }

  private async failed(updateId: number, error: unknown): Promise<undefined> {
    const attempts = this.failing?.id === updateId ? this.failing.attempts + 1 : 1;
    this.failing = { id: updateId, attempts };
    if (attempts < attemptsMax) throw error;
    this.logger.error({ msg: 'an update of Bale was passed over', updateId, err: error });
    await this.transactions.run((tx) => this.advance(tx, updateId));
    return undefined;
  }

  private async answer(tx: EntityManager, { message }: BaleUpdate): Promise<Reply | undefined> {
    if (!message) return undefined;
    const { chatId, senderId, text, contact } = message;
    const { siteName } = this.config;
    const begin = `برای پیوند دادن این گفتگو به حساب خود، در پنل ${siteName} به صفحه‌ی حساب کاربری بروید و «اتصال به بله» را بزنید.`;
    if (contact) {
      // A contact card of somebody else proves nothing about who holds this phone.
      if (contact.ownerId !== senderId)
        return {
          text: 'این مخاطب خود شما نیست. دکمه‌ی «ارسال شماره‌ی من» را بزنید.',
          keyboard: 'ask_contact',
        };
      const outcome = await this.links.prove(tx, chatId, contact.phone);
      if (outcome === 'notBegun') return { text: begin, keyboard: 'remove' };
      if (outcome === 'otherMobile')
        return {
          text: `این شماره با شماره‌ای که در ${siteName} برای شما ثبت شده یکی نیست. با شماره‌ی ثبت‌شده وارد بله شوید، یا برای اصلاح شماره به پشتیبانی پیام دهید.`,
          keyboard: 'remove',
        };
      return {
        text: `این گفتگو به حساب شما در ${siteName} پیوند خورد. از این پس کد ورود را همین‌جا می‌گیرید.`,
        keyboard: 'remove',
      };
    }
    const start = /^\/start(?:\s+(\S+))?\s*$/.exec(text);
    if (!start) return undefined;
    if (!start[1]) return { text: begin };
    if (await this.links.arrive(tx, chatId, start[1]))
      return {
        text: `برای پیوند دادن این گفتگو به حساب خود در ${siteName}، دکمه‌ی «ارسال شماره‌ی من» را بزنید.`,
        keyboard: 'ask_contact',
      };
    return { text: `این پیوند دیگر معتبر نیست. ${begin}` };
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
