import { DomainError } from '@peyk/contracts';
import type { HeartbeatAnswerDto, HeartbeatDto } from '@peyk/contracts/sms';

interface Waiting {
  readonly beat: HeartbeatDto;
  readonly resolve: (answer: HeartbeatAnswerDto) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Heartbeats of all workers, decided one at a time: they would wait for one lock in the database anyway, each on a
 * connection. A worker sends its next one only when it has given up the last, so of each only the newest waits, at the
 * place of the one that it replaces. Otherwise a moment of overload would not end: all answers would come too late, and
 * ever more that nobody waits for would be decided first.
 */
export class HeartbeatQueue {
  /** By session, in turn. */
  private readonly waiting = new Map<string, Waiting>();
  private isDeciding = false;

  constructor(private readonly decide: (beat: HeartbeatDto) => Promise<HeartbeatAnswerDto>) {}

  /** What `decide` answers; throws service.unavailable when a newer one of the session came before its turn. */
  add(beat: HeartbeatDto): Promise<HeartbeatAnswerDto> {
    return new Promise((resolve, reject) => {
      this.waiting.get(beat.sessionId)?.reject(new DomainError('service.unavailable'));
      this.waiting.set(beat.sessionId, { beat, resolve, reject });
      void this.decideAll();
    });
  }

  private async decideAll(): Promise<void> {
    if (this.isDeciding) return;
    this.isDeciding = true;
    for (let first = this.next(); first; first = this.next())
      await this.decide(first.beat).then(first.resolve, first.reject);
    this.isDeciding = false;
  }

  private next(): Waiting | undefined {
    for (const [sessionId, first] of this.waiting) {
      this.waiting.delete(sessionId);
      return first;
    }
    return undefined;
  }
}
