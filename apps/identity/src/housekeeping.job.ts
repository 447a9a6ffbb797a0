import { Injectable } from '@nestjs/common';
import { RepeatingJob } from '@peyk/platform';
import { BaleLinks } from './bale/bale-links.service';
import { OneTimeCodes } from './codes/one-time-codes';
import { ImportsService } from './imports/imports.service';
import { SigningKeysService } from './keys/signing-keys.service';
import { ApiKeysService } from './api-keys/api-keys.service';
import { SessionsService } from './sessions/sessions.service';
import { FirstPasswords } from './passwords/first-passwords';
import { AddressThrottle } from './sign-in/address-throttle';
import { KnownDevices } from './sign-in/known-devices';
import { SignInHistory } from './sign-in/sign-in-history';
import { SignInThrottle } from './sign-in/sign-in-throttle';

const everyMs = 60_000;
/** Of some hundred rows each. */
const stepsMaxPerRun = 1_000;

/** Once a minute, in each replica: what has run out ends, what is old is forgotten. */
@Injectable()
export class HousekeepingJob extends RepeatingJob {
  constructor(
    private readonly sessions: SessionsService,
    private readonly throttle: SignInThrottle,
    private readonly addresses: AddressThrottle,
    private readonly devices: KnownDevices,
    private readonly history: SignInHistory,
    private readonly firstPasswords: FirstPasswords,
    private readonly apiKeys: ApiKeysService,
    private readonly imports: ImportsService,
    private readonly codes: OneTimeCodes,
    private readonly bale: BaleLinks,
    private readonly keys: SigningKeysService,
  ) {
    super(everyMs);
  }

  /** Each kind of work goes on in bounded statements until nothing is left, or the program stops. */
  async run(): Promise<void> {
    const kinds = [
      () => this.sessions.endExpired(),
      () => this.sessions.forgetEnded(),
      () => this.throttle.forgetOld(),
      () => this.addresses.forgetOld(),
      () => this.devices.forgetOld(),
      () => this.history.forgetOld(),
      () => this.firstPasswords.forgetOld(),
      () => this.apiKeys.forgetRevoked(),
      () => this.imports.forgetOld(),
      () => this.codes.forgetOld(),
      () => this.codes.forgetBudgets(),
      () => this.bale.forgetOld(),
      () => this.keys.rotate(),
    ];
    for (const rows of kinds) await this.steps(async () => (await rows()) > 0, stepsMaxPerRun);
  }
}
