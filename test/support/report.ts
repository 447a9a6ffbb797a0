import { reportColumns } from '@peyk/contracts/sms';
import type { MessageState } from '@peyk/contracts';
import type { MessageDto } from '@peyk/contracts/sms';
import { plainText } from '@peyk/files';
import { parse } from 'csv-parse/sync';

/** Words of the report (SMS-015), written down here once more so that a wrong one shows. */
const stateWords: Readonly<Record<string, MessageState>> = {
  'در صف': 'queued',
  'تحویل مخابرات': 'sent',
  'رسیده به گوشی': 'delivered',
  'نرسیده به گوشی': 'undelivered',
  ناموفق: 'failed',
  'مسدود (لیست سیاه)': 'blocked',
  لغوشده: 'cancelled',
  نامعلوم: 'in_doubt',
  'بدون گزارش تحویل': 'unreported',
};
const openStates: readonly MessageState[] = ['queued', 'sent', 'in_doubt'];

export interface ReportLine {
  readonly position: number;
  /** As a person reads it: 09... */
  readonly mobile: string;
  readonly state: MessageState;
  readonly chargedRials: number;
  readonly refundedRials: number;
  readonly errorStatus: string;
}

export interface Report {
  readonly lines: readonly ReportLine[];
  /** Messages by state; states without any are left out. */
  readonly states: Readonly<Partial<Record<MessageState, number>>>;
  /** Messages whose state is not final. */
  readonly open: number;
  readonly chargedRials: number;
  readonly refundedRials: number;
}

/** The CSV report of a send, read as a customer's program would. Throws on a cell that it does not know. */
export function readReport(csv: string): Report {
  const rows = parse(csv, {
    bom: true,
    columns: (headings: string[]) =>
      headings.map((heading, at) => {
        const [field, expected] = reportColumns[at] ?? [];
        if (heading !== expected)
          throw new Error(`report column ${at + 1} is «${heading}», not «${expected}»`);
        return field;
      }),
  }) as unknown as Record<keyof MessageDto, string>[];
  const states: Partial<Record<MessageState, number>> = {};
  let chargedRials = 0;
  let refundedRials = 0;
  const lines = rows.map((row): ReportLine => {
    const state = stateWords[row.state];
    if (!state) throw new Error(`the report has the state «${row.state}»`);
    const line = {
      position: whole(row.position),
      mobile: plainText(row.msisdn),
      state,
      chargedRials: whole(row.chargedRials),
      refundedRials: whole(row.refundedRials),
      errorStatus: row.errorStatus,
    };
    states[state] = (states[state] ?? 0) + 1;
    chargedRials += line.chargedRials;
    refundedRials += line.refundedRials;
    return line;
  });
  const open = openStates.reduce((sum, state) => sum + (states[state] ?? 0), 0);
  return { lines, states, open, chargedRials, refundedRials };
}

function whole(cell: string): number {
  if (!/^\d+$/.test(cell)) throw new Error(`the report has «${cell}» where a number belongs`);
  return Number(cell);
}
