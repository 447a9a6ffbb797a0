import { Injectable } from '@nestjs/common';
import { smsEvents } from '@peyk/contracts/sms';
import type { AdministeredDto } from '@peyk/contracts/sms';
import { Outbox } from '@peyk/messaging';
import type { EntityManager } from 'typeorm';

export interface Administered {
  /** `<noun>.<past verb>`; the panel has words for it (parts/audit of the panel). */
  readonly action: string;
  /** Account id of the administrator. */
  readonly by: string;
  /** Whom it concerns. */
  readonly customerId?: string | null;
  readonly reason?: string;
  /** Names the thing that it was done to; stands on both sides. */
  readonly on?: Readonly<Record<string, unknown>>;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

/** What administrators do with links, lines, sends and opt-outs, for the audit log of identity (IDN-221). */
@Injectable()
export class AdministrationLog {
  constructor(private readonly outbox: Outbox) {}

  /** Sent when the transaction commits. `thing`: `link:<id>`; what is said of it stays in order. */
  async record(tx: EntityManager, thing: string, done: Administered): Promise<void> {
    const { action, by, customerId = null, reason = null, on = {}, before = {}, after = {} } = done;
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    const payload: AdministeredDto = {
      action,
      by,
      customerId,
      reason,
      fields: [
        ...Object.entries(on).map(([field, value]) => ({ field, before: shown(value), after: shown(value) })),
        ...[...names].map((field) => ({ field, before: shown(before[field]), after: shown(after[field]) })),
      ],
    };
    await this.outbox.add(tx, smsEvents.administered, thing, payload);
  }
}

/** The fields in which they differ, of both. */
export function differences<T extends object>(
  before: T,
  after: T,
): { before: Partial<T>; after: Partial<T> } {
  const names = (Object.keys(after) as (keyof T)[]).filter((name) => after[name] !== before[name]);
  const only = (of: T): Partial<T> =>
    Object.fromEntries(names.map((name) => [name, of[name]])) as unknown as Partial<T>;
  return { before: only(before), after: only(after) };
}

function shown(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 4_000);
}
