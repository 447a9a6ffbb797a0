import { ConfigError, EnvEnum, EnvInt, EnvString, logLevels } from '@peyk/platform';
import type { LogLevelName } from '@peyk/platform';
import { InvalidInput, parseAccounts } from './operator/settings';
import type { AccountSettings } from './operator/settings';

/** The operator of the demo: 1,000 parts/s, eight binds, receipts within three seconds. Its password is no secret. */
const DEMO_ACCOUNTS = JSON.stringify([
  {
    systemId: 'peyk',
    password: 'peyk-sim',
    maxBinds: 8,
    partsPerSecond: 1_000,
    latencyMs: 5,
    receipts: {
      delayMs: { min: 200, max: 3_000 },
      mix: { DELIVRD: 94, UNDELIV: 3, EXPIRED: 2, REJECTD: 1 },
    },
  },
]);

/** What the program reads from its environment. */
export class SimulatorsConfig {
  @EnvEnum({
    key: 'LOG_LEVEL',
    description: 'Least level that is logged',
    values: logLevels,
    default: 'info',
  })
  readonly logLevel!: LogLevelName;

  @EnvString({
    key: 'SIM_HOST',
    description: 'Address all ports listen on; the HTTP face has no password',
    default: '127.0.0.1',
  })
  readonly host!: string;

  @EnvInt({ key: 'SIM_SMPP_PORT', description: 'Port of the SMSC', min: 0, max: 65_535, default: 2_775 })
  readonly smppPort!: number;

  @EnvInt({ key: 'SIM_HTTP_PORT', description: 'Port of the HTTP face', min: 0, max: 65_535, default: 2_780 })
  readonly httpPort!: number;

  @EnvString({
    key: 'SIM_ACCOUNTS',
    description: 'JSON array of accounts: systemId, password and any setting of apps/simulators/README.md',
    max: 100_000,
    default: DEMO_ACCOUNTS,
  })
  readonly accountsJson!: string;

  @EnvInt({
    key: 'SIM_BALE_PORT',
    description: 'Port of Bale and Safir',
    min: 0,
    max: 65_535,
    default: 2_781,
  })
  readonly balePort!: number;

  @EnvInt({ key: 'SIM_SMTP_PORT', description: 'Port of the mailbox', min: 0, max: 65_535, default: 2_782 })
  readonly smtpPort!: number;

  @EnvString({
    key: 'SIM_BALE_TOKEN',
    description: 'Token of the bot at the simulated Bale; no secret',
    default: '1:peyk-sim',
  })
  readonly baleToken!: string;

  @EnvInt({
    key: 'SIM_MELLAT_PORT',
    description: 'Port of Bank Mellat (Behpardakht); 0: any free one, which GET /banks tells',
    min: 0,
    max: 65_535,
    default: 0,
  })
  readonly mellatPort!: number;

  @EnvInt({
    key: 'SIM_ZARINPAL_PORT',
    description: 'Port of Zarinpal; 0: any free one, which GET /banks tells',
    min: 0,
    max: 65_535,
    default: 0,
  })
  readonly zarinpalPort!: number;

  @EnvString({
    key: 'SIM_MELLAT_TERMINAL',
    description: 'Terminal at the simulated Bank Mellat, digits',
    min: 1,
    max: 18,
    default: '1234567',
  })
  readonly mellatTerminal!: string;

  @EnvString({
    key: 'SIM_MELLAT_USER',
    description: 'User of that terminal',
    min: 1,
    max: 100,
    default: 'peyk',
  })
  readonly mellatUser!: string;

  @EnvString({
    key: 'SIM_MELLAT_PASSWORD',
    description: 'Its password; no secret',
    min: 1,
    max: 100,
    default: 'peyk-sim',
  })
  readonly mellatPassword!: string;

  @EnvString({
    key: 'SIM_ZARINPAL_MERCHANTS',
    description:
      'merchant_ids at the simulated Zarinpal, 36 characters each, with commas between; no secrets',
    min: 36,
    max: 1_000,
    default: '00000000-0000-4000-8000-000000000001',
  })
  readonly zarinpalMerchants!: string;

  @EnvString({
    key: 'SIM_BANK_DOMAINS',
    description: "The merchant's registered domains, with commas between; callbacks go nowhere else",
    min: 1,
    max: 1_000,
    default: 'localhost,127.0.0.1',
  })
  readonly bankDomains!: string;
}

/** The operator's accounts in SIM_ACCOUNTS. @throws ConfigError */
export function accountsOf({ accountsJson }: Pick<SimulatorsConfig, 'accountsJson'>): {
  systemId: string;
  settings: AccountSettings;
}[] {
  try {
    return parseAccounts(JSON.parse(accountsJson));
  } catch (error: unknown) {
    const reason = error instanceof InvalidInput ? error.message : 'is not JSON';
    throw new ConfigError([{ key: 'SIM_ACCOUNTS', reason }]);
  }
}
