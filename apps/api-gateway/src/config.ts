import { EnvBool, EnvInt, EnvString, EnvUrl, ServiceConfig } from '@peyk/platform';
import type { UnsafeSetting } from '@peyk/platform';

export class GatewayConfig extends ServiceConfig {
  @EnvString({ key: 'HOST', description: 'Address on which HTTP is answered', default: '127.0.0.1' })
  readonly host!: string;

  @EnvInt({ key: 'PORT', description: 'Port of HTTP', default: 8080, min: 0, max: 65_535 })
  readonly port!: number;

  @EnvBool({
    key: 'PUBLIC_HTTPS',
    description: 'People reach the gateway over https: the cookie is Secure and HSTS is sent',
    default: false,
  })
  readonly publicHttps!: boolean;

  @EnvUrl({
    key: 'PANEL_URL',
    description:
      'Address of the panel, where people go back to after a payment; without it, this gateway itself',
    schemes: ['http', 'https'],
    optional: true,
  })
  readonly panelUrl?: string;

  @EnvString({
    key: 'TRUST_PROXY',
    description:
      'Addresses or networks of reverse proxies, parted by commas, whose X-Forwarded-* headers are believed',
    optional: true,
    max: 1_000,
  })
  readonly trustProxy?: string;

  @EnvInt({
    key: 'UPLOAD_MAX_BYTES',
    description: 'Largest recipient file',
    unit: 'bytes',
    default: 128 * 1024 * 1024,
    min: 1_024,
    max: 4 * 1024 * 1024 * 1024,
  })
  readonly uploadMaxBytes!: number;

  @EnvInt({
    key: 'RATE_ACCOUNT_PER_MINUTE',
    description: 'Requests of one account; as many at once at most',
    unit: 'requests/min',
    default: 6_000,
    min: 1,
    max: 10_000_000,
  })
  readonly rateAccountPerMinute!: number;

  @EnvInt({
    key: 'RATE_ADDRESS_PER_MINUTE',
    description: 'Requests without a session, and refused tokens, of one address (IPv6: of one /64)',
    unit: 'requests/min',
    default: 600,
    min: 1,
    max: 10_000_000,
  })
  readonly rateAddressPerMinute!: number;

  @EnvInt({
    key: 'RATE_SESSIONS_PER_MINUTE',
    description: 'Sign-in, refresh and sign-out of one address (IPv6: of one /64)',
    unit: 'requests/min',
    default: 60,
    min: 1,
    max: 10_000_000,
  })
  readonly rateSessionsPerMinute!: number;

  @EnvInt({
    key: 'STREAMS_PER_ACCOUNT',
    description: 'Live progress streams of one account open at once, a replica',
    default: 10,
    min: 1,
    max: 1_000,
  })
  readonly streamsPerAccount!: number;

  @EnvInt({
    key: 'TRANSFERS_PER_ACCOUNT',
    description: 'Uploads and CSV downloads of one account at once, a replica',
    default: 4,
    min: 1,
    max: 1_000,
  })
  readonly transfersPerAccount!: number;

  @EnvString({
    key: 'SUPPORT_PHONE',
    description:
      'Telephone of the support, shown on public pages and where people are sent there; without it, none',
    optional: true,
    max: 40,
  })
  readonly supportPhone?: string;

  @EnvString({
    key: 'SUPPORT_EMAIL',
    description: 'E-mail of the support, shown as SUPPORT_PHONE is',
    optional: true,
    max: 254,
  })
  readonly supportEmail?: string;

  @EnvString({
    key: 'SUPPORT_ADDRESS',
    description: 'Postal address, shown as SUPPORT_PHONE is',
    optional: true,
    max: 300,
  })
  readonly supportAddress?: string;

  @EnvString({
    key: 'SUPPORT_HOURS',
    description: 'When the support answers, in words, shown as SUPPORT_PHONE is',
    optional: true,
    max: 200,
  })
  readonly supportHours?: string;

  override unsafeInProduction(): UnsafeSetting[] {
    const { publicHttps, trustProxy, panelUrl } = this;
    const proxies = (trustProxy ?? '').split(',').map((entry) => entry.trim());
    return [
      ...super.unsafeInProduction(),
      ...(publicHttps && !trustProxy
        ? [
            {
              key: 'TRUST_PROXY',
              reason:
                'must name the proxy where PUBLIC_HTTPS ends, or everybody is one address to the limits',
            },
          ]
        : []),
      ...(proxies.some((entry) => /\/0$/.test(entry))
        ? [{ key: 'TRUST_PROXY', reason: 'believes everybody: anyone could say any address' }]
        : []),
      ...(publicHttps && panelUrl?.startsWith('http:')
        ? [{ key: 'PANEL_URL', reason: 'must begin with https:// where PUBLIC_HTTPS is true' }]
        : []),
    ];
  }
}
