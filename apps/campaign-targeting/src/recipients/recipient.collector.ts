import {
  MOBILE_OPERATORS,
  mobileOperator,
  type MobileOperator,
  mobileRejection,
  type MobileRejection,
} from '@peyk/persian';
import { FileError } from '@peyk/files';
import type { RecipientFileLayout } from './recipient-file.parser';
import { RecipientSet } from './recipient.set';

const COUNTRY_CODE_OFFSET = 980_000_000_000;
const VALUE_CHARS_MAX = 64;

/** Row: as a spreadsheet numbers it, from 1, headings and blank rows counted. */
export interface InvalidRecipient {
  readonly row: number;
  /** What the cell says, cut to 64 characters. */
  readonly value: string;
  readonly reason: MobileRejection;
}

export interface DuplicateRecipient {
  readonly row: number;
  /** The number, 09... */
  readonly value: string;
  readonly firstRow: number;
}

/** Counts from the file's beginning. rows = valid + duplicate + invalid; blank rows and headings are not in it. */
export interface RecipientFileTotals {
  readonly rows: number;
  readonly valid: number;
  readonly duplicate: number;
  readonly invalid: number;
  readonly blank: number;
  /** Valid recipients by the operator of their number block. */
  readonly byOperator: Readonly<Record<MobileOperator, number>>;
}

/** What some rows of the file came to. `msisdns`, `operators` and `rowNumbers` are parallel, in file order. */
export interface RecipientRows {
  /** E.164 digits as an integer (989121234567): valid, and for the first time in this file. */
  readonly msisdns: number[];
  readonly operators: MobileOperator[];
  readonly rowNumbers: number[];
  readonly invalid: InvalidRecipient[];
  readonly duplicates: DuplicateRecipient[];
  readonly totals: RecipientFileTotals;
}

/** What a list is written from. */
export type ReadRows = Omit<RecipientRows, 'rowNumbers'> & { readonly layout?: RecipientFileLayout };

/** Sorts rows into valid, duplicate and invalid, and hands them out in batches of one size. */
export class RecipientCollector {
  private readonly seen = new RecipientSet();
  private readonly ready: RecipientRows[] = [];
  private batch = emptyBatch();
  private duplicate = 0;
  private invalid = 0;
  private blank = 0;
  private readonly byOperator = Object.fromEntries(
    MOBILE_OPERATORS.map((operator) => [operator, 0]),
  ) as Record<MobileOperator, number>;

  constructor(
    private readonly batchRows: number,
    private readonly maxRows: number,
  ) {}

  addBlank(count: number): void {
    this.blank += count;
  }

  /** `parsed`: the answer of parseMobileNumber; throws `too_many_rows`. */
  add(row: number, parsed: number, value: string): void {
    if (this.seen.size + this.duplicate + this.invalid >= this.maxRows) {
      throw new FileError('too_many_rows', { max: this.maxRows });
    }
    const { batch } = this;
    if (parsed < 0) {
      this.invalid += 1;
      batch.invalid.push({ row, value: value.slice(0, VALUE_CHARS_MAX), reason: mobileRejection(parsed) });
    } else {
      const firstRow = this.seen.add(parsed, row);
      if (firstRow > 0) {
        this.duplicate += 1;
        batch.duplicates.push({ row, value: `0${parsed}`, firstRow });
      } else {
        const operator = mobileOperator(parsed);
        this.byOperator[operator] += 1;
        batch.msisdns.push(parsed + COUNTRY_CODE_OFFSET);
        batch.operators.push(operator);
        batch.rowNumbers.push(row);
      }
    }
    if (batch.msisdns.length + batch.invalid.length + batch.duplicates.length >= this.batchRows)
      this.closeBatch();
  }

  /** Full batches so far; they are given out once. */
  takeReady(): RecipientRows[] {
    return this.ready.splice(0);
  }

  /** The last batch, which may be empty; its totals are the file's. */
  finish(): RecipientRows {
    return { ...this.batch, totals: this.totals() };
  }

  private closeBatch(): void {
    this.ready.push(this.finish());
    this.batch = emptyBatch();
  }

  private totals(): RecipientFileTotals {
    const valid = this.seen.size;
    const { duplicate, invalid, blank } = this;
    const byOperator = { ...this.byOperator };
    return { rows: valid + duplicate + invalid, valid, duplicate, invalid, blank, byOperator };
  }
}

function emptyBatch(): Omit<RecipientRows, 'totals'> {
  return { msisdns: [], operators: [], rowNumbers: [], invalid: [], duplicates: [] };
}
