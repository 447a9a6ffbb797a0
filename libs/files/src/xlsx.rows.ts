import { FileError } from './file.error';
import { cellText, COLUMNS_READ_MAX } from './cells';
import type { SheetVisitor } from './xlsx.walkers';

const STRINGS_MAX = 4_000_000;
const BYTES_MAX = 64 * 1024 * 1024;
const BLOCK_BYTES = 1024 * 1024;

/**
 * The workbook's table of texts, packed: a length of two bytes and UTF-8 for each, in blocks of 1 MiB, 4 bytes of index.
 * Small strings of the engine would take several times as much.
 */
export class SheetStrings {
  private starts = new Uint32Array(1 << 12);
  private readonly blocks: Buffer[] = [];
  private used = BLOCK_BYTES;
  private count = 0;

  /** '' when there is no such string. */
  at(index: number): string {
    const start = index < this.count ? this.starts[index] : undefined;
    const block = start === undefined ? undefined : this.blocks[Math.floor(start / BLOCK_BYTES)];
    if (start === undefined || !block) return '';
    const at = start % BLOCK_BYTES;
    return block.toString('utf8', at + 2, at + 2 + block.readUInt16BE(at));
  }

  push(typed: string): void {
    const text = cellText(typed);
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

/** The rows of a sheet with all of their cells. */
export class SheetRows implements SheetVisitor {
  private row = 0;
  private cells: string[] = [];

  constructor(
    private readonly strings: SheetStrings,
    private readonly onRow: (row: number, cells: readonly string[]) => void,
  ) {}

  openRow(row: number): void {
    this.row = row;
    this.cells = [];
  }

  wants(column: number): boolean {
    return column < COLUMNS_READ_MAX;
  }

  cell(column: number, text: string, isShared: boolean): void {
    while (this.cells.length < column) this.cells.push('');
    this.cells[column] = isShared ? this.strings.at(Number(text)) : cellText(text);
  }

  closeRow(): void {
    this.onRow(this.row, this.cells);
  }
}
