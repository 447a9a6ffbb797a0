import { FileError } from './file.error';
import { CELL_READ_CHARS_MAX, cellText, COLUMNS_READ_MAX } from './cells';
import { columnOf, wholeNumber } from './xlsx.workbook';
import { xmlAttribute, type XmlHandler } from './xml.scanner';

const STRINGS_MAX = 4_000_000;
const BYTES_MAX = 64 * 1024 * 1024;
const BLOCK_BYTES = 1024 * 1024;

/**
 * The workbook's table of texts, packed: a length of two bytes and UTF-8 for each, in blocks of 1 MiB, 4 bytes of index.
 * Small strings of the engine would take several times as much.
 */
export class SheetStrings implements XmlHandler {
  private starts = new Uint32Array(1 << 12);
  private readonly blocks: Buffer[] = [];
  private used = BLOCK_BYTES;
  private count = 0;
  private current = '';
  private isInText = false;
  private isInPhonetic = false;

  open(name: string): void {
    if (name === 'si') this.current = '';
    else if (name === 'rPh') this.isInPhonetic = true;
    else if (name === 't') this.isInText = !this.isInPhonetic;
  }

  text(text: string): void {
    if (this.isInText && this.current.length < CELL_READ_CHARS_MAX)
      this.current += text.slice(0, CELL_READ_CHARS_MAX);
  }

  close(name: string): void {
    if (name === 't') this.isInText = false;
    else if (name === 'rPh') this.isInPhonetic = false;
    else if (name === 'si') this.push(cellText(this.current));
  }

  /** '' when there is no such string. */
  at(index: number): string {
    const start = index < this.count ? this.starts[index] : undefined;
    const block = start === undefined ? undefined : this.blocks[Math.floor(start / BLOCK_BYTES)];
    if (start === undefined || !block) return '';
    const at = start % BLOCK_BYTES;
    return block.toString('utf8', at + 2, at + 2 + block.readUInt16BE(at));
  }

  private push(text: string): void {
    const length = Buffer.byteLength(text);
    if (this.used + 2 + length > BLOCK_BYTES) {
      this.blocks.push(Buffer.allocUnsafe(BLOCK_BYTES));
      this.used = 0;
    }
    if (this.count === STRINGS_MAX || this.blocks.length * BLOCK_BYTES > BYTES_MAX)
      throw new FileError('file_bomb', { max: BYTES_MAX });
    if (this.count === this.starts.length) {
      const larger = new Uint32Array(this.starts.length * 2);
      larger.set(this.starts);
      this.starts = larger;
    }
    const block = this.blocks.at(-1);
    block?.writeUInt16BE(length, this.used);
    block?.write(text, this.used + 2, 'utf8');
    this.starts[this.count] = (this.blocks.length - 1) * BLOCK_BYTES + this.used;
    this.count += 1;
    this.used += 2 + length;
  }
}

/** Reads a worksheet's XML row by row. */
export class SheetRows implements XmlHandler {
  private row = 0;
  private cells: string[] = [];
  private column = -1;
  private type = '';
  private cell = '';
  private isInValue = false;
  private isInPhonetic = false;

  constructor(
    private readonly strings: SheetStrings,
    private readonly onRow: (row: number, cells: readonly string[]) => void,
  ) {}

  open(name: string, attributes: string): void {
    switch (name) {
      case 'row': {
        const row = Number(xmlAttribute(attributes, 'r') ?? this.row + 1);
        if (!Number.isInteger(row) || row <= this.row || row > 2 ** 31) throw new FileError('damaged_file');
        this.row = row;
        this.cells = [];
        this.column = -1;
        return;
      }
      case 'c': {
        const reference = xmlAttribute(attributes, 'r');
        this.column = reference === undefined ? this.column + 1 : columnOf(reference);
        this.type = xmlAttribute(attributes, 't') ?? 'n';
        this.cell = '';
        return;
      }
      case 'rPh':
        this.isInPhonetic = true;
        return;
      case 'v':
      case 't':
        this.isInValue = !this.isInPhonetic;
    }
  }

  text(text: string): void {
    if (this.isInValue && this.cell.length < CELL_READ_CHARS_MAX)
      this.cell += text.slice(0, CELL_READ_CHARS_MAX);
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
        if (this.cell === '' || this.column < 0 || this.column >= COLUMNS_READ_MAX) return;
        while (this.cells.length < this.column) this.cells.push('');
        this.cells[this.column] = this.value();
        return;
      case 'row':
        this.onRow(this.row, this.cells);
    }
  }

  private value(): string {
    if (this.type === 's') return this.strings.at(Number(this.cell));
    return cellText(this.type === 'n' ? wholeNumber(this.cell) : this.cell);
  }
}
