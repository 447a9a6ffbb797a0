import { mobileRejection, parseMobileNumber } from '@peyk/persian';
import { COLUMNS_MAX, detectMobileColumn, SAMPLE_ROWS } from './mobile-column.detector';
import { columnOf, FileError, wholeNumber, xmlAttribute, type XmlHandler } from '@peyk/files';
import type { RecipientFileLayout } from './recipient-file.parser';
import type { RecipientCollector } from './recipient.collector';

import { CELL_CHARS_MAX, type SharedStrings } from './xlsx.shared-strings';

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

/** Reads a worksheet's XML row by row: the first rows whole, to find the column, then that column only. */
export class XlsxSheet implements XmlHandler {
  /** Known once the first rows are read. */
  layout: RecipientFileLayout | undefined;
  private sample: SampleRow[] | undefined = [];
  private column = -1;

  private row = 0;
  private rowIsBlank = true;
  private rowCells: Cell[] = [];
  private wanted: Cell = EMPTY_CELL;

  private cellColumn = -1;
  private cellType = '';
  private cellText = '';
  private cellIsRead = false;
  private isInValue = false;
  private isInPhonetic = false;

  constructor(
    private readonly strings: SharedStrings,
    private readonly collector: RecipientCollector,
  ) {}

  open(name: string, attributes: string): void {
    switch (name) {
      case 'row':
        return this.openRow(Number(xmlAttribute(attributes, 'r') ?? this.row + 1));
      case 'c':
        this.openCell(attributes);
        return;
      case 'rPh':
        this.isInPhonetic = true;
        return;
      case 'v':
      case 't':
        this.isInValue = !this.isInPhonetic;
    }
  }

  text(text: string): void {
    if (this.isInValue && this.cellIsRead && this.cellText.length < CELL_CHARS_MAX)
      this.cellText += text.slice(0, CELL_CHARS_MAX);
  }

  close(name: string): void {
    switch (name) {
      case 'v':
      case 't':
        this.isInValue = false;
        return;
      case 'rPh':
        this.isInPhonetic = false;
        return;
      case 'c':
        return this.closeCell();
      case 'row':
        return this.closeRow();
    }
  }

  /** The layout of the whole sheet; throws `empty_file` or `column_missing`. */
  finish(): RecipientFileLayout {
    return this.layout ?? this.decideLayout();
  }

  private openRow(row: number): void {
    if (!Number.isInteger(row) || row <= this.row || row > 2 ** 31) throw new FileError('damaged_file');
    // Rows without a cell are left out of the XML. Those of the sample are counted when its heading is known.
    if (!this.sample) this.collector.addBlank(row - this.row - 1);
    this.row = row;
    this.rowIsBlank = true;
    this.rowCells = [];
    this.wanted = EMPTY_CELL;
    this.cellColumn = -1;
  }

  private openCell(attributes: string): void {
    const reference = xmlAttribute(attributes, 'r');
    this.cellColumn = reference === undefined ? this.cellColumn + 1 : columnOf(reference);
    this.cellText = '';
    // Most cells only have to be passed over.
    this.cellIsRead = this.sample !== undefined || this.cellColumn === this.column || this.rowIsBlank;
    if (this.cellIsRead) this.cellType = xmlAttribute(attributes, 't') ?? 'n';
  }

  private closeCell(): void {
    const { cellText, cellColumn } = this;
    if (!this.cellIsRead || cellText === '' || cellColumn < 0 || cellColumn >= COLUMNS_MAX) return;
    if (!this.sample && cellColumn !== this.column) {
      this.rowIsBlank = isBlank(this.readCell());
      return;
    }
    const cell = this.readCell();
    if (!isBlank(cell)) this.rowIsBlank = false;
    if (this.sample) this.rowCells[cellColumn] = cell;
    else this.wanted = cell;
  }

  private readCell(): Cell {
    if (this.cellType === 's') {
      const index = Number(this.cellText);
      const parsed = this.strings.parsed(index);
      return { parsed, text: parsed > 0 ? '' : this.strings.textOf(index) };
    }
    const text = this.cellType === 'n' ? wholeNumber(this.cellText) : this.cellText;
    return { parsed: parseMobileNumber(text), text };
  }

  private closeRow(): void {
    if (this.rowIsBlank) {
      if (!this.sample) this.collector.addBlank(1);
    } else if (this.sample) {
      this.sample.push({ row: this.row, cells: this.rowCells });
      if (this.sample.length === SAMPLE_ROWS) this.decideLayout();
    } else {
      this.collector.add(this.row, this.wanted.parsed, this.wanted.text);
    }
  }

  private decideLayout(): RecipientFileLayout {
    const sample = this.sample ?? [];
    if (sample.length === 0) throw new FileError('empty_file');
    const texts = sample.map(({ cells }) =>
      Array.from(cells, (cell = EMPTY_CELL) => (cell.parsed > 0 ? `0${cell.parsed}` : cell.text)),
    );
    const mobile = detectMobileColumn(texts);
    if (!mobile) throw new FileError('column_missing');
    this.column = mobile.column;
    this.sample = undefined;
    this.layout = {
      format: 'xlsx',
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
