import { RateLimiter, Slots } from './rate-limiter';
import type { GatewayConfig } from '../config';

/** What one account or address may ask of this replica. */
export class Limits {
  readonly account: RateLimiter;
  readonly address: RateLimiter;
  readonly sessions: RateLimiter;
  readonly apiKey: RateLimiter;
  readonly streams: Slots;
  readonly transfers: Slots;

  constructor(config: GatewayConfig) {
    this.account = new RateLimiter(config.rateAccountPerMinute);
    this.address = new RateLimiter(config.rateAddressPerMinute);
    this.sessions = new RateLimiter(config.rateSessionsPerMinute);
    // A key may not more than its account, but less.
    this.apiKey = new RateLimiter(config.rateAccountPerMinute);
    this.streams = new Slots(config.streamsPerAccount);
    this.transfers = new Slots(config.transfersPerAccount);
  }
}
