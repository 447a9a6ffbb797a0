import { randomUUID } from 'node:crypto';
import type { BankCode, TopupDto } from '@peyk/contracts/billing';
import { query } from '@peyk/database';
import fc from 'fast-check';
import { auditLedger } from '../../../apps/billing/src/ledger/ledger.audit';
import type { LedgerService } from '../../../apps/billing/src/ledger/ledger.service';
import { TestBanks } from '../../support/bank';
import type { Callback } from '../../support/bank';
import { scratchLedger } from './fixture';
import type { Ledger } from './fixture';
import { amountRials, giftRials, minute, MovedClock, replicaOf } from './topups.fixture';
import type { Replica } from './topups.fixture';

const runs = 20;
const steps = [
  'pays',
  'cancels',
  'comesBack',
  'comesBackTwiceAtOnce',
  'comesBackWithAnotherAmount',
  'comesBackWithACancellation',
  'janitors',
  'verifyCut',
  'verifyDropped',
  'settleCut',
  'verifyNonsense',
  'bankDown',
  'bankUp',
  'minutePasses',
  'tenMinutesPass',
  'dies',
  'lives',
] as const;
type Step = (typeof steps)[number];

describe('any order of what payers, banks, clocks and deaths do to a payment', () => {
  let ledger: Ledger;
  let banks: TestBanks;
  let dies = false;
  const clock = new MovedClock();
  const replicas: Replica[] = [];
  beforeAll(async () => {
    ledger = await scratchLedger(10);
    banks = await TestBanks.start();
    const dying = {
      credit: (...args: Parameters<LedgerService['credit']>): Promise<boolean> => {
        if (dies && args[1].kind === 'gift') return Promise.reject(new Error('killed'));
        return ledger.ledger.credit(...args);
      },
    };
    for (let no = 0; no < 2; no += 1) replicas.push(replicaOf(ledger, banks, clock, dying));
  });
  afterAll(async () => {
    for (const { topups } of replicas) await topups.onModuleDestroy();
    await ledger.drop();
    await banks.stop();
  });

  const [first, second] = [(): Replica => replicas[0] as Replica, (): Replica => replicas[1] as Replica];

  async function pass(ms: number): Promise<void> {
    clock.ahead += ms;
    await banks.advance(ms);
  }
  const janitors = (): Promise<unknown> => Promise.all([first().janitor.run(), second().janitor.run()]);
  const referenceOf = async (id: string): Promise<string> => {
    const [row] = await query<{ reference: string }>(
      ledger.source,
      'SELECT reference FROM topups WHERE id = $1',
      [id],
    );
    return row?.reference ?? '';
  };

  /** One payment through all steps. */
  class Payment {
    private honest: Callback | undefined;
    constructor(
      private readonly topup: TopupDto,
      private readonly reference: string,
    ) {}

    async do(step: Step): Promise<void> {
      const { bank } = this.topup;
      switch (step) {
        case 'pays':
        case 'cancels':
          if (this.honest) return;
          this.honest =
            (await banks.pay(bank, this.reference, { outcome: step === 'pays' ? 'pay' : 'cancel' }))
              .callback ?? undefined;
          return;
        case 'comesBack':
          return this.comesBack({}, first());
        case 'comesBackTwiceAtOnce':
          await Promise.all([this.comesBack({}, first()), this.comesBack({}, second())]);
          return;
        case 'comesBackWithAnotherAmount':
          return this.comesBack({ FinalAmount: '1' }, second());
        case 'comesBackWithACancellation':
          return this.comesBack({ ResCode: '17', Status: 'NOK' }, second());
        case 'janitors':
          await janitors();
          return;
        case 'verifyCut':
          await banks.fault(bank, 'cut', { operation: 'verify', count: 1 });
          return;
        case 'verifyDropped':
          await banks.fault(bank, 'drop', { operation: 'verify', count: 1 });
          return;
        case 'settleCut':
          await banks.fault(bank, 'cut', { operation: 'settle', count: 1 });
          return;
        case 'verifyNonsense':
          await banks.fault(bank, 'answer', {
            operation: 'verify',
            count: 1,
            code: bank === 'mellat' ? '34' : '-52',
            effect: true,
          });
          return;
        case 'bankDown':
        case 'bankUp':
          await banks.line(bank, step === 'bankUp');
          return;
        case 'minutePasses':
          return pass(minute);
        case 'tenMinutesPass':
          return pass(10 * minute);
        case 'dies':
        case 'lives':
          dies = step === 'dies';
      }
    }

    private async comesBack(changed: Readonly<Record<string, string>>, at: Replica): Promise<void> {
      if (!this.honest) return;
      const fields = Object.entries({ ...this.honest.fields }).map(([name, value]) => ({
        name,
        value: changed[name] ?? value,
      }));
      await at.topups.callback({ topupId: this.topup.id, fields });
    }

    /** After every step: nothing in the wallet unless it is credited, and then exactly once. */
    async check(): Promise<string> {
      const { id, customerId } = this.topup;
      const { state } = await first().topups.read(null, id);
      const [row] = await query<{ posted: number; entries: number }>(
        ledger.source,
        `SELECT posted_rials AS posted, entry_count AS entries FROM accounts WHERE name = 'wallet:' || $1::uuid`,
        [customerId],
      );
      const expected = state === 'credited' ? [amountRials + giftRials, 2] : [0, 0];
      expect([state, row?.posted ?? 0, row?.entries ?? 0]).toEqual([state, ...expected]);
      return state;
    }
  }

  it.each<BankCode>(['mellat', 'zarinpal'])(
    `guarantee 4 BIL-203 through %s, ${runs} runs: credited once, if and only if the bank keeps the money for us`,
    async (bank) => {
      const ends = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(
          // Most pay in the end, most come back: else too little happens.
          fc
            .tuple(
              fc.constantFrom<readonly Step[]>(
                ['pays'],
                ['bankDown', 'pays'],
                ['verifyCut', 'pays'],
                ['cancels'],
                [],
              ),
              fc.array(fc.oneof(fc.constantFrom(...steps), fc.constant<Step>('comesBack')), {
                minLength: 3,
                maxLength: 12,
              }),
            )
            .map(([begin, rest]) => [...begin, ...rest]),
          async (order) => {
            dies = false;
            await banks.clearFaults();
            await banks.line(bank, true);
            const topup = await first().topups.create(randomUUID(), {
              amountRials,
              bank,
              idempotencyKey: randomUUID(),
            });
            const reference = await referenceOf(topup.id);
            const payment = new Payment(topup, reference);
            let credited = false;
            for (const step of order) {
              await payment.do(step);
              const now = (await payment.check()) === 'credited';
              expect([step, credited && !now]).toEqual([step, false]);
              credited = now;
            }
            // In the end everybody is well, and time enough passes for every question.
            dies = false;
            await banks.clearFaults();
            await banks.line(bank, true);
            for (const ms of [3, 3, 20, 20, 60].map((minutes) => minutes * minute)) {
              await pass(ms);
              await janitors();
            }
            const state = await payment.check();
            ends.set(state, (ends.get(state) ?? 0) + 1);
            expect(['credited', 'cancelled', 'failed', 'expired', 'reversed']).toContain(state);
            const theirs = (await banks.order(bank, reference)).state;
            const kept = bank === 'mellat' ? theirs === 'settled' : theirs === 'verified';
            expect([state === 'credited', theirs]).toEqual([kept, theirs]);
          },
        ),
        { numRuns: runs, endOnFailure: true },
      );
      expect(ends.get('credited') ?? 0).toBeGreaterThan(0);
      expect((await auditLedger(ledger.owner)).differences).toEqual([]);
    },
    120_000,
  );
});
