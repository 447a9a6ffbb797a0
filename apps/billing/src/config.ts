import { DatabaseServiceConfig, EnvInt, EnvString, EnvUrl, unsafeUrl } from '@peyk/platform';
import type { UnsafeSetting } from '@peyk/platform';

export class BillingConfig extends DatabaseServiceConfig {
  @EnvUrl({
    key: 'PUBLIC_URL',
    description:
      'Where people reach the gateway: banks send payers back there, so its domain must be registered with them',
    schemes: ['http', 'https'],
    default: 'http://127.0.0.1:8080',
  })
  readonly publicUrl!: string;

  @EnvInt({
    key: 'TOPUP_MIN_RIALS',
    description: 'Least top-up through a bank',
    unit: 'Rial',
    default: 100_000,
    min: 1_000,
    max: 1_000_000_000,
  })
  readonly topupMinRials!: number;

  @EnvInt({
    key: 'TOPUP_MAX_RIALS',
    description: 'Greatest top-up through a bank',
    unit: 'Rial',
    default: 1_000_000_000,
    min: 1_000,
    max: 100_000_000_000,
  })
  readonly topupMaxRials!: number;

  @EnvUrl({
    key: 'MELLAT_WSDL_URL',
    description: 'Web service of Behpardakht Mellat',
    schemes: ['http', 'https'],
    default: 'https://bpm.shaparak.ir/pgwchannel/services/pgw?wsdl',
  })
  readonly mellatWsdlUrl!: string;

  @EnvUrl({
    key: 'MELLAT_START_URL',
    description: 'Payment page of Behpardakht Mellat',
    schemes: ['http', 'https'],
    default: 'https://bpm.shaparak.ir/pgwchannel/startpay.mellat',
  })
  readonly mellatStartUrl!: string;

  @EnvString({
    key: 'MELLAT_TERMINAL_ID',
    description: 'Our terminal at Behpardakht Mellat; without it, user and password this bank is off',
    optional: true,
    max: 19,
  })
  readonly mellatTerminalId?: string;

  @EnvString({ key: 'MELLAT_USER', description: 'Its user', optional: true, max: 100 })
  readonly mellatUser?: string;

  @EnvString({ key: 'MELLAT_PASSWORD', description: 'Its password', optional: true, max: 100, secret: true })
  readonly mellatPassword?: string;

  @EnvUrl({
    key: 'ZARINPAL_URL',
    description: 'Zarinpal, for programs and payers',
    schemes: ['http', 'https'],
    default: 'https://payment.zarinpal.com',
  })
  readonly zarinpalUrl!: string;

  @EnvString({
    key: 'ZARINPAL_MERCHANT_ID',
    description: 'Our merchant_id at Zarinpal; without it this bank is off',
    optional: true,
    min: 36,
    max: 36,
    secret: true,
  })
  readonly zarinpalMerchantId?: string;

  /** Real money: of a bank that is on, nothing may be simulated or readable on the way. */
  override unsafeInProduction(): UnsafeSetting[] {
    const hasMellat = this.mellatTerminalId && this.mellatUser && this.mellatPassword;
    return [
      ...super.unsafeInProduction(),
      ...(hasMellat || this.zarinpalMerchantId ? unsafeUrl('PUBLIC_URL', this.publicUrl) : []),
      ...(hasMellat
        ? [
            ...unsafeUrl('MELLAT_WSDL_URL', this.mellatWsdlUrl),
            ...unsafeUrl('MELLAT_START_URL', this.mellatStartUrl),
          ]
        : []),
      ...(this.mellatPassword === 'peyk-sim'
        ? [{ key: 'MELLAT_PASSWORD', reason: "is the simulator's" }]
        : []),
      ...(this.zarinpalMerchantId ? unsafeUrl('ZARINPAL_URL', this.zarinpalUrl) : []),
    ];
  }
}
