import { EmptyDto, PageQueryDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import {
  BooleanField,
  EnumField,
  InstantField,
  IntField,
  ObjectField,
  RialsField,
  StringField,
  UuidField,
} from '../core/fields';
import { messageStates, sendStates } from '../core/sms-terms';
import type { MessageState, SendState } from '../core/sms-terms';

/** The inbox as conversations: one thread for each own line and number that wrote to it. */
export class ThreadDto {
  @UuidField({ description: 'Thread id' })
  id!: string;

  @UuidField({ description: 'Line id' })
  lineId!: string;

  @StringField({ description: 'Number of the line as the operator gave it', maxLength: 25 })
  line!: string;

  @StringField({ description: 'Who writes, 98... or as the operator gave it', maxLength: 25 })
  from!: string;

  @IntField({ description: 'Messages received', min: 1, max: 1_000_000_000 })
  messages!: number;

  @IntField({ description: 'Of those not seen yet', min: 0, max: 1_000_000_000 })
  unread!: number;

  @UuidField({ description: 'Last message, for `upTo` of what was seen' })
  lastId!: string;

  @StringField({ description: 'Its text, at most 200 letters', maxLength: 200 })
  lastText!: string;

  @InstantField({ description: 'When it was received' })
  lastAt!: string;
}

export class ThreadsQueryDto extends PageQueryDto {
  @StringField({
    description:
      'Part of the number, in any digits, or beginnings of words of any one message, all of them; whatever the case, digits, half-spaces and Arabic or Persian letters',
    optional: true,
    minLength: 1,
    maxLength: 100,
  })
  search?: string;

  @UuidField({ description: 'Only of this line', optional: true })
  lineId?: string;

  @BooleanField({ description: 'Only those with something unread, or only those without', optional: true })
  unread?: boolean;

  @InstantField({ description: 'Only those with a last message from then on', optional: true })
  from?: string;

  @InstantField({ description: 'Only those whose last message came before', optional: true })
  to?: string;
}

export class ThreadsDto {
  @ObjectField({
    description: 'The one with the newest message first',
    dto: () => ThreadDto,
    array: { maxItems: 200 },
  })
  threads!: ThreadDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class ThreadIdDto {
  @UuidField({ description: 'Thread id' })
  threadId!: string;
}

export class ThreadPageDto extends PageQueryDto {
  @UuidField({ description: 'Thread id' })
  threadId!: string;
}

export const threadDirections = ['received', 'answered', 'sent'] as const;

export class ThreadMessageDto {
  @UuidField({ description: 'Id of the received message; of an answer or an own send that send' })
  id!: string;

  @EnumField({
    description: "received, answered by the line's secretary, or sent by the customer to this number alone",
    values: threadDirections,
  })
  direction!: (typeof threadDirections)[number];

  @StringField({ description: 'Text, parts joined', maxLength: 20_000 })
  text!: string;

  @IntField({
    description:
      'Parts that did not come within a day; their places in the text are marked. Absent: it is whole',
    optional: true,
    min: 1,
    max: 254,
  })
  missingParts?: number;

  @InstantField({ description: 'Received or accepted at' })
  at!: string;

  @EnumField({
    description: 'answered and sent: state of the message, once there is one',
    optional: true,
    values: messageStates,
  })
  state?: MessageState;

  @EnumField({ description: 'sent: state of the send', optional: true, values: sendStates })
  sendState?: SendState;

  @IntField({ description: 'sent: parts', optional: true, min: 1, max: 100 })
  parts?: number;

  @RialsField({
    description: 'sent: what it costs, Rial: charged less paid back once it has ended, else its price',
    optional: true,
  })
  costRials?: number;
}

export class ThreadMessagesDto {
  @ObjectField({ description: 'The thread as it is now', dto: () => ThreadDto })
  thread!: ThreadDto;

  @ObjectField({
    description:
      'Newest first; `limit` counts what was received, answers and at most 400 own sends come along',
    dto: () => ThreadMessageDto,
    array: { maxItems: 1_000 },
  })
  messages!: ThreadMessageDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class ThreadSeenDto {
  @UuidField({ description: 'Thread id' })
  threadId!: string;

  @UuidField({ description: 'Last message that was seen; what came after it stays unread' })
  upTo!: string;
}

export class UnreadDto {
  @IntField({ description: 'Messages', min: 0, max: 1_000_000_000 })
  messages!: number;

  @IntField({ description: 'Threads with such', min: 0, max: 1_000_000_000 })
  threads!: number;
}

export class UnlinedQueryDto extends PageQueryDto {
  @UuidField({ description: 'Only of this link', optional: true })
  linkId?: string;
}

export class UnlinedMessageDto {
  @UuidField({ description: 'Id' })
  id!: string;

  @UuidField({ description: 'Link that it came over' })
  linkId!: string;

  @StringField({ description: 'Name of the link; empty: it is gone', maxLength: 100 })
  link!: string;

  @StringField({ description: 'Sender, 98... or as the operator gave it', maxLength: 25 })
  from!: string;

  @StringField({ description: 'Number that it came to, as the operator wrote it', maxLength: 25 })
  to!: string;

  @StringField({ description: 'Text, parts joined', maxLength: 20_000 })
  text!: string;

  @IntField({
    description:
      'Parts that did not come within a day; their places in the text are marked. Absent: it is whole',
    optional: true,
    min: 1,
    max: 254,
  })
  missingParts?: number;

  @InstantField({ description: 'Received at' })
  receivedAt!: string;
}

export class UnlinedMessagesDto {
  @ObjectField({ description: 'Newest first', dto: () => UnlinedMessageDto, array: { maxItems: 200 } })
  messages!: UnlinedMessageDto[];

  @IntField({ description: 'How many there are over all pages; 10,000 stands for more', min: 0, max: 10_000 })
  total!: number;

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class InboxMessageDto {
  @UuidField({ description: 'Id' })
  id!: string;

  @StringField({ description: 'Sender, 98... or as the operator gave it', maxLength: 25 })
  from!: string;

  @StringField({ description: 'Line it came to', maxLength: 25 })
  to!: string;

  @StringField({ description: 'Text, parts joined', maxLength: 20_000 })
  text!: string;

  @IntField({
    description:
      'Parts that did not come within a day; their places in the text are marked. Absent: it is whole',
    optional: true,
    min: 1,
    max: 254,
  })
  missingParts?: number;

  @InstantField({ description: 'Received at' })
  receivedAt!: string;
}

export class InboxDto {
  @ObjectField({ description: 'Newest first', dto: () => InboxMessageDto, array: { maxItems: 200 } })
  messages!: InboxMessageDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class InboxQueryDto extends PageQueryDto {
  @StringField({ description: 'Only from this number, any form', optional: true, maxLength: 40 })
  from?: string;
}

export const smsInboxRpc = {
  threads: defineRpc({
    name: 'sms.inbox.threads',
    input: ThreadsQueryDto,
    output: ThreadsDto,
    access: 'user',
    does: 'Own inbox by line and number (SMS-019).',
    errors: ['search.tooSlow'],
    deadlineMs: 15_000,
  }),
  thread: defineRpc({
    name: 'sms.inbox.thread',
    input: ThreadPageDto,
    output: ThreadMessagesDto,
    access: 'user',
    does: 'What one number wrote to one own line, and what its secretary answered (SMS-019, SMS-020).',
    errors: ['thread.notFound'],
  }),
  seen: defineRpc({
    name: 'sms.inbox.seen',
    input: ThreadSeenDto,
    output: ThreadDto,
    access: 'user',
    does: 'Marks messages of an own thread as seen; doing it again, or for an earlier one, changes nothing.',
    errors: ['thread.notFound'],
  }),
  unread: defineRpc({
    name: 'sms.inbox.unread',
    input: EmptyDto,
    output: UnreadDto,
    access: 'user',
    does: 'How much of the own inbox is not seen yet.',
    errors: [],
  }),
  unlined: defineRpc({
    name: 'sms.inbox.unlined',
    input: UnlinedQueryDto,
    output: UnlinedMessagesDto,
    access: 'user',
    does: 'Received messages to numbers that no line of their link has: kept for 180 days, for administrators (SMS-210).',
    errors: ['access.denied'],
  }),
  list: defineRpc({
    name: 'sms.inbox.list',
    input: InboxQueryDto,
    output: InboxDto,
    access: 'user',
    does: 'Messages received on own lines (SMS-019).',
    errors: [],
  }),
};
