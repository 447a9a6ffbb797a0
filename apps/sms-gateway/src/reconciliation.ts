import { billingHoldsRpc } from '@peyk/contracts/billing';
import { smsSendsRpc } from '@peyk/contracts/sms';
import type { HoldDto } from '@peyk/contracts/billing';
import type { ReconcileRowDto } from '@peyk/contracts/sms';
import type { RpcClient } from '@peyk/messaging';

/** Holds asked for in one call. */
const holdsPage = 500;
/** Charges are reported to billing within a second: what differs is looked at again before it is called a difference. */
const looks = 4;
const lookAgainMs = 1_500;
/** More than these are not looked at again: something is wrong at large. */
const lookAgainMax = 200;

/** A rule that does not hold for a send. Rial, or a number of messages. */
export interface Difference {
  readonly sendId: string;
  readonly what:
    | 'hold missing'
    | 'held and quoted'
    | 'charged and messages'
    | 'refunded and messages'
    | 'captured and charged'
    | 'refunded in the ledger and here'
    | 'captured and released and held'
    | 'messages and recipients'
    | 'open after the end'
    | 'hold open after the end'
    | 'margin and messages'
    | 'margin in the ledger and here';
  readonly expected: number;
  readonly found: number;
}

export interface Reconciliation {
  readonly sends: number;
  readonly messages: number;
  readonly chargedRials: number;
  readonly refundedRials: number;
  readonly differences: readonly Difference[];
}

/**
 * Compares every send that was accepted, computed again from its messages, with its hold in the ledger: guarantee 4,
 * "every Rial of a send is explained by its messages". Runs beside running sends; of these it checks what is true at
 * any moment. Throws service.unavailable.
 */
export async function reconcile(
  rpc: Pick<RpcClient, 'call'>,
  pauseMs: number = lookAgainMs,
): Promise<Reconciliation> {
  const total = { sends: 0, messages: 0, chargedRials: 0, refundedRials: 0 };
  const suspects: Difference[] = [];
  for await (const rows of pages(rpc)) {
    const holds = await holdsOf(
      rpc,
      rows.map((row) => row.sendId),
    );
    for (const row of rows) {
      total.sends += 1;
      total.messages += row.messages;
      total.chargedRials += row.chargedRials;
      total.refundedRials += row.refundedRials;
      suspects.push(...differencesOf(row, holds.get(row.sendId)));
    }
  }
  return { ...total, differences: await lookAgain(rpc, suspects, pauseMs) };
}

/** What must be true of a send and its hold. Exported for its tests. */
export function differencesOf(row: ReconcileRowDto, hold: HoldDto | undefined): Difference[] {
  const found: Difference[] = [];
  const rule = (what: Difference['what'], holds: boolean, expected: number, is: number): void => {
    if (!holds) found.push({ sendId: row.sendId, what, expected, found: is });
  };
  const equal = (what: Difference['what'], expected: number, is: number): void =>
    rule(what, expected === is, expected, is);
  const atMost = (what: Difference['what'], most: number, is: number): void =>
    rule(what, is <= most, most, is);

  equal('charged and messages', row.chargedRials, row.saidChargedRials);
  equal('refunded and messages', row.refundedRials, row.saidRefundedRials);
  const captured = hold?.capturedRials ?? 0;
  const refunded = hold?.refundedRials ?? 0;
  // Missed as refused: what was held, if it was, has been given back whole.
  if (row.state === 'refused' || row.state === 'missed') {
    equal('messages and recipients', 0, row.messages);
    equal('captured and charged', 0, captured);
    if (row.state === 'missed' && hold?.state === 'open')
      rule('hold open after the end', false, 0, hold.amountRials);
    return found;
  }
  // Cancelled before its time: nothing was held, and nobody written.
  if (row.state === 'cancelled' && !hold && row.messages === 0 && row.chargedRials === 0) return found;
  if (row.state === 'finished' || row.state === 'cancelled') {
    equal('messages and recipients', row.recipients, row.messages);
    equal('open after the end', 0, row.open);
  }
  if (!hold) {
    rule('hold missing', false, row.quotedRials, 0);
    return found;
  }
  equal('held and quoted', row.quotedRials, hold.amountRials);
  if (!row.settled) {
    atMost('captured and charged', row.chargedRials, captured);
    atMost('refunded in the ledger and here', row.refundedRials, refunded);
    return found;
  }
  const { saidMarginRials, marginLeastRials, marginMostRials } = row;
  if (saidMarginRials !== null) {
    // Paid back after the margin was reported: that part of it stays with the reseller.
    atMost('margin and messages', saidMarginRials, marginLeastRials);
    atMost('margin and messages', marginMostRials, saidMarginRials);
  }
  equal('margin in the ledger and here', saidMarginRials ?? 0, hold.marginRials ?? 0);
  equal('captured and charged', row.chargedRials, captured);
  equal('refunded in the ledger and here', row.refundedRials, refunded);
  equal('captured and released and held', hold.amountRials, captured + hold.releasedRials);
  equal('open after the end', 0, row.open);
  rule('hold open after the end', hold.state !== 'open', 0, hold.amountRials - captured - hold.releasedRials);
  return found;
}

async function* pages(rpc: Pick<RpcClient, 'call'>): AsyncGenerator<ReconcileRowDto[]> {
  for (let afterSendId: string | undefined; ;) {
    const { rows } = await rpc.call(smsSendsRpc.reconcile, { afterSendId }, 'service');
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    afterSendId = last.sendId;
  }
}

async function holdsOf(
  rpc: Pick<RpcClient, 'call'>,
  sendIds: readonly string[],
): Promise<Map<string, HoldDto>> {
  const holds = new Map<string, HoldDto>();
  for (let at = 0; at < sendIds.length; at += holdsPage) {
    const answer = await rpc.call(
      billingHoldsRpc.read,
      { holdIds: sendIds.slice(at, at + holdsPage) },
      'service',
    );
    for (const hold of answer.holds) holds.set(hold.holdId, hold);
  }
  return holds;
}

/** The hold first: what was captured until now has been charged before. */
async function lookAgain(
  rpc: Pick<RpcClient, 'call'>,
  suspects: readonly Difference[],
  pauseMs: number,
): Promise<readonly Difference[]> {
  let left = suspects;
  for (let look = 1; look < looks && left.length > 0 && left.length <= lookAgainMax; look++) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const sendIds = [...new Set(left.map(({ sendId }) => sendId))];
    const holds = await holdsOf(rpc, sendIds);
    const again: Difference[] = [];
    for (const sendId of sendIds) {
      const { rows } = await rpc.call(smsSendsRpc.reconcile, { afterSendId: idBefore(sendId) }, 'service');
      const row = rows.find((one) => one.sendId === sendId);
      if (row) again.push(...differencesOf(row, holds.get(sendId)));
    }
    left = again;
  }
  return left;
}

/** The greatest UUID below this one. */
function idBefore(id: string): string {
  const hex = (BigInt(`0x${id.replaceAll('-', '')}`) - 1n).toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
