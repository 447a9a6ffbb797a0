import { DatabaseServiceConfig, EnvInt, EnvSealKeys, EnvString } from '@peyk/platform';

export class SmsGatewayConfig extends DatabaseServiceConfig {
  @EnvSealKeys()
  readonly sealKeys!: string;

  @EnvInt({
    key: 'SMS_LOOKAHEAD_MESSAGES',
    description: 'Messages of a send that are written to the table ahead of what the link can take',
    default: 20_000,
    min: 1_000,
    max: 1_000_000,
    unit: 'messages',
  })
  lookaheadMessages!: number;

  @EnvInt({
    key: 'DATABASE_DISPATCH_POOL_MAX',
    description:
      'Connections beside DATABASE_POOL_MAX that only dispatch, heartbeats of workers and events on their way out take',
    unit: 'connections',
    default: 8,
    min: 2,
    max: 50,
  })
  databaseDispatchPoolMax!: number;

  @EnvInt({
    key: 'SMS_LATE_MINUTES',
    description:
      'How late a send may still begin when the platform was away at its time; later it ends as missed. Hours in which its line does not send do not count',
    default: 60,
    min: 1,
    max: 1_440,
    unit: 'min',
  })
  lateMinutes!: number;

  @EnvInt({
    key: 'SMS_DEARER_PERCENT',
    description:
      'A scheduled send or occurrence that became dearer by more than so much is marked in its report',
    default: 10,
    min: 0,
    max: 1_000,
    unit: '%',
  })
  dearerPercent!: number;

  @EnvInt({
    key: 'SMS_MESSAGES_KEEP_DAYS',
    description:
      'How long single messages are kept after the month of their send; then a report says that they are gone, counts and costs stay',
    default: 400,
    min: 93,
    max: 3_650,
    unit: 'days',
  })
  messagesKeepDays!: number;

  @EnvInt({
    key: 'SMS_SENDS_KEEP_DAYS',
    description: 'How long a send is kept after its end, once its messages are gone',
    default: 1_830,
    min: 400,
    max: 36_500,
    unit: 'days',
  })
  sendsKeepDays!: number;

  @EnvInt({
    key: 'SMS_INBOX_KEEP_DAYS',
    description: 'How long received messages are kept',
    default: 730,
    min: 30,
    max: 36_500,
    unit: 'days',
  })
  inboxKeepDays!: number;

  @EnvString({
    key: 'SIM_SMPP_HOST',
    description: 'Where the demo link of the seed points to',
    default: '127.0.0.1',
  })
  demoSmppHost!: string;

  @EnvInt({
    key: 'SIM_SMPP_PORT',
    description: 'Port of the demo link of the seed',
    default: 2775,
    min: 1,
    max: 65_535,
  })
  demoSmppPort!: number;

  @EnvInt({
    key: 'DEMO_PARTS_PER_SECOND',
    description: 'Contract of the demo link when the seed first makes it',
    default: 1_000,
    min: 0,
    max: 100_000,
    unit: 'parts/s',
  })
  demoPartsPerSecond!: number;

  @EnvString({
    key: 'SITE_ACCOUNT_ID',
    description: "Account whose line and wallet the platform's own messages (one-time codes) go over",
    default: '0198f000-0000-7000-8000-000000000001',
    min: 36,
    max: 36,
  })
  siteAccountId!: string;

  @EnvString({
    key: 'SITE_LINE_ID',
    description: 'Service line of that account',
    default: '0198f000-0000-7000-8000-0000000000e1',
    min: 36,
    max: 36,
  })
  siteLineId!: string;
}

/** Injection token of the configuration. */
export const SMS_CONFIG = Symbol('sms-gateway config');
