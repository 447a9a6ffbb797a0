import { dispatchWork, smsWorkersRpc } from '@peyk/contracts/sms';
import type { HeartbeatAnswerDto, HeartbeatDto, OutcomeBatchDto } from '@peyk/contracts/sms';
import { cameStraight, exchanges, outcomesQueue, publishWork, readWork } from '@peyk/messaging';
import type { ConsumeMessage, MessagingRuntime } from '@peyk/messaging';
import type { DispatchBroker, WorkHandler } from './dispatch.broker';

/** The world over RabbitMQ. */
export class RabbitBroker implements DispatchBroker {
  epoch = 0;
  private wasConnected = false;

  constructor(private readonly runtime: MessagingRuntime) {}

  /** Asked many times a second while there are links, so that no loss goes unseen. */
  get connected(): boolean {
    const { connected } = this.runtime.broker;
    if (connected && !this.wasConnected) this.epoch += 1;
    this.wasConnected = connected;
    return connected;
  }

  heartbeat(beat: HeartbeatDto): Promise<HeartbeatAnswerDto> {
    return this.runtime.rpc.call(smsWorkersRpc.heartbeat, beat, 'service');
  }

  publishOutcomes(batch: OutcomeBatchDto): Promise<void> {
    return publishWork(this.runtime, dispatchWork.outcomes, outcomesQueue, batch);
  }

  async consume(queue: string, handler: WorkHandler): Promise<{ cancel(): Promise<void> }> {
    let isCancelled = false;
    await this.runtime.broker.ready();
    const wrapper = this.runtime.broker.open(`consume ${queue}`, async (channel) => {
      if (isCancelled) return;
      this.epoch += 1;
      // Nothing is acknowledged: sms-gateway bounds what is here, and its database is the truth of what was given out.
      await channel.assertQueue(queue, { exclusive: true, autoDelete: true, durable: false });
      await channel.bindQueue(queue, exchanges.work, queue);
      await channel.consume(
        queue,
        (message) => {
          if (message) this.onMessage(queue, message, handler);
          else if (!isCancelled) channel.emit('error', new Error('consumer was cancelled by RabbitMQ'));
        },
        { noAck: true },
      );
    });
    await wrapper.waitForConnect();
    return {
      cancel: async () => {
        isCancelled = true;
        await wrapper.close().catch(() => undefined);
      },
    };
  }

  private onMessage(queue: string, message: ConsumeMessage, handler: WorkHandler): void {
    try {
      if (!cameStraight(message, queue, [queue])) throw new Error('came another way than its sender may use');
      switch (message.properties.type) {
        case dispatchWork.batch.name:
          handler.onBatch(readWork(dispatchWork.batch, message.content));
          return;
        case dispatchWork.withdraw.name:
          handler.onWithdraw(readWork(dispatchWork.withdraw, message.content));
          return;
      }
    } catch (error) {
      // It stays given to this session and comes back to the queue when the session ends.
      this.runtime.logger.error(
        { err: error, messageId: String(message.properties.messageId) },
        'unreadable work',
      );
    }
  }
}
