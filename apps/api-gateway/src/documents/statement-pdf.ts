import type { StatementEntryDto, StatementSummaryDto } from '@peyk/contracts/billing';
import { PersianDocument } from './persian-document';
import type { TextStyle } from './persian-document';
import { persianMoment, persianNumber, persianToman } from './persian-numbers';
import { kindTitles } from './statement';

export interface StatementDocument {
  readonly customerName: string;
  readonly summary: StatementSummaryDto;
  /** The oldest first. */
  readonly entries: readonly StatementEntryDto[];
  readonly madeAt: Date;
}

const reasonShare = 0.25;
/** Shares of the width, from the right. */
const columns = [
  { heading: 'تاریخ', share: 0.15 },
  { heading: 'نوع', share: 0.15 },
  { heading: 'شرح', share: reasonShare },
  { heading: 'واریز', share: 0.145 },
  { heading: 'برداشت', share: 0.145 },
  { heading: 'مانده', share: 0.16 },
] as const;
const rowHeight = 17;
const lineHeight = 11;
const gap = 4;
const cell: TextStyle = { size: 7.5 };
const heading: TextStyle = { size: 8, bold: true };

/**
 * Statement of a period as PDF (BIL-013, BIL-213): sums by kind, then each row with the balance after it, in Toman.
 * Seconds of work: on a thread of its own (DocumentThreads).
 */
export async function statementPdf(statement: StatementDocument): Promise<Buffer> {
  const { customerName, summary, entries, madeAt } = statement;
  const page = new PersianDocument('صورت‌حساب کیف پول', madeAt);
  const whole = { x: page.x, width: page.width };
  let y = page.top;
  page.line('صورت‌حساب کیف پول', { ...whole, y }, { size: 16, bold: true });
  page.line('پیک', { ...whole, y }, { size: 16, bold: true, align: 'left' });
  y += 30;
  const period = `از ${persianMoment(new Date(summary.from))} تا ${persianMoment(new Date(summary.to))}`;
  page.line(customerName, { ...whole, y }, { size: 10 });
  page.line(`تهیه در ${persianMoment(madeAt)}`, { ...whole, y }, { size: 8, align: 'left' });
  y += 17;
  page.line(period, { ...whole, y }, { size: 9 });
  page.line('مبلغ‌ها به تومان است.', { ...whole, y }, { size: 8, align: 'left' });
  y += 24;

  const facts: (readonly [string, number])[] = [
    ['مانده آغاز دوره', summary.openingRials],
    ...summary.kinds.map(
      ({ kind, entries: count, amountRials }) =>
        [`${kindTitles[kind]} (${persianNumber(count)} مورد)`, amountRials] as const,
    ),
    ['مانده پایان دوره', summary.closingRials],
  ];
  for (const [at, [label, rials]] of facts.entries()) {
    const bold = at === 0 || at === facts.length - 1;
    page.line(label, { ...whole, y }, { size: 9, bold });
    page.line(signed(rials), { x: page.x, y, width: page.width * 0.5 }, { size: 9, bold });
    y += 16;
  }
  y += 10;

  y = headings(page, y);
  for (const entry of entries) {
    const { amountRials, balanceRials, kind } = entry;
    const reason = page.wrapped(entry.reason, page.width * reasonShare - 2 * gap, cell);
    const height = rowHeight + (reason.length - 1) * lineHeight;
    if (y + height > page.bottom) {
      page.nextPage();
      y = headings(page, page.top);
    }
    row(page, y, cell, [
      persianMoment(new Date(entry.at)),
      kindTitles[kind],
      reason,
      amountRials > 0 ? persianToman(amountRials) : '',
      amountRials < 0 ? persianToman(-amountRials) : '',
      persianToman(balanceRials),
    ]);
    y += height;
    page.rule(y - 3);
  }
  if (entries.length === 0)
    page.line('در این دوره تراکنشی نبوده است.', { ...whole, y }, { size: 9, align: 'center' });
  return page.finish((number, of) => `صفحه ${persianNumber(number)} از ${persianNumber(of)}`);
}

function headings(page: PersianDocument, y: number): number {
  page.shade({ x: page.x, y: y - 2, width: page.width }, rowHeight, '#eef2f7');
  row(
    page,
    y,
    heading,
    columns.map((column) => column.heading),
  );
  return y + rowHeight + 2;
}

function row(
  page: PersianDocument,
  y: number,
  style: TextStyle,
  values: readonly (string | readonly string[])[],
): void {
  let right = page.x + page.width;
  for (const [at, { share }] of columns.entries()) {
    const width = page.width * share;
    right -= width;
    for (const [lineAt, text] of [values[at] ?? []].flat().entries()) {
      const place = { x: right + gap, y: y + lineAt * lineHeight, width: width - 2 * gap };
      if (text !== '') page.line(text, place, style);
    }
  }
}

/** What went out has its word, not a sign that a line from right to left would put at the wrong end. */
function signed(rials: number): string {
  return `${persianToman(Math.abs(rials))} تومان${rials < 0 ? ' کاهش' : ''}`;
}
