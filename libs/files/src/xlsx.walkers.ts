import { CELL_READ_CHARS_MAX } from './cells';
import { FileError } from './file.error';
import { xmlAttribute, type XmlHandler } from './xml.scanner';

/** What is made of a sheet; called in its order. */
export interface SheetVisitor {
  /** Numbers from 1 to 1,048,576 that grow; rows without a cell may be left out. */
  openRow(row: number): void;
  /** Whether the value of the cell in this column, from 0, is needed: most only have to be passed over. */
  wants(column: number): boolean;
  /** A cell that was wanted and is not empty: its text, of which 256 characters count, or with `isShared` the index of its text. */
  cell(column: number, text: string, isShared: boolean): void;
  closeRow(): void;
}

/** Tells each text of the workbook's table, of which 256 characters count, without the phonetic runs of East Asian ones. */
export class StringsWalker implements XmlHandler {
  private current = '';
  private isInText = false;
  private isInPhonetic = false;

  constructor(private readonly onText: (text: string) => void) {}

  open(name: string): void {
    if (name === 'si') this.current = '';
    else if (name === 'rPh') this.isInPhonetic = true;
    else if (name === 't') this.isInText = !this.isInPhonetic;
  }

  text(text: string): void {
    if (this.isInText) this.current = appended(this.current, text);
  }

  close(name: string): void {
    if (name === 't') this.isInText = false;
    else if (name === 'rPh') this.isInPhonetic = false;
    else if (name === 'si') this.onText(unescaped(this.current));
  }
}

/** Of xlsx itself; no program writes more. */
const ROW_MAX = 1_048_576;

/** Walks a worksheet's XML row by row. */
export class SheetWalker implements XmlHandler {
  private row = 0;
  private column = -1;
  private isWanted = false;
  private type = '';
  private value = '';
  private isInValue = false;
  private isInPhonetic = false;

  constructor(private readonly visitor: SheetVisitor) {}

  open(name: string, attributes: string): void {
    switch (name) {
      case 'row':
        return this.openRow(Number(xmlAttribute(attributes, 'r') ?? this.row + 1));
      case 'c':
        return this.openCell(attributes);
      case 'rPh':
        this.isInPhonetic = true;
        return;
      case 'v':
      case 't':
        this.isInValue = !this.isInPhonetic;
    }
  }

  text(text: string): void {
    if (this.isInValue && this.isWanted) this.value = appended(this.value, text);
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
        this.visitor.closeRow();
    }
  }

  private openRow(row: number): void {
    if (!Number.isInteger(row) || row <= this.row || row > ROW_MAX)
      throw new FileError('damaged_file', {
        row: Number.isInteger(row) && row > 0 && row < 2 ** 31 ? row : 0,
      });
    this.row = row;
    this.column = -1;
    this.visitor.openRow(row);
  }

  private openCell(attributes: string): void {
    const reference = xmlAttribute(attributes, 'r');
    this.column = reference === undefined ? this.column + 1 : columnOf(reference);
    this.value = '';
    this.isWanted = this.column >= 0 && this.visitor.wants(this.column);
    if (this.isWanted) this.type = xmlAttribute(attributes, 't') ?? 'n';
  }

  private closeCell(): void {
    if (!this.isWanted || this.value === '') return;
    const text = this.type === 'n' ? wholeNumber(this.value) : unescaped(this.value);
    this.visitor.cell(this.column, text, this.type === 's');
  }
}

function appended(text: string, more: string): string {
  return text.length < CELL_READ_CHARS_MAX ? text + more.slice(0, CELL_READ_CHARS_MAX) : text;
}

/** xlsx writes letters that XML has not as _x000D_ (ECMA-376 part 1, 22.9.2.19). */
function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text
    .replace(/_x([0-9a-f]{4})_/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16) || 0xfffd))
    .toWellFormed();
}

/** Column of a reference such as B12, from 0; -1 when it is none. */
function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i += 1) {
    const letter = reference.charCodeAt(i) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}

/** A number cell is stored in full, maybe as 9.121234567E9 or with .0: unlike in CSV nothing was rounded away. */
function wholeNumber(text: string): string {
  if (!/[.E]/i.test(text)) return text;
  const value = Number(text);
  return Number.isSafeInteger(value) ? String(value) : text;
}
