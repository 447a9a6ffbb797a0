import { Injectable } from '@nestjs/common';
import { RepeatingJob } from '@peyk/platform';
import { ListDeletion } from './list-deletion';
import { ListEraser } from './list-eraser';

const everyMs = 30_000;
const listsMaxPerRun = 1_000;

/** Ends what a deletion began: settles those that were broken off, and erases what was deleted. Any replica may run it. */
@Injectable()
export class ListDeletionJob extends RepeatingJob {
  constructor(
    private readonly deletion: ListDeletion,
    private readonly eraser: ListEraser,
  ) {
    super(everyMs);
    deletion.onDeleted = () => this.poke();
  }

  /** @returns how many lists were erased */
  async run(): Promise<number> {
    await this.steps(() => this.deletion.settleNext(), listsMaxPerRun);
    const erased = await this.steps(() => this.eraser.eraseNext(), listsMaxPerRun);
    if (erased > 0) this.logger.log({ msg: 'deleted lists were erased', erased });
    return erased;
  }
}
