import { mobileRejection, parseMobileNumber } from '@peyk/persian';
import { COLUMNS_MAX, detectMobileColumn, SAMPLE_ROWS } from './mobile-column.detector';
import type { SheetVisitor } from '@peyk/files';
import type { RecipientFileLayout } from './recipient-file.parser';
import type { RecipientCollector } from './recipient.collector';
import type { SharedStrings } from './xlsx.shared-strings';

/** A cell's value: the answer of parseMobileNumber and the text it is for. */
interface Cell {
  readonly parsed: number;
  readonly text: string;
}

interface SampleRow {
  readonly row: number;
  readonly cells: Cell[];
}

const EMPTY_CELL: Cell = { parsed: parseMobileNumber(''), text: '' };

/** Takes a sheet row by row: the first rows whole, to find the column, then that column only. */
export class XlsxSheet implements SheetVisitor {
  /** Known once the first rows are read. */
  layout: RecipientFileLayout | undefined;
  /** A sheet without one cell that says something. */
  isEmpty = true;
  private isWithoutNumbers = false;
  private sample: SampleRow[] | undefined = [];
  private column = -1;

  private row = 0;
  private rowIsBlank = true;
  private rowCells: Cell[] = [];
  private wanted: Cell = EMPTY_CELL;

  constructor(
    readonly name: string,
    private readonly strings: SharedStrings,
    private readonly collector: RecipientCollector,
  ) {}

  openRow(row: number): void {
    // Rows without a cell are left out of the XML. Those of the sample are counted when its heading is known.
    if (!this.sample) this.collector.addBlank(row - this.row - 1);
    this.row = row;
    this.rowIsBlank = true;
    this.rowCells = [];
    this.wanted = EMPTY_CELL;
  }

  wants(column: number): boolean {
    if (this.isWithoutNumbers) return false;
    return column < COLUMNS_MAX && (this.sample !== undefined || column === this.column || this.rowIsBlank);
  }

  cell(column: number, text: string, isShared: boolean): void {
    const cell = this.valueOf(text, isShared);
    if (!isBlank(cell)) this.rowIsBlank = false;
    if (this.sample) this.rowCells[column] = cell;
    else if (column === this.column) this.wanted = cell;
  }

  closeRow(): void {
    if (this.rowIsBlank) {
      if (!this.sample) this.collector.addBlank(1);
    } else if (this.sample) {
      this.isEmpty = false;
      this.sample.push({ row: this.row, cells: this.rowCells });
      if (this.sample.length === SAMPLE_ROWS) this.decideLayout();
    } else {
      this.collector.add(this.row, this.wanted.parsed, this.wanted.text);
    }
  }

  /** The layout of the whole sheet; undefined when it has no column of mobile numbers. */
  finish(): RecipientFileLayout | undefined {
    return this.layout ?? (this.isWithoutNumbers ? undefined : this.decideLayout());
  }

  private valueOf(text: string, isShared: boolean): Cell {
    if (!isShared) return { parsed: parseMobileNumber(text), text };
    const index = Number(text);
    const parsed = this.strings.parsed(index);
    return { parsed, text: parsed > 0 ? '' : this.strings.textOf(index) };
  }

  private decideLayout(): RecipientFileLayout | undefined {
    const sample = this.sample ?? [];
    const texts = sample.map(({ cells }) =>
      Array.from(cells, (cell = EMPTY_CELL) => (cell.parsed > 0 ? `0${cell.parsed}` : cell.text)),
    );
    const mobile = detectMobileColumn(texts);
    if (!mobile) {
      this.isWithoutNumbers = true;
      this.sample = [];
      return undefined;
    }
    this.column = mobile.column;
    this.sample = undefined;
    this.layout = {
      format: 'xlsx',
      sheet: this.name,
      column: mobile.column + 1,
      heading: (texts[mobile.headingIndex]?.[mobile.column] ?? '').trim().slice(0, 64),
      columns: Math.max(...texts.map((cells) => cells.length)),
    };
    const data = sample.slice(mobile.headingIndex + 1);
    this.collector.addBlank(this.row - (sample[mobile.headingIndex]?.row ?? 0) - data.length);
    for (const { row, cells } of data) {
      const { parsed, text } = cells[mobile.column] ?? EMPTY_CELL;
      this.collector.add(row, parsed, text);
    }
    return this.layout;
  }
}

function isBlank({ parsed }: Cell): boolean {
  return parsed < 0 && mobileRejection(parsed) === 'empty';
}
