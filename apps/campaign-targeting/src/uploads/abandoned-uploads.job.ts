import { Injectable } from '@nestjs/common';
import { RepeatingJob } from '@peyk/platform';
import { UploadsService } from './uploads.service';

const everyMs = 10 * 60_000;
const forgottenMaxPerRun = 100;

/** Forgets uploads that were given up. Any number of replicas may run it. */
@Injectable()
export class AbandonedUploadsJob extends RepeatingJob {
  constructor(private readonly uploads: UploadsService) {
    super(everyMs);
  }

  /** @returns how many were forgotten */
  async run(): Promise<number> {
    const forgotten = await this.steps(() => this.uploads.forgetAbandoned(), forgottenMaxPerRun);
    if (forgotten > 0) this.logger.log({ msg: 'abandoned uploads were forgotten', forgotten });
    return forgotten;
  }
}
