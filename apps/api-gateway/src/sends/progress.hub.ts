import { Controller, Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { smsEvents } from '@peyk/contracts/sms';
import type { SendProgressedDto } from '@peyk/contracts/sms';
import { HandleLive } from '@peyk/messaging';

type Listener = (progress: SendProgressedDto) => void;

/** Live progress of sends, to whoever watches one at this replica. */
@Injectable()
export class ProgressHub implements OnModuleDestroy {
  private readonly watchers = new Map<string, Set<Listener>>();
  private readonly closing = new AbortController();

  /** Aborts when the program stops: the streams end, and their clients come back to another replica. */
  get stopping(): AbortSignal {
    return this.closing.signal;
  }

  get watched(): number {
    return this.watchers.size;
  }

  /** Answers the function that ends it. */
  watch(sendId: string, listener: Listener): () => void {
    const listeners = this.watchers.get(sendId) ?? new Set();
    this.watchers.set(sendId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.watchers.get(sendId) === listeners) this.watchers.delete(sendId);
    };
  }

  tell(progress: SendProgressedDto): void {
    for (const listener of this.watchers.get(progress.sendId) ?? []) listener(progress);
  }

  onModuleDestroy(): void {
    this.closing.abort();
  }
}

@Controller()
export class ProgressListener {
  constructor(private readonly hub: ProgressHub) {}

  @HandleLive(smsEvents.sendProgressed)
  async onSendProgressed(progress: SendProgressedDto): Promise<void> {
    this.hub.tell(progress);
  }
}
