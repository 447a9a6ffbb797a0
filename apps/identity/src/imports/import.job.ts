import { Injectable } from '@nestjs/common';
import { RepeatingJob } from '@peyk/platform';
import { ImportRunner } from './import-runner';

const everyMs = 1_000;
const batchesMaxPerRun = 10_000;

/** Takes imports further, one at a time in each replica. The queue itself is their state in the database. */
@Injectable()
export class ImportJob extends RepeatingJob {
  constructor(private readonly runner: ImportRunner) {
    super(everyMs);
  }

  async run(): Promise<void> {
    const claimed = await this.runner.claim();
    if (!claimed) return;
    const batches = this.runner.run(claimed);
    try {
      await this.steps(async () => !(await batches.next()).done, batchesMaxPerRun);
    } finally {
      // The program stops: another replica goes on.
      await batches.return(undefined);
    }
    // Others may be waiting.
    this.poke();
  }
}
