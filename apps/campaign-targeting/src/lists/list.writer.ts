import { operators, recipientPageSize } from '@peyk/contracts';
import { copyRows, rawClient } from '@peyk/database';
import type { CopyValue } from '@peyk/database';
import type { EntityManager } from 'typeorm';
import type { RowErrorReason } from './row-error.entity';

/** One page of the sending side is one block. */
export const blockSize = recipientPageSize;
/** More stay counted, not listed. Duplicates on their own, so that they do not crowd out what is wrong. */
export const rowErrorsKept = { duplicate: 100_000, invalid: 100_000 } as const;
const valueCharsMax = 64;
/** Blocks, and row errors, gathered for one COPY. */
const blocksPerCopy = 20;
const errorsPerCopy = 5_000;

export interface RowErrorInput {
  readonly row: number;
  readonly value: string;
  readonly reason: RowErrorReason;
  readonly firstRow?: number;
}

/**
 * Writes the recipients and row errors of one new list in the caller's transaction, in order, page by page: memory stays
 * flat whatever the list's length. While PostgreSQL stores one page the next is gathered.
 */
export class ListWriter {
  private msisdns: number[] = [];
  private codes: number[] = [];
  private blockNo = 0;
  private blocks: CopyValue[][] = [];
  private errors: CopyValue[][] = [];
  private readonly kept = { duplicate: 0, invalid: 0 };
  private copying: Promise<void> = Promise.resolve();

  constructor(
    private readonly tx: EntityManager,
    private readonly listId: string,
  ) {}

  /** `operator`: index in `operators`. */
  add(msisdn: number, operator: number): void {
    this.msisdns.push(msisdn);
    this.codes.push(operator);
    if (this.msisdns.length === blockSize) this.closeBlock();
  }

  addError({ row, value, reason, firstRow = 0 }: RowErrorInput): void {
    const kind = reason === 'duplicate' ? reason : 'invalid';
    if (this.kept[kind] >= rowErrorsKept[kind]) return;
    this.kept[kind] += 1;
    // PostgreSQL has no zero character in a text.
    const shown = value.slice(0, valueCharsMax).replaceAll('\0', '\ufffd');
    this.errors.push([this.listId, row, shown, reason, firstRow || null]);
  }

  /** To be called between additions: stores what has gathered, when it is worth a COPY. */
  async storeWhenFull(): Promise<void> {
    if (this.blocks.length >= blocksPerCopy || this.errors.length >= errorsPerCopy) await this.store();
  }

  /** Stores the rest. Throws what the database says. */
  async finish(): Promise<void> {
    if (this.msisdns.length > 0) this.closeBlock();
    await this.store();
    await this.copying;
  }

  /** Waits until the connection is free again, whatever came of it: before a rollback. */
  async settle(): Promise<void> {
    await this.copying.catch(() => undefined);
  }

  private closeBlock(): void {
    const byOperator = new Array<number>(operators.length).fill(0);
    for (const code of this.codes) byOperator[code] = (byOperator[code] ?? 0) + 1;
    this.blocks.push([
      this.listId,
      this.blockNo,
      `{${this.msisdns.join()}}`,
      `{${this.codes.join()}}`,
      `{${byOperator.join()}}`,
    ]);
    this.blockNo += 1;
    this.msisdns = [];
    this.codes = [];
  }

  private async store(): Promise<void> {
    await this.copying;
    const { blocks, errors } = this;
    this.blocks = [];
    this.errors = [];
    this.copying = this.copy(blocks, errors);
    // Awaited with the next page; until then a failure is not "unhandled".
    this.copying.catch(() => undefined);
  }

  private async copy(blocks: CopyValue[][], errors: CopyValue[][]): Promise<void> {
    const client = await rawClient(this.tx);
    if (blocks.length > 0) {
      const columns = ['list_id', 'block_no', 'msisdns', 'operators', 'by_operator'];
      await copyRows(client, 'recipient_blocks', columns, blocks);
    }
    if (errors.length > 0) {
      await copyRows(client, 'row_errors', ['list_id', 'row', 'value', 'reason', 'first_row'], errors);
    }
  }
}
