import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { ClientDto, CodeChannelName, CodeRequestedDto } from '@peyk/contracts/identity';
import { execute, query, Transactions, uuidv7, pruneRows } from '@peyk/database';
import { toLatinDigits } from '@peyk/persian';
import { counter } from '@peyk/platform';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { PersonalData } from '../accounts/personal-data';
import type { Reachable, SentPurpose } from '../channels/code-channel';
import { IdentityConfig } from '../config';
import { deriveKey } from '../derived-key';
import { printable } from '../printable';
import { customerOf } from '../sign-in-safety/network';
import { CodeSender } from './code-sender';
import { identityLives } from '../retention';

/** All of IDN-205 and the issue: two minutes, five tries, a budget of sends for each asker and person. */
const lifeSeconds = 120;
const triesMax = 5;
const secondsBetween = 60;
const hourMax = 5;
const dayMax = 10;
/**
 * Codes a day that a person is sent, no matter who asks, from where nobody signed in to the account lately, and from where
 * somebody did. On a device that is known only its own budget counts: no stranger locks anybody out there.
 */
export const personDayMax = { stranger: 30, known_network: 60 } as const;
/** Codes an hour that one address may have sent; thousands of subscribers or students share some addresses. */
export const addressHourMax = 600;
/** Of those, to mobiles that are nobody's yet: nobody may send SMS to strangers through us. */
export const signUpHourMax = 60;
/** Six digits, the first no zero: some who pass it on take it for a number. */
const codesFrom = 100_000;
const codesTo = 1_000_000;

/** Whom a code is for: an account, a mobile that is nobody's yet (`98...`), or a username that nobody has (a decoy). */
export type CodeRecipient =
  | { readonly account: Reachable & { readonly id: string } }
  | { readonly mobile: string }
  | { readonly username: string };

/** What speaks for it that the one who asks is the person. */
export type CodeAsker = 'known_device' | 'known_network' | 'stranger';

export type CodeRequest = CodeRecipient & {
  readonly asker: CodeAsker;
  readonly purpose: SentPurpose;
  /** Where to first. */
  readonly channel?: CodeChannelName;
  readonly client: ClientDto;
};

export interface CodeTry {
  readonly requestId: string;
  /** As typed. */
  readonly code: string;
  readonly purpose: SentPurpose;
  /** Names the code in a refusal; `code` unless said. */
  readonly field?: string;
  /** Whose it must be, where that is known: another's is as good as none. */
  readonly accountId?: string;
  /** Gets a wrong code before the refusal; null for a mobile that is nobody's yet, and for a decoy. */
  readonly onWrong?: (accountId: string | null) => Promise<void>;
}

/** Whom a right code stands for: the account, or the mobile that was proved. */
export interface Redeemed {
  readonly accountId: string | null;
  readonly mobile: string | null;
}

interface CodeRow {
  readonly account_id: string | null;
  readonly mobile_sealed: Buffer | null;
  readonly code_hash: Buffer;
  readonly tries_left: number;
}

const redemptions = counter('code_redemptions_total', 'Tries to use a one-time code', ['purpose', 'outcome']);

/** One-time codes (IDN-205): who gets one, how often, and what a right one opens. */
@Injectable()
export class OneTimeCodes {
  private readonly key: Buffer;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly personalData: PersonalData,
    private readonly sender: CodeSender,
    config: IdentityConfig,
  ) {
    this.key = deriveKey(config.hashSecret, 'one-time-codes');
  }

  /**
   * Makes a code, which replaces the older one of this purpose that the same asker had, and has it sent: the answer does
   * not wait for that. A username that nobody has costs the same work, and nothing is sent.
   * @throws code.tooSoon, code.tooMany (`retryAfterSeconds`): the asker's budget of sends to this person over all
   *   purposes and channels, that of the person over all strangers, or that of the address over all people
   */
  async request(request: CodeRequest): Promise<CodeRequestedDto> {
    const { purpose, client, asker } = request;
    const id = uuidv7();
    const isDecoy = 'username' in request;
    const accountId = 'account' in request ? request.account.id : null;
    const code = String(randomInt(codesFrom, codesTo));
    const network = printable(customerOf(client.address));
    const person = personOf(request);
    const personKey = this.keyOf(person);
    const budgetKey = this.keyOf(`${person} ${asker === 'known_device' ? 'itself' : `from ${network}`}`);
    if (asker !== 'known_device') {
      // One who asks for codes of many people pays nothing for the messages: an address may not have thousands sent.
      await this.checkCount('network', network, 1, addressHourMax);
      if (purpose === 'verify_mobile')
        await this.checkCount('network', network, 1, signUpHourMax, `AND purpose = 'verify_mobile'`);
      await this.checkCount('person_key', personKey, 24, personDayMax[asker]);
    }
    const [made] = await query<{ expires_at: Date }>(
      this.dataSource,
      // clock_timestamp(), since now() of a request that waited for another's row is from before that one.
      `WITH budget AS (
         INSERT INTO code_budgets AS b (budget_key, last_sent_at, sent_before) VALUES ($2, clock_timestamp(), '{}')
         ON CONFLICT (budget_key) DO UPDATE SET
           last_sent_at = clock_timestamp(), sent_before = (ARRAY[b.last_sent_at] || b.sent_before)[1:${dayMax - 1}]
         WHERE b.last_sent_at <= clock_timestamp() - interval '${secondsBetween} seconds'
           AND coalesce(b.sent_before[${hourMax - 1}] <= clock_timestamp() - interval '1 hour', true)
           AND coalesce(b.sent_before[${dayMax - 1}] <= clock_timestamp() - interval '1 day', true)
         RETURNING 1
       ), replaced AS (
         UPDATE one_time_codes SET expires_at = now()
         WHERE budget_key = $2 AND purpose = $3 AND expires_at > now() AND EXISTS (SELECT FROM budget)
       )
       INSERT INTO one_time_codes
         (id, purpose, budget_key, person_key, account_id, mobile_sealed, code_hash, tries_left, expires_at, address,
          network, device)
       SELECT $1, $3, $2, $4, $5, $6, $7, ${triesMax}, clock_timestamp() + interval '${lifeSeconds} seconds', $8, $9, $10
       FROM budget RETURNING expires_at`,
      [
        id,
        budgetKey,
        purpose,
        personKey,
        accountId,
        'mobile' in request ? this.personalData.seal(id, 'mobile', request.mobile) : null,
        isDecoy ? randomBytes(32) : this.hash(id, code),
        printable(client.address),
        network,
        printable(client.device),
      ],
    );
    if (!made) throw await this.refusal(budgetKey);
    if (!isDecoy) {
      const to =
        'account' in request ? request.account : { mobile: request.mobile, chatId: null, email: null };
      const { mobile, chatId, email } = to;
      const message = { id, code, purpose, mobile, chatId, email };
      this.sender.send(message, { channel: request.channel, accountId, until: made.expires_at });
    }
    return {
      requestId: id,
      expiresAt: made.expires_at.toISOString(),
      resendAfterSeconds: secondsBetween,
    };
  }

  /**
   * Runs `use` in a transaction in which the code is used up: of any number of calls at once with the right code one
   * gets there. When `use` throws, the code stays good for the tries that are left. The try itself is counted before the
   * code is looked at, and outside of that transaction: no rollback gives a guess back.
   * @throws code.wrong (`field`, `triesLeft`), code.tooManyTries, code.expired (also: used, replaced, never made)
   */
  redeem<T>(one: CodeTry, use: (tx: EntityManager, redeemed: Redeemed) => Promise<T>): Promise<T> {
    return this.redeemAll([one], (tx, [redeemed]) => {
      if (!redeemed) throw new Error('a code was redeemed for nothing');
      return use(tx, redeemed);
    });
  }

  /** As `redeem`, with several codes that are used up together or not at all. */
  async redeemAll<T>(
    tries: readonly CodeTry[],
    use: (tx: EntityManager, redeemed: readonly Redeemed[]) => Promise<T>,
  ): Promise<T> {
    const redeemed: Redeemed[] = [];
    for (const one of tries) redeemed.push(await this.tryCode(one));
    const used = await this.transactions.run(async (tx) => {
      for (const { requestId, purpose, field } of tries) {
        const won = await execute(
          tx,
          'UPDATE one_time_codes SET used_at = now() WHERE id = $1 AND used_at IS NULL',
          [requestId],
        );
        if (won === 0) throw this.dead(purpose, 'code.expired', field);
      }
      return use(tx, redeemed);
    });
    for (const { purpose } of tries) redemptions.inc({ purpose, outcome: 'used' });
    return used;
  }

  /** Counts the try, then looks whether the code is right. */
  private async tryCode({
    requestId,
    code,
    purpose,
    field = 'code',
    accountId,
    onWrong,
  }: CodeTry): Promise<Redeemed> {
    const [row] = await query<CodeRow>(
      this.dataSource,
      `UPDATE one_time_codes SET tries_left = tries_left - 1
       WHERE id = $1 AND purpose = $2 AND tries_left > 0 AND used_at IS NULL AND expires_at > clock_timestamp()
         AND ($3::uuid IS NULL OR account_id = $3)
       RETURNING account_id, mobile_sealed, code_hash, tries_left`,
      [requestId, purpose, accountId ?? null],
    );
    if (!row) throw await this.whyDead(requestId, purpose, field);
    const typed = toLatinDigits(code).replace(/[\p{Z}\p{C}]/gu, '');
    if (!timingSafeEqual(row.code_hash, this.hash(requestId, typed))) {
      redemptions.inc({ purpose, outcome: 'wrong' });
      await onWrong?.(row.account_id);
      throw new DomainError('code.wrong', { field, triesLeft: row.tries_left });
    }
    return {
      accountId: row.account_id,
      mobile: row.mobile_sealed ? this.personalData.open(requestId, 'mobile', row.mobile_sealed) : null,
    };
  }

  /** Deletes codes a day after their end, a page of them. @returns how many */
  forgetOld(): Promise<number> {
    return pruneRows(this.dataSource, 'one_time_codes', identityLives().one_time_codes);
  }

  /** Deletes budgets that hold nothing back any more, a page of them. @returns how many */
  forgetBudgets(): Promise<number> {
    return pruneRows(this.dataSource, 'code_budgets', identityLives().code_budgets);
  }

  /** Refuses what would be more than `max` codes of this person or network within the last hours. */
  private async checkCount(
    of: 'network' | 'person_key',
    value: string | Buffer,
    hours: number,
    max: number,
    only = '',
  ): Promise<void> {
    const [row] = await query<{ seconds: number }>(
      this.dataSource,
      `SELECT ceil(extract(epoch FROM created_at + interval '${hours} hours' - now()))::int AS seconds FROM one_time_codes
       WHERE ${of} = $1 AND created_at > now() - interval '${hours} hours' ${only}
       ORDER BY created_at DESC LIMIT 1 OFFSET ${max - 1}`,
      [value],
    );
    if (row) throw new DomainError('code.tooMany', { retryAfterSeconds: Math.max(1, row.seconds) });
  }

  private async refusal(budgetKey: Buffer): Promise<DomainError> {
    const [row] = await query<{ pause: number; quota: number }>(
      this.dataSource,
      `SELECT ceil(extract(epoch FROM last_sent_at + interval '${secondsBetween} seconds' - clock_timestamp()))::int AS pause,
         ceil(extract(epoch FROM coalesce(greatest(
           sent_before[${hourMax - 1}] + interval '1 hour', sent_before[${dayMax - 1}] + interval '1 day'
         ) - clock_timestamp(), interval '0')))::int AS quota
       FROM code_budgets WHERE budget_key = $1`,
      [budgetKey],
    );
    const { pause, quota } = row ?? { pause: 1, quota: 0 };
    const code = quota > pause ? 'code.tooMany' : 'code.tooSoon';
    return new DomainError(code, { retryAfterSeconds: Math.max(1, pause, quota) });
  }

  private async whyDead(requestId: string, purpose: SentPurpose, field: string): Promise<DomainError> {
    const [row] = await query(
      this.dataSource,
      `SELECT 1 FROM one_time_codes
       WHERE id = $1 AND purpose = $2 AND tries_left = 0 AND used_at IS NULL AND expires_at > now()`,
      [requestId, purpose],
    );
    return this.dead(purpose, row ? 'code.tooManyTries' : 'code.expired', field);
  }

  private dead(
    purpose: SentPurpose,
    code: 'code.tooManyTries' | 'code.expired',
    field = 'code',
  ): DomainError {
    redemptions.inc({ purpose, outcome: code === 'code.expired' ? 'expired' : 'too_many_tries' });
    return new DomainError(code, { field });
  }

  private hash(requestId: string, code: string): Buffer {
    return this.keyOf(`code ${requestId} ${code}`);
  }

  private keyOf(text: string): Buffer {
    return createHmac('sha256', this.key).update(text).digest();
  }
}

function personOf(to: CodeRecipient): string {
  if ('account' in to) return `account ${to.account.id}`;
  return 'mobile' in to ? `mobile ${to.mobile}` : `username ${to.username}`;
}
