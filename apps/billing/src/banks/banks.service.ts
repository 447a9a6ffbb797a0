import { DomainError } from '@peyk/contracts';
import { bankCodes } from '@peyk/contracts/billing';
import type { BankCode, BankDto, BankSwitchDto } from '@peyk/contracts/billing';
import { query } from '@peyk/database';
import { histogram } from '@peyk/platform';
import type { DataSource } from 'typeorm';
import type { Bank } from './bank';
import { Behpardakht } from './behpardakht/behpardakht.bank';
import type { BehpardakhtAccount } from './behpardakht/behpardakht.bank';
import { Zarinpal } from './zarinpal/zarinpal.bank';
import type { ZarinpalAccount } from './zarinpal/zarinpal.bank';

/** Our accounts at the banks; one without settings is off. */
export interface BankAccounts {
  readonly mellat?: BehpardakhtAccount;
  readonly zarinpal?: ZarinpalAccount;
}

/** A bank that hangs must not keep the program from its other work. */
const callsAtOnceMax = 16;
const bankColumns = 'code, title, enabled';

const seconds = histogram('bank_call_seconds', 'Time until a bank answered, or was given up', [
  'bank',
  'operation',
  'outcome',
]);

/** More calls of this bank are under way than it gets. */
export class BankBusyError extends Error {
  override readonly name = 'BankBusyError';
}

/** The banks of this installation. */
export class BanksService {
  private readonly drivers: ReadonlyMap<BankCode, Bank>;
  private readonly underWay = new Map<BankCode, number>();

  constructor(
    private readonly dataSource: DataSource,
    accounts: BankAccounts,
  ) {
    const drivers: Bank[] = [];
    if (accounts.mellat) drivers.push(new Behpardakht(accounts.mellat));
    if (accounts.zarinpal) drivers.push(new Zarinpal(accounts.zarinpal));
    this.drivers = new Map(drivers.map((driver) => [driver.code, driver]));
  }

  /** @param all those that are off too */
  async list(all: boolean): Promise<BankDto[]> {
    const rows = await query<Omit<BankDto, 'configured'>>(
      this.dataSource,
      `SELECT ${bankColumns} FROM banks ORDER BY place, code LIMIT 20`,
    );
    const banks = rows.map((row) => this.dto(row));
    return all ? banks : banks.filter(({ enabled, configured }) => enabled && configured);
  }

  async switch({ bank, enabled }: BankSwitchDto, by: string): Promise<BankDto> {
    const [row] = await query<Omit<BankDto, 'configured'>>(
      this.dataSource,
      `UPDATE banks SET enabled = $2, switched_by = $3, switched_at = now() WHERE code = $1 RETURNING ${bankColumns}`,
      [bank, enabled, by],
    );
    if (!row) throw new Error(`no bank ${bank}`);
    return this.dto(row);
  }

  /** For a new payment. @throws bank.unavailable when it is off, has no account, or has too much to do */
  async usable(code: BankCode): Promise<Bank> {
    const banks = await this.list(false);
    if (!banks.some((bank) => bank.code === code) || this.isBusy(code))
      throw new DomainError('bank.unavailable', { bank: code });
    return this.driver(code);
  }

  /** For a payment that was begun, whether it is off by now or not. @throws bank.unavailable without an account */
  driver(code: BankCode): Bank {
    const driver = this.drivers.get(code);
    if (!driver) throw new DomainError('bank.unavailable', { bank: code });
    return driver;
  }

  driverIfAny(code: BankCode): Bank | undefined {
    return this.drivers.get(code);
  }

  configured(): readonly BankCode[] {
    return bankCodes.filter((code) => this.drivers.has(code));
  }

  /** One call of a bank, counted and timed. @throws BankBusyError */
  async call<T>(
    bank: Bank,
    operation: 'request' | 'verify' | 'settle' | 'reverse' | 'inquire' | 'lost',
    act: () => Promise<T>,
    outcomeOf: (result: T) => string,
  ): Promise<T> {
    if (this.isBusy(bank.code)) throw new BankBusyError(`${bank.code} has ${callsAtOnceMax} calls under way`);
    this.underWay.set(bank.code, (this.underWay.get(bank.code) ?? 0) + 1);
    const began = performance.now();
    let outcome = 'error';
    try {
      const result = await act();
      outcome = outcomeOf(result);
      return result;
    } finally {
      this.underWay.set(bank.code, (this.underWay.get(bank.code) ?? 1) - 1);
      seconds.observe({ bank: bank.code, operation, outcome }, (performance.now() - began) / 1_000);
    }
  }

  private isBusy(code: BankCode): boolean {
    return (this.underWay.get(code) ?? 0) >= callsAtOnceMax;
  }

  private dto({ code, title, enabled }: Omit<BankDto, 'configured'>): BankDto {
    return { code, title, enabled, configured: this.drivers.has(code) };
  }
}
