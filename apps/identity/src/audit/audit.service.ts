import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { ClientDto } from '@peyk/contracts/identity';
import { execute } from '@peyk/database';
import type { Caller } from '@peyk/messaging';
import { currentContext } from '@peyk/platform';
import type { EntityManager } from 'typeorm';
import { printable } from '../printable';

/** Who did it: a person, a program of the platform, or nobody who is signed in. */
export interface AuditActor {
  readonly accountId?: string;
  readonly service?: string;
}

/** Who did it and from where. */
export interface ActedBy {
  readonly actor: AuditActor;
  readonly client?: ClientDto;
}

export interface AuditEntry extends ActedBy {
  /** `<noun>.<past verb>`, such as `account.updated` or `sign_in.failed`. */
  readonly action: string;
  /** About whom. */
  readonly accountId?: string;
  /** Why, as the actor gave it. */
  readonly reason?: string;
  /** The changed fields before and after: personal data as `masked()` shows it, never a secret. */
  readonly before?: object;
  readonly after?: object;
}

/** @throws access.denied for nobody */
export function actedBy({ principal, client }: Caller): ActedBy {
  if (!principal) throw new DomainError('access.denied');
  if (principal.kind === 'service') return { actor: { service: principal.service } };
  return { actor: { accountId: principal.accountId }, client };
}

/** The log of who did what with accounts (IDN-221); see `AuditEntryRow`. */
@Injectable()
export class AuditLog {
  /** Stored and linked into the chain when the transaction commits, or not at all. */
  async record(tx: EntityManager, ...entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const requestId = currentContext()?.correlationId ?? null;
    const rows = entries.map(({ action, actor, accountId, reason, before, after, client }) => ({
      action,
      actor_id: actor.accountId,
      actor_service: actor.service,
      account_id: accountId,
      reason: reason && printable(reason),
      before,
      after,
      address: client && printable(client.address),
      device: client && printable(client.device),
      request_id: requestId,
    }));
    await execute(
      tx,
      `INSERT INTO audit_entries (action, actor_id, actor_service, account_id, reason, before, after, address, device,
         request_id)
       SELECT action, actor_id, actor_service, account_id, reason, before, after, address, device, request_id
       FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (action text, actor_id uuid, actor_service text, account_id uuid,
         reason text, before jsonb, after jsonb, address text, device text, request_id text)) WITH ORDINALITY
       ORDER BY ordinality`,
      [JSON.stringify(rows)],
    );
  }
}
