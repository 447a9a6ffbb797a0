import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { RepeatingJob } from '@peyk/platform';
import { BaleLinks } from './bale/bale-links.service';
import { OneTimeCodes } from './codes/one-time-codes';
import { ContactNoticesJob } from './contacts/contact-notices.job';
import { ImportsService } from './imports/imports.service';
import { SigningKeysService } from './keys/signing-keys.service';
import { ApiKeysService } from './api-keys/api-keys.service';
import { SessionsService } from './sessions/sessions.service';
import { FirstPasswords } from './passwords/first-passwords';
import { AddressThrottle } from './sign-in-safety/address-throttle';
import { KnownDevices } from './sign-in-safety/known-devices';
import { SignInHistory } from './sign-in-safety/sign-in-history';
import { SignInThrottle } from './sign-in-safety/sign-in-throttle';

const everyMs = 60_000;
/** Of some hundred rows each. */
const stepsMaxPerRun = 1_000;

/** One kind of row, in bounded statements until nothing is left or the program stops. */
class HousekeepingDuty extends RepeatingJob {
  protected override readonly logger: Logger;

  constructor(
    name: string,
    private readonly rows: () => Promise<number>,
  ) {
    super(everyMs);
    this.logger = new Logger(`Housekeeping: ${name}`);
  }

  run(): Promise<number> {
    return this.steps(async () => (await this.rows()) > 0, stepsMaxPerRun);
  }
}

/**
 * Once a minute, in each replica: what has run out ends, what is old is forgotten. Each kind has a clock of its own: one
 * that fails or lasts keeps no other from its turn.
 */
@Injectable()
export class HousekeepingJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly duties: readonly HousekeepingDuty[];

  constructor(
    sessions: SessionsService,
    throttle: SignInThrottle,
    addresses: AddressThrottle,
    devices: KnownDevices,
    history: SignInHistory,
    firstPasswords: FirstPasswords,
    apiKeys: ApiKeysService,
    imports: ImportsService,
    codes: OneTimeCodes,
    bale: BaleLinks,
    contacts: ContactNoticesJob,
    keys: SigningKeysService,
  ) {
    const kinds: Readonly<Record<string, () => Promise<number>>> = {
      'expired sessions': () => sessions.endExpired(),
      'ended sessions': () => sessions.forgetEnded(),
      'failed tries': () => throttle.forgetOld(),
      'failures of addresses': () => addresses.forgetOld(),
      devices: () => devices.forgetOld(),
      'sign-ins': () => history.forgetOld(),
      'first passwords': () => firstPasswords.forgetOld(),
      'API keys': () => apiKeys.forgetRevoked(),
      imports: () => imports.forgetOld(),
      codes: () => codes.forgetOld(),
      'budgets of codes': () => codes.forgetBudgets(),
      'Bale links': () => bale.forgetOld(),
      'contact changes': () => contacts.forgetOld(),
      'signing keys': () => keys.rotate(),
    };
    this.duties = Object.entries(kinds).map(([name, rows]) => new HousekeepingDuty(name, rows));
  }

  onApplicationBootstrap(): void {
    for (const duty of this.duties) duty.onApplicationBootstrap();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.duties.map((duty) => duty.onModuleDestroy()));
  }

  /** Every kind once, now. @throws the first failure, when all had their turn */
  async run(): Promise<void> {
    const done = await Promise.allSettled(this.duties.map((duty) => duty.run()));
    const failed = done.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }
}
