import { EmptyDto, PageQueryDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import {
  ColumnField,
  EnumField,
  InstantField,
  IntField,
  ObjectField,
  StringField,
  UuidField,
} from '../core/fields';
import { maxListSources, maxTypedNumbersInput, operators, recipientPageSize } from '../core/sms-terms';
import type { Operator } from '../core/sms-terms';
import { UploadChunkDto, UploadEndDto } from '../core/uploads';

/** `deleting`: it is being looked whether a send needs it. `deleted`: its recipients are gone, its name and counts stay. */
export const listStates = ['uploading', 'reading', 'ready', 'refused', 'deleting', 'deleted'] as const;

export type ListState = (typeof listStates)[number];

/** A text file of FILE_BYTES_MAX bytes may hold as many rows as bytes, all but some of them blank. */
const rowMax = 2_147_483_647;

export const listSources = ['file', 'typed', 'combined'] as const;

export type ListSource = (typeof listSources)[number];

export class OperatorCountDto {
  @EnumField({ description: 'Operator by number prefix', values: operators })
  operator!: Operator;

  @IntField({ description: 'Recipients', min: 0, max: 100_000_000 })
  recipients!: number;
}

export class RecipientListDto {
  @UuidField({ description: 'List id' })
  id!: string;

  @EnumField({ description: 'How it was made', values: listSources })
  source!: ListSource;

  @StringField({ description: 'File name; of other lists nothing', maxLength: 200 })
  title!: string;

  @EnumField({ description: 'State; usable when `ready`', values: listStates })
  state!: ListState;

  @StringField({ description: 'Error code when refused', optional: true, nullable: true, maxLength: 100 })
  refusal?: string | null;

  @IntField({
    description: 'Row of the file that it was refused for, where one row is',
    optional: true,
    nullable: true,
    min: 1,
    max: rowMax,
  })
  refusalRow?: number | null;

  @StringField({
    description: 'Of an xlsx: the sheet that was read; when refused those that were looked at in vain',
    optional: true,
    nullable: true,
    maxLength: 700,
  })
  sheet?: string | null;

  @IntField({
    description:
      'Rows read, without heading and blank rows; of a combined list the recipients of its sources',
    min: 0,
    max: 100_000_000,
  })
  rows!: number;

  @IntField({ description: 'Valid, distinct recipients', min: 0, max: 100_000_000 })
  valid!: number;

  @IntField({ description: 'Repeated numbers left out', min: 0, max: 100_000_000 })
  duplicates!: number;

  @IntField({ description: 'Rows without a valid mobile number', min: 0, max: 100_000_000 })
  invalid!: number;

  @IntField({ description: 'Blank rows', min: 0, max: rowMax })
  blank!: number;

  @IntField({ description: 'Bytes of the file', min: 0, max: 10_000_000_000 })
  bytes!: number;

  @ObjectField({
    description: 'Valid recipients by operator',
    dto: () => OperatorCountDto,
    array: { maxItems: 10 },
  })
  byOperator!: OperatorCountDto[];

  @InstantField({ description: 'When it was made' })
  createdAt!: string;
}

export class ListIdDto {
  @UuidField({ description: 'List id' })
  listId!: string;
}

export class UploadAppendDto extends UploadChunkDto {
  @UuidField({ description: 'List id' })
  listId!: string;
}

export class UploadCloseDto extends UploadEndDto {
  @UuidField({ description: 'List id' })
  listId!: string;
}

export class TypedNumbersDto {
  @StringField({
    description: 'Typed numbers, any form',
    array: { maxItems: maxTypedNumbersInput },
    maxLength: 40,
    example: ['09121234567', '+98 935 123 4567'],
  })
  numbers!: string[];
}

export class TypedListCallDto extends TypedNumbersDto {
  @UuidField({ description: 'Owner' })
  customerId!: string;
}

/** A slice of a list: `row` is the first position (from 1), `count` how many (SMS-011). Neither: the whole list. */
export class SliceDto {
  @IntField({ description: 'First position, from 1', optional: true, min: 1, max: 100_000_000 })
  row?: number;

  @IntField({ description: 'How many', optional: true, min: 1, max: 100_000_000 })
  count?: number;
}

/** Exactly one of `listId` and `numbers`, and of these perhaps a slice. */
export class RecipientsDto extends SliceDto {
  @UuidField({ description: "A recipient list of one's own", optional: true })
  listId?: string;

  @StringField({
    description: 'Typed numbers in any form, at most 400 (TGT-002), else `list.tooManyNumbers`',
    optional: true,
    array: { maxItems: maxTypedNumbersInput },
    maxLength: 40,
  })
  numbers?: string[];
}

/** A recipient list out of several sources (SMS-003, TGT-206). */
export class CombineListsDto {
  @ObjectField({
    description: 'What is added, in this order; who comes in several of them stands where it came first',
    dto: () => RecipientsDto,
    array: { maxItems: maxListSources },
  })
  sources!: RecipientsDto[];
}

export class RecipientListsDto {
  @ObjectField({ description: 'Newest first', dto: () => RecipientListDto, array: { maxItems: 200 } })
  lists!: RecipientListDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class ListErrorsQueryDto extends PageQueryDto {
  @UuidField({ description: 'List id' })
  listId!: string;
}

export class RowErrorDto {
  @IntField({
    description: 'Row as a spreadsheet shows it; in a typed list the position from 1',
    min: 1,
    max: rowMax,
  })
  row!: number;

  @StringField({
    description: 'What stands there, cut to 64 characters; of a duplicate in a file its number, 09...',
    maxLength: 64,
  })
  value!: string;

  @StringField({ description: 'Reason code: of the number, or `duplicate`', maxLength: 40 })
  reason!: string;

  @IntField({
    description: 'Of a duplicate: the row where its number stood first',
    optional: true,
    min: 1,
    max: rowMax,
  })
  firstRow?: number;
}

export class ListErrorsDto {
  @ObjectField({ description: 'In row order', dto: () => RowErrorDto, array: { maxItems: 200 } })
  errors!: RowErrorDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class RecipientCountQueryDto extends SliceDto {
  @UuidField({ description: 'List id' })
  listId!: string;

  @UuidField({ description: 'Owner; another customer than the list belongs to sees no list' })
  customerId!: string;
}

export class RecipientCountDto {
  @IntField({ description: 'Recipients in the slice', min: 0, max: 100_000_000 })
  recipients!: number;

  @IntField({ description: 'First position of the slice', min: 1, max: 100_000_000 })
  firstPosition!: number;

  @ObjectField({ description: 'By operator', dto: () => OperatorCountDto, array: { maxItems: 10 } })
  byOperator!: OperatorCountDto[];
}

export class RecipientPageQueryDto {
  @UuidField({ description: 'List id' })
  listId!: string;

  @UuidField({ description: 'Owner' })
  customerId!: string;

  @IntField({ description: 'First position wanted, from 1', min: 1, max: 100_000_001 })
  fromPosition!: number;

  @IntField({ description: 'At most so many', min: 1, max: recipientPageSize })
  limit!: number;
}

/** Positions are without gaps: entry i has the position `fromPosition + i`. */
export class RecipientPageDto {
  @ColumnField({
    description: 'Numbers as 98..., E.164 without plus',
    item: 'integer',
    min: 980_000_000_000,
    max: 989_999_999_999,
    maxItems: recipientPageSize,
  })
  msisdns!: number[];

  @ColumnField({
    description: 'Index into `operators`',
    item: 'integer',
    min: 0,
    max: 20,
    maxItems: recipientPageSize,
  })
  operators!: number[];
}

export class RecipientSearchDto {
  @UuidField({ description: 'List id' })
  listId!: string;

  @UuidField({ description: 'Owner' })
  customerId!: string;

  @IntField({ description: 'The number, 98...', min: 980_000_000_000, max: 989_999_999_999 })
  msisdn!: number;
}

/** A number stands in a list once or not at all. */
export class RecipientPlaceDto {
  @IntField({
    description: 'Its position; absent: it is not in the list',
    optional: true,
    min: 1,
    max: 100_000_000,
  })
  position?: number;

  @EnumField({
    description: 'Operator that was found when the list was read',
    optional: true,
    values: operators,
  })
  operator?: Operator;
}

export const ownList = ['list.notFound'] as const;

export const targetingListsRpc = {
  createTyped: defineRpc({
    name: 'targeting.lists.createTyped',
    input: TypedListCallDto,
    output: RecipientListDto,
    access: 'service',
    callers: ['sms-gateway'],
    does: 'A list of typed numbers (TGT-001, at most 400, TGT-002), ready at once.',
    errors: ['list.empty', 'list.tooManyNumbers'],
  }),
  combine: defineRpc({
    name: 'targeting.lists.combine',
    input: CombineListsDto,
    output: RecipientListDto,
    access: 'user',
    does: 'Makes one list out of several sources (TGT-206), each number once; put together in the background: read it until `ready`. The same sources give the same list back.',
    errors: [
      ...ownList,
      'list.notReady',
      'list.empty',
      'list.sliceOutOfRange',
      'list.tooManyNumbers',
      'list.tooManyRecipients',
      'rate.limited',
    ],
  }),
  read: defineRpc({
    name: 'targeting.lists.read',
    input: ListIdDto,
    output: RecipientListDto,
    access: 'user',
    does: 'One own list with its counts, also while it is being read.',
    errors: [...ownList],
  }),
  list: defineRpc({
    name: 'targeting.lists.list',
    input: PageQueryDto,
    output: RecipientListsDto,
    access: 'user',
    does: 'Own file lists, newest first.',
    errors: [],
  }),
  errors: defineRpc({
    name: 'targeting.lists.errors',
    input: ListErrorsQueryDto,
    output: ListErrorsDto,
    access: 'user',
    does: 'Rows of a file or typed numbers that were not usable, in row order; a combined list has none.',
    errors: [...ownList],
  }),
  delete: defineRpc({
    name: 'targeting.lists.delete',
    input: ListIdDto,
    output: EmptyDto,
    access: 'user',
    does: 'Deletes an own list for good: its recipients go in the background, its name and counts stay for the reports of sends. Not while a send that has not ended uses it: `list.inUse` names up to ten of them in `details.sends`. Repeated, it changes nothing.',
    errors: [...ownList, 'list.inUse'],
    deadlineMs: 15_000,
  }),
};
