import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { billingEvents } from '@peyk/contracts/billing';
import type {
  BankCode,
  BankDifferenceDto,
  BankReportDto,
  BankReportRunDto,
  BankReportsDto,
  BankReportsQueryDto,
  StateSumDto,
  TopupState,
} from '@peyk/contracts/billing';
import { execute, query, Transactions } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { addTehranDays, startOfTehranDay } from '@peyk/persian';
import { gauge } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { BanksService } from '../banks/banks.service';
import type { Bank, BankView } from '../banks/bank';
import { Clock } from './clock';
import { Topup } from './topup.entity';
import { TopupStore } from './topup.store';

const pageSize = 30;
const topupsMax = 10_000;
const differencesMax = 100;
const callsAtOnce = 4;

const differenceGauge = gauge('bank_report_differences', 'Differences in the newest report of a bank', [
  'bank',
]);

/** What a bank may say of a payment that we hold for this; anything else, but for no answer, is a difference. */
const agreed: Readonly<Record<TopupState, readonly BankView[]>> = {
  created: ['open', 'unpaid'],
  sent: ['open', 'unpaid', 'reversed'],
  // Not known yet: nothing to hold against it, it is counted as unknown.
  unknown: ['open', 'unpaid', 'paid', 'settled', 'reversed'],
  verified: ['paid', 'settled'],
  credited: ['settled'],
  cancelled: ['open', 'unpaid', 'reversed'],
  failed: ['open', 'unpaid', 'reversed'],
  expired: ['open', 'unpaid', 'reversed'],
  // Paid and never verified: on its way back.
  reversed: ['open', 'unpaid', 'paid', 'reversed'],
  unresolved: [],
};

/** Days of ours beside the bank's own account of them. It asks and changes nothing. */
@Injectable()
export class BankReportsService {
  private readonly logger = new Logger(BankReportsService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly banks: BanksService,
    private readonly store: TopupStore,
    private readonly clock: Clock,
  ) {}

  /** Made again and kept in the place of an earlier one. @param day `YYYY-MM-DD` in Tehran; yesterday unless said */
  async run({ bank, day = this.yesterday() }: BankReportRunDto): Promise<BankReportDto> {
    const report = await this.make(bank, day);
    await this.keep(report, true);
    return report;
  }

  /** Reports of the last three days that nobody has made yet. @returns how many */
  async makeMissing(): Promise<number> {
    let made = 0;
    for (const bank of this.banks.configured()) {
      for (let back = 1; back <= 3; back += 1) {
        try {
          if (await this.makeIfMissing(bank, this.dayBefore(back))) made += 1;
        } catch (error) {
          // Another day and another bank are compared all the same; this one at the next run.
          this.logger.error({ msg: 'a day of a bank was not compared', bank, back, err: error });
        }
      }
    }
    return made;
  }

  private async makeIfMissing(bank: BankCode, day: string): Promise<boolean> {
    const [known] = await query(
      this.dataSource,
      'SELECT 1 AS one FROM bank_reports WHERE bank = $1 AND day = $2',
      [bank, day],
    );
    if (known) return false;
    await this.keep(await this.make(bank, day), false);
    return true;
  }

  async list({ bank, cursor, limit = pageSize }: BankReportsQueryDto): Promise<BankReportsDto> {
    const [day, code] = cursor === undefined ? [null, null] : placeOf(cursor);
    const rows = await query<Omit<BankReportDto, 'madeAt'> & { madeAt: Date }>(
      this.dataSource,
      `SELECT bank, day::text AS day, made_at AS "madeAt", states, compared, unanswered,
              difference_count AS "differenceCount", differences
         FROM bank_reports
        WHERE ($1::text IS NULL OR bank = $1) AND ($2::date IS NULL OR (day, bank) < ($2::date, $3::text))
        ORDER BY day DESC, bank DESC LIMIT $4`,
      [bank ?? null, day, code, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      reports: page.map((row) => ({ ...row, madeAt: row.madeAt.toISOString() })),
      ...(rows.length > limit && last
        ? { nextCursor: Buffer.from(`${last.day} ${last.bank}`).toString('base64url') }
        : {}),
    };
  }

  private async make(code: BankCode, day: string): Promise<BankReportDto> {
    const bank = this.banks.driver(code);
    const from = startOfTehranDay(new Date(`${day}T12:00:00+03:30`));
    const to = addTehranDays(from, 1);
    const states = await query<StateSumDto>(
      this.dataSource,
      `SELECT state, count(*)::int AS count, sum(amount_rials)::bigint AS "amountRials", sum(gift_rials)::bigint AS "giftRials"
         FROM topups WHERE bank = $1 AND created_at >= $2 AND created_at < $3 GROUP BY state ORDER BY state`,
      [code, from, to],
    );
    const topups = await this.dataSource
      .getRepository(Topup)
      .createQueryBuilder('t')
      .where('t.bank = :code AND t.created_at >= :from AND t.created_at < :to', { code, from, to })
      .andWhere('t.reference IS NOT NULL')
      .orderBy('t.created_at', 'DESC')
      .take(topupsMax)
      .getMany();
    const asked = topups.filter((topup) => bank.asksWithoutCallback || topup.saleReference !== null);
    const differences: BankDifferenceDto[] = [];
    // Of a day with more than can be asked about, the rest is not answered.
    const all = states.reduce((sum, { state, count }) => sum + (state === 'created' ? 0 : count), 0);
    let unanswered = topups.length < topupsMax ? 0 : all - topups.length;
    const skipped = unanswered;
    const queue = [...asked];
    const lane = async (): Promise<void> => {
      for (let topup = queue.shift(); topup; topup = queue.shift()) {
        const theirs = await this.viewOf(bank, topup);
        if (theirs === 'unknown') unanswered += 1;
        else if (!agreed[topup.state].includes(theirs)) {
          const { id, state: ours, amountRials } = topup;
          differences.push({ id, ours, theirs, amountRials });
        }
      }
    };
    await Promise.all(Array.from({ length: callsAtOnce }, lane));
    differences.push(...(await this.strangers(bank)));
    return {
      bank: code,
      day,
      madeAt: this.clock.now().toISOString(),
      states,
      compared: asked.length - (unanswered - skipped),
      unanswered,
      differenceCount: differences.length,
      differences: differences.slice(0, differencesMax),
    };
  }

  private async viewOf(bank: Bank, topup: Topup): Promise<BankView> {
    const payment = this.store.payment(topup);
    try {
      return await this.banks.call(
        bank,
        'inquire',
        () => bank.inquire(payment),
        (view) => view,
      );
    } catch (error) {
      this.logger.warn({ msg: 'a bank was not asked about a payment', topupId: topup.id, err: error });
      return 'unknown';
    }
  }

  /** Paid payments that nobody verified and that no top-up of ours has. */
  private async strangers(bank: Bank): Promise<BankDifferenceDto[]> {
    const lost = (await bank.lost?.()) ?? [];
    const known = await query<{ reference: string }>(
      this.dataSource,
      'SELECT reference FROM topups WHERE bank = $1 AND reference = ANY($2)',
      [bank.code, lost.map(({ reference }) => reference)],
    );
    const ours = new Set(known.map(({ reference }) => reference));
    return lost
      .filter(({ reference }) => !ours.has(reference))
      .map(({ reference, amountRials }) => ({ id: reference, ours: 'missing', theirs: 'paid', amountRials }));
  }

  /** @param again false: one that was made meanwhile stays */
  private async keep(report: BankReportDto, again: boolean): Promise<void> {
    const { bank, day, madeAt, states, compared, unanswered, differenceCount, differences } = report;
    await this.transactions.run(async (tx) => {
      const kept = await execute(
        tx,
        `INSERT INTO bank_reports (bank, day, made_at, states, compared, unanswered, difference_count, differences)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (bank, day) DO ${
           again
             ? `UPDATE SET made_at = excluded.made_at, states = excluded.states, compared = excluded.compared,
                  unanswered = excluded.unanswered, difference_count = excluded.difference_count,
                  differences = excluded.differences`
             : 'NOTHING'
         }`,
        [
          bank,
          day,
          madeAt,
          JSON.stringify(states),
          compared,
          unanswered,
          differenceCount,
          JSON.stringify(differences),
        ],
      );
      if (kept !== 1) return;
      const open: readonly string[] = ['unknown', 'verified', 'unresolved'] satisfies TopupState[];
      const unknown = states
        .filter(({ state }) => open.includes(state))
        .reduce((sum, { count }) => sum + count, 0);
      await this.outbox.add(tx, billingEvents.bankReportMade, `bankReport:${bank}`, {
        bank,
        day,
        differences: differenceCount,
        unknown,
      });
    });
    differenceGauge.set({ bank }, differenceCount);
  }

  private yesterday(): string {
    return this.dayBefore(1);
  }

  private dayBefore(days: number): string {
    const noon = addTehranDays(startOfTehranDay(this.clock.now()), -days).getTime() + 12 * 3_600_000;
    return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tehran' }).format(noon);
  }
}

/** @throws input.invalid */
function placeOf(cursor: string): [day: string, bank: string] {
  const [, day, bank] =
    /^(\d{4}-\d{2}-\d{2}) (\w{1,20})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (day !== undefined && bank !== undefined) return [day, bank];
  throw new DomainError('input.invalid', {
    fields: [{ field: 'cursor', rule: 'cursor', message: 'cursor must come from nextCursor' }],
  });
}
