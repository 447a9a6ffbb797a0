import type { Schemas } from '../../api/client';
import { duration, fill, number } from '../../ui/format';
import fa from './fa.json';

export type Link = Schemas['LinkDto'];
export type LinkDetail = Schemas['LinkDetailDto'];
export type BindState = Link['binds'][number]['state'];

/** How much of the contract is used now, 0 to 100; without a contract there is nothing to measure by. */
export function pacePercent({
  currentPartsPerSecond,
  partsPerSecond,
}: Pick<Link, 'currentPartsPerSecond' | 'partsPerSecond'>): number {
  if (partsPerSecond === 0) return 0;
  return Math.min(100, Math.round((100 * currentPartsPerSecond) / partsPerSecond));
}

export function paceText({
  currentPartsPerSecond,
  partsPerSecond,
}: Pick<Link, 'currentPartsPerSecond' | 'partsPerSecond'>): string {
  const now = number(currentPartsPerSecond, 1);
  return partsPerSecond === 0 ? fill(fa.paceFree, { now }) : fill(fa.paceOf, { now, max: partsPerSecond });
}

export const boundOf = ({ binds }: Pick<Link, 'binds'>): number =>
  binds.filter(({ state }) => state === 'bound' || state === 'throttled').length;

/** What becomes of messages in doubt when nobody settles them (guarantee 2). */
export function doubtText({
  doubtWaitSeconds,
  doubtSettlesAs,
}: Pick<LinkDetail, 'doubtWaitSeconds' | 'doubtSettlesAs'>): string {
  if (doubtWaitSeconds === null) return fa.doubtByPerson;
  const time = duration(doubtWaitSeconds * 1_000);
  return fill(doubtSettlesAs === 'sent' ? fa.doubtAsSent : fa.doubtAsFailed, { time });
}

/** Of SMPP 3.4, table 5-2: what operators say most. */
const statusNames: Readonly<Record<number, string>> = {
  0x01: 'ESME_RINVMSGLEN',
  0x05: 'ESME_RALYBND',
  0x08: 'ESME_RSYSERR',
  0x0a: 'ESME_RINVSRCADR',
  0x0b: 'ESME_RINVDSTADR',
  0x0d: 'ESME_RBINDFAIL',
  0x0e: 'ESME_RINVPASWD',
  0x0f: 'ESME_RINVSYSID',
  0x14: 'ESME_RMSGQFUL',
  0x45: 'ESME_RSUBMITFAIL',
  0x58: 'ESME_RTHROTTLED',
  0x64: 'ESME_RX_T_APPN',
  0x65: 'ESME_RX_P_APPN',
};

/** `0x58 ESME_RTHROTTLED`. */
export function statusName(status: number): string {
  if (status === 0) return fa.withoutStatus;
  return `0x${status.toString(16).padStart(2, '0')} ${statusNames[status] ?? ''}`.trim();
}
