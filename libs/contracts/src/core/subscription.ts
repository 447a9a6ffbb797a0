import type { EventContract } from './define';

/**
 * Who listens to what: one durable queue for each consumer purpose. Every program declares all of them when it starts,
 * so that an event sent before its consumer ever ran waits for it instead of vanishing.
 */
export interface Subscription<E extends readonly EventContract[] = readonly EventContract[]> {
  /** `<consumer-service>.<purpose>`. */
  readonly queue: string;
  readonly events: E;
  readonly why: string;
}

export function subscription<const E extends readonly unknown[]>(
  queue: string,
  events: E,
  why: string,
): { readonly queue: string; readonly events: E; readonly why: string } {
  return { queue, events, why };
}
