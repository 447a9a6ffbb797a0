import { EmptyDto, PageQueryDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import { EnumField, InstantField, IntField, ObjectField, StringField, UuidField } from '../core/fields';
import { UploadChunkDto, UploadEndDto, UploadOpenDto } from '../core/uploads';

/** What a file is of (IDN-203): people, whose usernames are the codes of IDN-007..010, or what they belong to. */
export const importKinds = [
  'students',
  'professors',
  'school_managers',
  'district_experts',
  'support_agents',
  'office_users',
  'districts',
  'schools',
  'terms',
] as const;

export type ImportKind = (typeof importKinds)[number];

/**
 * `uploading` its bytes are on their way; `reading` it is checked and nothing is changed; `checked` the report is there
 * and somebody decides; `applying` it is being written; then for ever `done`, `failed` (`refusal` says why) or
 * `cancelled`, after which what was written stays.
 */
export const importStates = [
  'uploading',
  'reading',
  'checked',
  'applying',
  'done',
  'failed',
  'cancelled',
] as const;

export type ImportState = (typeof importStates)[number];

/** Columns of all kinds of file. */
export const importColumns = [
  'code',
  'nationalCode',
  'name',
  'firstName',
  'lastName',
  'mobile',
  'email',
  'districtCode',
  'portal',
  'department',
  'officeCode',
  'replace',
  'startsOn',
  'endsOn',
] as const;

export type ImportColumn = (typeof importColumns)[number];

/**
 * Why a row is left out.
 * - `required`: the cell is empty; `invalid`: it is not what the column holds; `too_long`
 * - `check_digit`: a national code that nobody can have
 * - `duplicate`: `otherRow` said it before
 * - `username_taken`: the code opens another person's account
 * - `email_taken`: another person's
 * - `belongs_to_another`: the code is there with another national code
 * - `unknown_district`: no such district was listed
 * - `ends_before_start`; `too_many` more scopes of one role than a person may have
 */
export const importErrorCodes = [
  'required',
  'invalid',
  'too_long',
  'check_digit',
  'duplicate',
  'username_taken',
  'email_taken',
  'belongs_to_another',
  'unknown_district',
  'ends_before_start',
  'too_many',
] as const;

export type ImportErrorCode = (typeof importErrorCodes)[number];

/** Rows of one file, headings and blank rows not counted. */
export const importRowsMax = 200_000;

/** Bytes of one file. */
export const importBytesMax = 100 * 1024 * 1024;

/** Refused rows that are kept one by one; all are counted. */
export const importErrorsMax = 10_000;

const count = (description: string): { description: string; min: number; max: number } => ({
  description,
  min: 0,
  max: importRowsMax,
});

export class ImportDto {
  @UuidField({ description: 'Import id' })
  id!: string;

  @EnumField({ description: 'What the file is of', values: importKinds })
  kind!: ImportKind;

  @StringField({ description: 'File name', maxLength: 200 })
  fileName!: string;

  @EnumField({ description: 'State', values: importStates })
  state!: ImportState;

  @StringField({ description: 'Error code when it failed', optional: true, nullable: true, maxLength: 100 })
  refusal?: string | null;

  @EnumField({
    description: 'With `file.columnMissing`: columns that were not found by any of their headings',
    values: importColumns,
    array: { maxItems: importColumns.length },
  })
  missingColumns!: ImportColumn[];

  @IntField({ description: 'Bytes of the file', min: 0, max: importBytesMax })
  bytes!: number;

  @IntField(count('Rows read so far in this state'))
  rows!: number;

  @IntField({
    description: 'Rows of the file; absent until it was read to its end',
    optional: true,
    min: 0,
    max: importRowsMax,
  })
  rowsInAll?: number;

  @IntField(count('Rows that are (`checked`: would be) new'))
  created!: number;

  @IntField(count('Rows that change (would change) what is there'))
  updated!: number;

  @IntField(count('Rows that say what is there already'))
  unchanged!: number;

  @IntField(count('Rows that are left out'))
  refused!: number;

  @IntField(count('School codes that go (would go) from one manager to another, because the row says so'))
  moved!: number;

  @IntField({
    description: 'Rows a second in this state; 0 while nothing is being done',
    min: 0,
    max: 1_000_000,
  })
  rowsPerSecond!: number;

  @InstantField({ description: 'When it was uploaded' })
  createdAt!: string;
}

export class ImportOpenDto extends UploadOpenDto {
  @EnumField({ description: 'What the file is of', values: importKinds })
  kind!: ImportKind;
}

export class ImportIdDto {
  @UuidField({ description: 'Import id' })
  importId!: string;
}

export class ImportAppendDto extends UploadChunkDto {
  @UuidField({ description: 'Import id' })
  importId!: string;
}

export class ImportCloseDto extends UploadEndDto {
  @UuidField({ description: 'Import id' })
  importId!: string;
}

export class ImportsDto {
  @ObjectField({ description: 'Newest first', dto: () => ImportDto, array: { maxItems: 200 } })
  imports!: ImportDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class ImportErrorsQueryDto extends PageQueryDto {
  @UuidField({ description: 'Import id' })
  importId!: string;
}

/** One fault of one row. What stands in the cell is not in it: it may be somebody's national code. */
export class ImportErrorDto {
  @IntField({ description: 'Row as a spreadsheet shows it', min: 1, max: 2_147_483_647 })
  row!: number;

  @EnumField({ description: 'Column', values: importColumns })
  field!: ImportColumn;

  @EnumField({ description: 'What is wrong', values: importErrorCodes })
  code!: ImportErrorCode;

  @StringField({ description: 'The same in Persian', maxLength: 200 })
  message!: string;

  @IntField({ description: 'Of a duplicate: the row before it', optional: true, min: 1, max: 2_147_483_647 })
  otherRow?: number;
}

export class ImportErrorsDto {
  @ObjectField({ description: 'In row order', dto: () => ImportErrorDto, array: { maxItems: 200 } })
  errors!: ImportErrorDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

const known = ['import.notFound'] as const;

export const identityImportsRpc = {
  open: defineRpc({
    name: 'identity.imports.open',
    input: ImportOpenDto,
    output: ImportDto,
    access: 'user',
    does: 'Starts an import (IDN-203); the bytes of its file follow in numbered chunks.',
    errors: ['rate.limited'],
  }),
  append: defineRpc({
    name: 'identity.imports.append',
    input: ImportAppendDto,
    output: EmptyDto,
    access: 'user',
    does: 'Stores one chunk.',
    errors: [...known, 'upload.outOfOrder', 'file.tooLarge'],
    deadlineMs: 15_000,
  }),
  close: defineRpc({
    name: 'identity.imports.close',
    input: ImportCloseDto,
    output: ImportDto,
    access: 'user',
    does: 'All bytes are there: the file is checked in the background, and nothing is changed yet.',
    errors: [...known, 'upload.outOfOrder', 'file.empty'],
  }),
  read: defineRpc({
    name: 'identity.imports.read',
    input: ImportIdDto,
    output: ImportDto,
    access: 'user',
    does: 'One import with its progress and counts.',
    errors: [...known],
  }),
  list: defineRpc({
    name: 'identity.imports.list',
    input: PageQueryDto,
    output: ImportsDto,
    access: 'user',
    does: 'All imports, newest first.',
    errors: [],
  }),
  errors: defineRpc({
    name: 'identity.imports.errors',
    input: ImportErrorsQueryDto,
    output: ImportErrorsDto,
    access: 'user',
    does: 'Rows that are left out and why, in row order; the first 10,000 faults.',
    errors: [...known],
  }),
  apply: defineRpc({
    name: 'identity.imports.apply',
    input: ImportIdDto,
    output: ImportDto,
    access: 'user',
    does: 'Writes what was checked, in the background, 1,000 rows at a time; rows with faults are left out.',
    errors: [...known, 'import.wrongState'],
  }),
  cancel: defineRpc({
    name: 'identity.imports.cancel',
    input: ImportIdDto,
    output: ImportDto,
    access: 'user',
    does: 'Stops an import and forgets its file; what was written before stays.',
    errors: [...known, 'import.wrongState'],
  }),
};
