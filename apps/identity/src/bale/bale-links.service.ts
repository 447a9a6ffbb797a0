import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { BaleLinkDto, BaleStatusDto } from '@peyk/contracts/identity';
import { execute, query, Transactions } from '@peyk/database';
import { parseMobile } from '@peyk/persian';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { PersonalData } from '../accounts/personal-data';
import { AuditLog } from '../audit/audit.service';
import type { ActedBy } from '../audit/audit.service';
import { IdentityConfig } from '../config';
import { BaleApi } from './bale-api';

/** 32 letters: a start parameter may have 64. */
const tokenBytes = 24;
const tokenPattern = /^[\w-]{32}$/;
const linkLife = `interval '15 minutes'`;
const forgetRowsMax = 10_000;

/** SQL: the chat `b` of account `a`, while the account has the mobile that was proved there. */
export const joinBaleChat =
  'LEFT JOIN bale_chats b ON b.account_id = a.id AND b.mobile_index = a.mobile_index';

/**
 * Which Bale chat belongs to which account (IDN-003, IDN-206, NTF-007). A link is begun in the panel, where the person is
 * signed in, and ended in the chat by sharing the own contact, whose number has to be the registered one. Another mobile
 * in the account ends the link by itself: see `joinBaleChat`.
 */
@Injectable()
export class BaleLinks {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly personal: PersonalData,
    private readonly audit: AuditLog,
    private readonly api: BaleApi,
    private readonly config: IdentityConfig,
  ) {}

  /** A link that opens our bot, good for 15 minutes; an older one of the account is void. @throws bale.off, bale.noMobile */
  async begin(accountId: string): Promise<BaleLinkDto> {
    if (!this.api.isConfigured) throw new DomainError('bale.off');
    const token = randomBytes(tokenBytes).toString('base64url');
    const [begun] = await query<{ expires_at: Date }>(
      this.dataSource,
      `INSERT INTO bale_link_tokens (account_id, token_hash, expires_at)
       SELECT id, $2, now() + ${linkLife} FROM accounts WHERE id = $1 AND mobile_index IS NOT NULL AND NOT disabled
       ON CONFLICT (account_id) DO UPDATE SET
         token_hash = excluded.token_hash, chat_id = NULL, expires_at = excluded.expires_at
       RETURNING expires_at`,
      [accountId, hashOf(token)],
    );
    if (!begun) throw new DomainError('bale.noMobile');
    return {
      url: `https://ble.ir/${this.config.baleBotName}?start=${token}`,
      expiresAt: begun.expires_at.toISOString(),
    };
  }

  async status(accountId: string): Promise<BaleStatusDto> {
    const [row] = await query<{ linked_at: Date | null }>(
      this.dataSource,
      `SELECT b.linked_at FROM accounts a ${joinBaleChat} WHERE a.id = $1`,
      [accountId],
    );
    return { available: this.api.isConfigured, linkedAt: row?.linked_at?.toISOString() ?? null };
  }

  /** Doing it again is no error. */
  async unlink(accountId: string, by: ActedBy): Promise<void> {
    await this.transactions.run(async (tx) => {
      await execute(tx, 'DELETE FROM bale_link_tokens WHERE account_id = $1', [accountId]);
      const gone = await execute(tx, 'DELETE FROM bale_chats WHERE account_id = $1', [accountId]);
      if (gone > 0) await this.audit.record(tx, { action: 'bale.unlinked', ...by, accountId });
    });
  }

  /** Somebody opened the bot by a link. @returns whether it is good; the chat's contact is then awaited */
  async arrive(tx: EntityManager, chatId: string, token: string): Promise<boolean> {
    if (!tokenPattern.test(token)) return false;
    const known = await execute(
      tx,
      'UPDATE bale_link_tokens SET chat_id = $2 WHERE token_hash = $1 AND expires_at > now()',
      [hashOf(token), chatId],
    );
    return known > 0;
  }

  /**
   * Somebody shared a contact in a chat. The caller has made sure that it is the sender's own.
   * @returns `notBegun`: no good link was opened in this chat; `otherMobile`: not the registered number
   */
  async prove(
    tx: EntityManager,
    chatId: string,
    phone: string,
  ): Promise<'linked' | 'notBegun' | 'otherMobile'> {
    const mobile = parseMobile(phone);
    const index = mobile.ok ? this.personal.indexOf('mobile', mobile.msisdn) : null;
    const begun = await query<{ id: string; same: boolean | null }>(
      tx,
      `SELECT a.id, a.mobile_index = $2 AS same FROM bale_link_tokens t JOIN accounts a ON a.id = t.account_id
       WHERE t.chat_id = $1 AND t.expires_at > now() AND NOT a.disabled FOR UPDATE OF t`,
      [chatId, index],
    );
    const proved = begun.find(({ same }) => same);
    if (!proved) return begun.length > 0 ? 'otherMobile' : 'notBegun';
    await execute(
      tx,
      `INSERT INTO bale_chats (account_id, chat_id, mobile_index) VALUES ($1, $2, $3)
       ON CONFLICT (account_id) DO UPDATE SET
         chat_id = excluded.chat_id, mobile_index = excluded.mobile_index, linked_at = now()`,
      [proved.id, chatId, index],
    );
    await execute(tx, 'DELETE FROM bale_link_tokens WHERE account_id = $1', [proved.id]);
    await this.audit.record(tx, {
      action: 'bale.linked',
      actor: { accountId: proved.id },
      accountId: proved.id,
    });
    return 'linked';
  }

  /** Links that nobody ended, and those of a mobile that the account no longer has; at most 10,000 each. @returns how many */
  async forgetOld(): Promise<number> {
    const begun = await execute(
      this.dataSource,
      `DELETE FROM bale_link_tokens WHERE account_id IN (
         SELECT account_id FROM bale_link_tokens WHERE expires_at < now()
         LIMIT ${forgetRowsMax} FOR UPDATE SKIP LOCKED)`,
    );
    const stale = await execute(
      this.dataSource,
      `DELETE FROM bale_chats WHERE account_id IN (
         SELECT b.account_id FROM bale_chats b JOIN accounts a ON a.id = b.account_id
         WHERE b.mobile_index IS DISTINCT FROM a.mobile_index LIMIT ${forgetRowsMax} FOR UPDATE OF b SKIP LOCKED)`,
    );
    return begun + stale;
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
