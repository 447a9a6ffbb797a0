import { parentPort } from 'node:worker_threads';
import type { StatementEntryDto } from '@peyk/contracts/billing';
import { receiptPdf } from './receipt';
import { statementPdf } from './statement-pdf';
import type { DocumentAnswer, DocumentOrder } from './document-threads';

// A thread that makes one document after the other. What it throws ends it, and with it the document that it was at.

let entries: StatementEntryDto[] = [];

async function made(order: Exclude<DocumentOrder, { readonly entries: unknown }>): Promise<Buffer> {
  if (order.kind === 'receipt') return receiptPdf(order.receipt, order.madeAt);
  const all = entries;
  entries = [];
  return statementPdf({ ...order, entries: all.reverse() });
}

parentPort?.on('message', (order: DocumentOrder) => {
  if ('entries' in order) {
    entries.push(...order.entries);
    return;
  }
  void made(order).then((pdf) => {
    // Of its own memory, so that it is handed over instead of copied.
    const bytes = new Uint8Array(pdf);
    parentPort?.postMessage({ bytes } satisfies DocumentAnswer, [bytes.buffer]);
  });
});
