import type { SessionGrantDto } from '@peyk/contracts/identity';
import type { LineDto, SendDto } from '@peyk/contracts/sms';
import type { RecipientListDto } from '@peyk/contracts/targeting';
import { accountId } from './gateway.fixture';

export const sendId = '0198f000-0000-7000-8000-0000000000c1';
export const listId = '0198f000-0000-7000-8000-0000000000d1';
const at = '2026-11-21T08:00:00.000Z';

export const line: LineDto = {
  id: '0198f000-0000-7000-8000-0000000000a1',
  number: '982000001',
  lineClass: 'service',
  hoursFrom: 0,
  hoursTo: 24,
  is66Char: false,
  refundPolicy: 'submitted',
  active: true,
};

export function buildSend(change: Partial<SendDto> = {}): SendDto {
  return {
    id: sendId,
    title: 'خبر',
    state: 'sending',
    kind: 'group',
    lane: 'bulk',
    line,
    text: 'سلام',
    parts: 1,
    recipients: 10,
    listId,
    row: 1,
    counts: {
      queued: 10,
      sent: 0,
      delivered: 0,
      undelivered: 0,
      failed: 0,
      blocked: 0,
      cancelled: 0,
      inDoubt: 0,
      unreported: 0,
    },
    money: { quotedRials: 13_300, chargedRials: 0, releasedRials: 0, refundedRials: 0, settled: false },
    partsPerSecond: 0,
    createdAt: at,
    ...change,
  };
}

export function buildList(change: Partial<RecipientListDto> = {}): RecipientListDto {
  return {
    id: listId,
    source: 'file',
    title: 'مشتریان.csv',
    state: 'reading',
    rows: 0,
    valid: 0,
    duplicates: 0,
    invalid: 0,
    blank: 0,
    bytes: 0,
    byOperator: [],
    createdAt: at,
    ...change,
  };
}

export function buildGrant(change: Partial<SessionGrantDto> = {}): SessionGrantDto {
  return {
    accessToken: 'an.access.token',
    accessExpiresAt: at,
    account: { id: accountId, username: 'demo', name: 'شرکت نمونه', roles: ['sms_customer'] },
    refreshToken: 'r'.repeat(43),
    refreshExpiresAt: '2026-12-06T08:00:00.000Z',
    persistent: false,
    ...change,
  };
}
