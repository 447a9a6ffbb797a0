import {
  DatabaseServiceConfig,
  EnvBool,
  EnvInt,
  EnvSealKeys,
  EnvString,
  EnvUrl,
  unsafeUrl,
} from '@peyk/platform';
import type { UnsafeSetting } from '@peyk/platform';

/** What identity reads from its environment. Every way of sending codes is off until it is configured. */
export class IdentityConfig extends DatabaseServiceConfig {
  @EnvSealKeys()
  readonly sealKeys!: string;

  @EnvString({
    key: 'HASH_SECRET',
    description:
      'Key of what identity only stores as a hash (national codes to be searched for, refresh tokens, API keys, codes); it stays',
    min: 32,
    secret: true,
  })
  readonly hashSecret!: string;

  @EnvString({
    key: 'SITE_NAME',
    description: 'Name of the site as it stands in messages to people',
    default: 'پیک',
    max: 40,
  })
  readonly siteName!: string;

  @EnvBool({
    key: 'CODES_BY_SMS',
    description: "Send one-time codes by SMS, over sms-gateway's SITE_LINE_ID",
    default: false,
  })
  readonly codesBySms!: boolean;

  @EnvString({
    key: 'CODES_DOMAIN',
    description: 'Domain of the panel: browsers there fill in the code of an SMS (WebOTP)',
    optional: true,
    max: 100,
  })
  readonly codesDomain?: string;

  @EnvUrl({
    key: 'BALE_API_URL',
    description: "Bale's bot API, without a slash at its end",
    schemes: ['http', 'https'],
    default: 'https://tapi.bale.ai',
  })
  readonly baleApiUrl!: string;

  @EnvString({
    key: 'BALE_BOT_TOKEN',
    description: 'Token of our Bale bot; without it there is none',
    optional: true,
    max: 200,
    secret: true,
  })
  readonly baleBotToken?: string;

  @EnvString({
    key: 'BALE_BOT_NAME',
    description: 'Username of our Bale bot, in the link that opens a chat with it',
    default: 'peyk_bot',
    max: 64,
  })
  readonly baleBotName!: string;

  @EnvUrl({
    key: 'SAFIR_URL',
    description: "Bale's service of one-time codes (Safir), without a slash at its end",
    schemes: ['http', 'https'],
    default: 'https://safir.bale.ai',
  })
  readonly safirUrl!: string;

  @EnvString({
    key: 'SAFIR_CLIENT_ID',
    description: 'Account at Safir; without it no codes are sent so',
    optional: true,
    max: 200,
  })
  readonly safirClientId?: string;

  @EnvString({
    key: 'SAFIR_CLIENT_SECRET',
    description: 'Its password',
    optional: true,
    max: 200,
    secret: true,
  })
  readonly safirClientSecret?: string;

  @EnvUrl({
    key: 'SMTP_URL',
    description: 'Server for e-mail, with user and password in it; without it there is none',
    schemes: ['smtp', 'smtps'],
    optional: true,
    secret: true,
  })
  readonly smtpUrl?: string;

  @EnvString({
    key: 'SMTP_FROM',
    description: 'Address that e-mail comes from',
    default: 'no-reply@localhost',
    max: 200,
  })
  readonly smtpFrom!: string;

  @EnvUrl({
    key: 'PUBLIC_URL',
    description:
      'Where people reach the gateway: banks send payers back there, so its domain must be registered with them',
    schemes: ['http', 'https'],
    default: 'http://127.0.0.1:8080',
  })
  readonly publicUrl!: string;

  @EnvInt({
    key: 'CONTACT_HOLD_HOURS',
    description:
      'So long after somebody else changed the mobile or e-mail of an account that is in use, no code goes to the new one, unless a second person of another role agrees',
    unit: 'h',
    default: 72,
    min: 1,
    max: 720,
  })
  readonly contactHoldHours!: number;

  @EnvInt({
    key: 'SESSION_IDLE_MINUTES',
    description: 'Without remember-me a session ends so long after its last use, the browser closed or not',
    unit: 'min',
    default: 120,
    min: 15,
    max: 12 * 60,
  })
  readonly sessionIdleMinutes!: number;

  /** Codes and chats go where they are configured to: never to a simulator, never readable. */
  override unsafeInProduction(): UnsafeSetting[] {
    const simulated = [
      ['BALE_BOT_TOKEN', this.baleBotToken],
      ['SAFIR_CLIENT_SECRET', this.safirClientSecret],
    ] as const;
    return [
      ...super.unsafeInProduction(),
      ...(this.baleBotToken ? unsafeUrl('BALE_API_URL', this.baleApiUrl) : []),
      ...(this.safirClientId ? unsafeUrl('SAFIR_URL', this.safirUrl) : []),
      ...simulated
        .filter(([, value]) => value?.endsWith('peyk-sim'))
        .map(([key]) => ({ key, reason: "is the simulator's" })),
    ];
  }
}
