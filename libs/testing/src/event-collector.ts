import { parseDto } from '@peyk/contracts';
import type { EventContract } from '@peyk/contracts';
import { exchanges } from '@peyk/messaging';
import type { ConsumeMessage, MessagingRuntime, OpenChannel } from '@peyk/messaging';
import { eventually } from './eventually';

export interface CollectedEvent {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Keeps every event of some names that is published from now on, in a queue that goes away with the connection. */
export class EventCollector {
  readonly events: CollectedEvent[] = [];
  /** Payloads that were checked already, by event: specs look again and again. */
  private readonly checked = new WeakMap<CollectedEvent, object>();
  private channel: OpenChannel | undefined;

  private constructor() {}

  /** `names` are routing keys: `sms.send.accepted`, `sms.#`. Publishing may begin when this resolves. */
  static async start(
    runtime: MessagingRuntime,
    names: readonly string[],
    exchange: string = exchanges.events,
  ): Promise<EventCollector> {
    const collector = new EventCollector();
    collector.channel = runtime.broker.open('event collector', async (channel) => {
      const { queue } = await channel.assertQueue('', { exclusive: true });
      for (const name of names) await channel.bindQueue(queue, exchange, name);
      await channel.consume(queue, (message) => message && collector.keep(message), { noAck: true });
    });
    await collector.channel.waitForConnect();
    return collector;
  }

  /** Payloads of one event so far, checked against its contract. */
  of<P extends object>(contract: EventContract<P>): P[] {
    return this.events
      .filter(({ name }) => name === contract.name)
      .map((event) => {
        const known = this.checked.get(event);
        if (known) return known as P;
        const payload = parseDto(contract.payload, event.payload, { unknownFields: 'refuse' });
        this.checked.set(event, payload);
        return payload;
      });
  }

  /** The first of an event that `matches`; waits for it, at most 10 s. */
  next<P extends object>(
    contract: EventContract<P>,
    matches: (payload: P) => boolean = () => true,
  ): Promise<P> {
    return eventually(() => {
      const found = this.of(contract).find(matches);
      if (!found) throw new Error(`${contract.name} did not come`);
      return found;
    });
  }

  async stop(): Promise<void> {
    await this.channel?.close();
  }

  private keep(message: ConsumeMessage): void {
    this.events.push({
      id: String(message.properties.messageId),
      name: String(message.properties.type),
      payload: JSON.parse(message.content.toString()),
      headers: message.properties.headers ?? {},
    });
  }
}
