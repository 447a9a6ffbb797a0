import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ChangerRole, ContactField } from '@peyk/contracts/identity';
import { execute, pruneRows, query } from '@peyk/database';
import { counter, RepeatingJob } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { PersonalData } from '../accounts/personal-data';
import { BaleChatChannel } from '../bale/bale-chat.channel';
import { EmailChannel } from '../channels/email.channel';
import { SmsChannel } from '../channels/sms.channel';
import { IdentityConfig } from '../config';
import { deriveKey } from '../derived-key';
import { contactChangeSubject, contactChangeText } from './contact-texts';
import { isHeld } from '../accounts/contact-changes';
import { identityLives } from '../retention';

const everyMs = 2_000;
const perRunMax = 100;
const triesMax = 8;
const idForm = /^[\da-f]{32}$/;

interface DueRow {
  readonly id: string;
  readonly account_id: string;
  readonly field: ContactField;
  readonly changed_as: ChangerRole;
  readonly before_sealed: Buffer | null;
  readonly before_email: string | null;
  readonly mobile_sealed: Buffer | null;
  readonly email: string | null;
  readonly chat_id: string | null;
  readonly tries: number;
}

const notices = counter(
  'contact_change_notices_total',
  'Messages about changes that others made, by outcome',
  ['outcome'],
);

/**
 * Tells owners what somebody else changed, at the old address and by every other way that is left, with a link that stops
 * it. A way that fails is tried again for some hours.
 */
@Injectable()
export class ContactNoticesJob extends RepeatingJob {
  private readonly key: Buffer;

  constructor(
    private readonly dataSource: DataSource,
    private readonly personal: PersonalData,
    private readonly sms: SmsChannel,
    private readonly mail: EmailChannel,
    private readonly chat: BaleChatChannel,
    private readonly config: IdentityConfig,
  ) {
    super(everyMs);
    this.key = deriveKey(config.hashSecret, 'contact-stops');
  }

  async run(): Promise<void> {
    await this.steps(() => this.tellNext(), perRunMax);
  }

  /** What the link of a message holds: made again from the id, so that nothing secret is stored. */
  tokenOf(changeId: string): string {
    return `${changeId.replaceAll('-', '')}${this.macOf(changeId)}`;
  }

  /** The change that a token stands for; undefined: it is none of ours. */
  changeOf(token: string): string | undefined {
    const bare = token.slice(0, 32);
    if (!idForm.test(bare)) return undefined;
    const id = bare.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const given = Buffer.from(token.slice(32));
    const right = Buffer.from(this.macOf(id));
    return given.length === right.length && timingSafeEqual(given, right) ? id : undefined;
  }

  /** Changes of more than 30 days ago; a page of them. @returns how many */
  forgetOld(): Promise<number> {
    return pruneRows(this.dataSource, 'contact_changes', identityLives().contact_changes);
  }

  private macOf(changeId: string): string {
    return createHmac('sha256', this.key).update(changeId).digest('base64url').slice(0, 22);
  }

  /** @returns whether there was one. It is put off first: two replicas never tell the same one at once. */
  private async tellNext(): Promise<boolean> {
    const [due] = await query<DueRow>(
      this.dataSource,
      `WITH due AS (
         SELECT id FROM contact_changes WHERE next_try_at <= now() ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED
       ), taken AS (
         UPDATE contact_changes SET tries = tries + 1, next_try_at = now() + least(3600, 30 * power(2, tries)) * interval '1 second'
         WHERE id = (SELECT id FROM due) RETURNING *
       )
       SELECT t.id, t.account_id, t.field, t.changed_as, t.before_sealed, t.before_email, t.tries, b.chat_id,
         CASE WHEN ${isHeld('mobile')} THEN NULL ELSE a.mobile_sealed END AS mobile_sealed,
         CASE WHEN ${isHeld('email')} THEN NULL ELSE a.email END AS email
       FROM taken t JOIN accounts a ON a.id = t.account_id LEFT JOIN bale_chats b ON b.account_id = a.id`,
    );
    if (!due) return false;
    const told = await this.tell(due);
    notices.inc({ outcome: told ? 'told' : due.tries >= triesMax ? 'given_up' : 'failed' });
    if (told || due.tries >= triesMax)
      await execute(this.dataSource, 'UPDATE contact_changes SET next_try_at = NULL WHERE id = $1', [due.id]);
    if (!told && due.tries >= triesMax)
      this.logger.warn({
        msg: 'the owner of an account was not told of a change',
        accountId: due.account_id,
      });
    return true;
  }

  /** @returns whether at least one way took it */
  private async tell(due: DueRow): Promise<boolean> {
    const { siteName, publicUrl } = this.config;
    const stopUrl = `${publicUrl}/stop-change#${this.tokenOf(due.id)}`;
    const text = contactChangeText(siteName, { field: due.field, as: due.changed_as, stopUrl });
    const mobile =
      due.field === 'mobile'
        ? due.before_sealed && this.personal.openBefore(due.id, due.before_sealed)
        : due.mobile_sealed && this.personal.open(due.account_id, 'mobile', due.mobile_sealed);
    const email = due.field === 'email' ? due.before_email : due.email;
    const ways = [
      () => this.sms.tell(mobile, text, `contact-${due.id}`),
      () => this.mail.tell(email, contactChangeSubject(siteName, due.field), text),
      () => this.chat.tell(due.chat_id, text),
    ];
    const outcomes = await Promise.all(
      ways.map((tell) =>
        tell().catch((error: unknown) => {
          this.logger.warn({ msg: 'a message about a change was not sent', err: error });
          return 'failed' as const;
        }),
      ),
    );
    return outcomes.includes('sent') || outcomes.every((outcome) => outcome === 'notThere');
  }
}
