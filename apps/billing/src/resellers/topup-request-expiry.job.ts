import { Injectable } from '@nestjs/common';
import { RepeatingJob } from '@peyk/platform';
import { TopupRequestsService } from './topup-requests.service';

const everyMs = 60_000;
const stepsMax = 20;

/** Ends requests that no reseller decided. Any number of replicas may run it. */
@Injectable()
export class TopupRequestExpiryJob extends RepeatingJob {
  constructor(private readonly requests: TopupRequestsService) {
    super(everyMs);
  }

  async run(): Promise<void> {
    await this.steps(async () => (await this.requests.expireDue()) > 0, stepsMax);
  }
}
