import type { DispatchBatchDto, HeartbeatAnswerDto, HeartbeatDto, WithdrawDto } from '@peyk/contracts/sms';
import type { OutcomeSink } from './outcomes/outcome.publisher';

export interface WorkHandler {
  onBatch(batch: DispatchBatchDto): void;
  onWithdraw(withdraw: WithdrawDto): void;
}

/** All that a session needs of the world on our side; the tests put a gateway of their own in its place. */
export interface DispatchBroker extends OutcomeSink {
  /** Grows with each connection. What was granted over an earlier one is not ours any more. */
  readonly epoch: number;
  heartbeat(beat: HeartbeatDto): Promise<HeartbeatAnswerDto>;
  /**
   * Declares the session's own queue and consumes it, again after each reconnect; resolves when it first does. What a
   * lost connection held in the queue is gone: sms-gateway publishes it again.
   */
  consume(queue: string, handler: WorkHandler): Promise<{ cancel(): Promise<void> }>;
}
