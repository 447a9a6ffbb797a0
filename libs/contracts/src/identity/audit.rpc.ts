import { defineRpc } from '../core/define';
import { InstantField, IntField, ObjectField, StringField, UuidField } from '../core/fields';
import { maxName } from './accounts.rpc';

export class AuditFilterDto {
  @UuidField({ description: 'Only about this account', optional: true })
  accountId?: string;

  @UuidField({ description: 'Only what this account did', optional: true })
  actorId?: string;

  @StringField({
    description: 'Only actions that begin with this, such as `sign_in.` or `account.updated`',
    optional: true,
    maxLength: 60,
    pattern: /^[a-z_.]+$/,
  })
  action?: string;

  @InstantField({ description: 'Not before', optional: true })
  from?: string;

  @InstantField({ description: 'Before', optional: true })
  to?: string;
}

export class AuditQueryDto extends AuditFilterDto {
  @StringField({
    description: 'Opaque cursor from `nextCursor` of the page before',
    optional: true,
    maxLength: 200,
  })
  cursor?: string;

  @IntField({ description: 'Rows a page', optional: true, min: 1, max: 200 })
  limit?: number;
}

export class AuditActorDto {
  @UuidField({
    description: 'Account that did it; null: a program, or nobody who was signed in',
    nullable: true,
  })
  accountId!: string | null;

  @StringField({ description: 'Its name now, or that of the program', nullable: true, maxLength: maxName })
  name!: string | null;
}

export class AuditChangeDto {
  @StringField({ description: 'Field', maxLength: 100 })
  field!: string;

  @StringField({
    description: 'Before; null: nothing. National codes and mobiles masked; lists as JSON',
    nullable: true,
    maxLength: 4_000,
  })
  before!: string | null;

  @StringField({ description: 'After', nullable: true, maxLength: 4_000 })
  after!: string | null;
}

export class AuditEntryDto {
  @IntField({ description: 'Number of the entry', min: 1, max: Number.MAX_SAFE_INTEGER })
  seq!: number;

  @InstantField({ description: 'When' })
  at!: string;

  @StringField({ description: 'What, `<noun>.<past verb>`', maxLength: 100 })
  action!: string;

  @ObjectField({ description: 'Who', dto: () => AuditActorDto })
  actor!: AuditActorDto;

  @UuidField({ description: 'About which account', nullable: true })
  accountId!: string | null;

  @StringField({ description: 'Its name now', nullable: true, maxLength: maxName })
  accountName!: string | null;

  @StringField({ description: 'Why, as the actor gave it', nullable: true, maxLength: 500 })
  reason!: string | null;

  @ObjectField({ description: 'Changed fields', dto: () => AuditChangeDto, array: { maxItems: 100 } })
  changes!: AuditChangeDto[];

  @StringField({ description: 'Network address of the person', nullable: true, maxLength: 64 })
  address!: string | null;

  @StringField({ description: 'User agent', nullable: true, maxLength: 300 })
  device!: string | null;

  @StringField({ description: 'Request in whose logs more stands', nullable: true, maxLength: 64 })
  requestId!: string | null;
}

export class AuditDto {
  @ObjectField({ description: 'Newest first', dto: () => AuditEntryDto, array: { maxItems: 200 } })
  entries!: AuditEntryDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

/** Columns of the audit log as CSV, with their Persian headings. */
export const auditColumns = [
  ['seq', 'شماره'],
  ['at', 'زمان (UTC)'],
  ['action', 'رویداد'],
  ['actorId', 'شناسه‌ی انجام‌دهنده'],
  ['actorName', 'انجام‌دهنده'],
  ['accountId', 'شناسه‌ی حساب'],
  ['accountName', 'حساب'],
  ['reason', 'دلیل'],
  ['changes', 'تغییرها'],
  ['address', 'نشانی شبکه'],
  ['device', 'دستگاه'],
  ['requestId', 'شناسه‌ی درخواست'],
] as const;

export const identityAuditRpc = {
  list: defineRpc({
    name: 'identity.audit.list',
    input: AuditQueryDto,
    output: AuditDto,
    access: 'user',
    does: 'Who did what with accounts and their data, newest first (IDN-221).',
    errors: [],
  }),
};
