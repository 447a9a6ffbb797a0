import { EnumField, IntField, StringField } from '@peyk/contracts';
import { bankCodes } from '@peyk/contracts/billing';
import type { BankCode } from '@peyk/contracts/billing';
import { billingTopupsRpc } from '@peyk/contracts/billing';
import { passOn, routeTable, special } from '../routes/route-table';

/** A person counts in Toman; everything behind this counts in Rial (BIL-204). */
export class TopupTomanDto {
  @IntField({ description: 'Amount to pay, Toman (1 Toman = 10 Rial)', min: 1, max: 900_000_000_000_000 })
  amountToman!: number;

  @EnumField({ description: 'Bank to pay with', values: bankCodes })
  bank!: BankCode;

  @StringField({
    description: 'Chosen by the client; a repeat gives the same top-up back',
    minLength: 8,
    maxLength: 100,
    pattern: /^[\w.:-]+$/,
  })
  idempotencyKey!: string;
}

export const topupsRoutes = routeTable('topups', [
  special('create', 'POST', 'topups', billingTopupsRpc.create, {
    status: 201,
    input: TopupTomanDto,
    idempotencyKey: 'idempotencyKey',
  }),
  passOn('GET', 'topups', billingTopupsRpc.list),
  passOn('GET', 'topups/:topupId', billingTopupsRpc.read),
  passOn('GET', 'topups/:topupId/receipt', billingTopupsRpc.receipt),
  special('receiptPdf', 'GET', 'topups/:topupId/receipt.pdf', billingTopupsRpc.receipt, {
    answers: { mediaType: 'application/pdf', holds: 'Persian, one page' },
    summary: 'Receipt of a credited top-up as PDF, one page (BIL-214).',
  }),
  passOn('POST', 'topups/:topupId/check', billingTopupsRpc.check),
]);
