import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { TargetingConfig } from '../config';
import { ListReader } from './list.reader';

/** Lists of a dead replica, or closed while this one was busy elsewhere, are found so often. */
const pollMs = 1_000;

/** Reads uploaded files and combined lists, at most FILE_READINGS_MAX at once. The queue itself is the state `reading` in the database. */
@Injectable()
export class ReadingQueue implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(ReadingQueue.name);
  private readonly stopping = new AbortController();
  private readonly readers = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly reader: ListReader,
    private readonly config: TargetingConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.poke(), pollMs);
    this.timer.unref();
  }

  /** There may be something to read. */
  poke(): void {
    if (this.stopping.signal.aborted || this.readers.size >= this.config.fileReadingsMax) return;
    const reader = this.readAll()
      .catch((error: unknown) => {
        this.logger.warn({ msg: 'no list was read; the next poll tries again', err: error });
      })
      .finally(() => this.readers.delete(reader));
    this.readers.add(reader);
  }

  /** What is being read is given back, so that another replica begins it at once. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await Promise.all(this.readers);
  }

  private async readAll(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const list = await this.reader.claim();
      if (!list) return;
      await this.reader.read(list, this.stopping.signal);
    }
  }
}
