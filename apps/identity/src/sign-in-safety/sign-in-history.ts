import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import type { PageQueryDto } from '@peyk/contracts';
import type {
  ClientDto,
  SignInMethod,
  SignInOutcome,
  SignInRecordDto,
  SignInRecordsDto,
} from '@peyk/contracts/identity';
import { execute, query, Transactions, uuidv7, uuidv7LowerBound, pruneRows } from '@peyk/database';
import { counter, currentContext, newContext, runInContext } from '@peyk/platform';
import type { RequestContext } from '@peyk/platform';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit.service';
import { decodeCursor, encodeCursor } from '../cursor';
import { printable } from '../printable';
import { networkOf } from './network';
import { identityLives } from '../retention';

/** A place that was not used for so long is new again. */
const familiar = `interval '90 days'`;
/** A day more, so that ids only narrow down what is looked at. */
const familiarIdsMs = 91 * 24 * 3_600_000;
const pageRows = 50;
const uuidForm = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
/** Failures that wait to be written; of more only the number in `sign_ins_total` is left. */
const waitingMax = 1_000;

interface Failure {
  readonly accountId: string;
  readonly method: SignInMethod;
  readonly client: ClientDto;
}

const dropped = counter(
  'sign_in_failures_unwritten_total',
  'Failed sign-ins that found no place in the history',
);

/**
 * Who signed in to which account, when and from where, for a year; it feeds the security warnings (IDN-207, IDN-211) and
 * the audit. Tries with a username that nobody has are not kept: what was typed there may be a password.
 */
@Injectable()
export class SignInHistory implements OnModuleDestroy {
  private readonly logger = new Logger(SignInHistory.name);
  private readonly failures: { readonly failure: Failure; readonly context: RequestContext }[] = [];
  private writing: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /** @param onKnownDevice the browser's token was known to the account before */
  async succeeded(
    tx: EntityManager,
    accountId: string,
    how: {
      readonly method: SignInMethod;
      readonly outcome: Exclude<SignInOutcome, 'failed'>;
      readonly client: ClientDto;
      readonly onKnownDevice: boolean;
    },
  ): Promise<void> {
    const { method, outcome, client, onKnownDevice } = how;
    const network = networkOf(printable(client.address));
    await execute(
      tx,
      `INSERT INTO sign_ins (id, account_id, method, outcome, device, address, network, new_device)
       SELECT $1, $2, $3, $4, $5::text, $6, $7::text, NOT $8
         AND EXISTS (SELECT FROM sign_ins WHERE account_id = $2 AND outcome = 'ok')
         AND NOT EXISTS (SELECT FROM sign_ins WHERE account_id = $2 AND outcome = 'ok' AND id > $9
           AND device = $5::text AND network = $7::text AND at > now() - ${familiar})`,
      [
        uuidv7(),
        accountId,
        method,
        outcome,
        printable(client.device),
        printable(client.address),
        network,
        onKnownDevice,
        uuidv7LowerBound(new Date(Date.now() - familiarIdsMs)),
      ],
    );
    await this.audit.record(tx, {
      action: outcome === 'ok' ? 'sign_in.ok' : 'sign_in.must_set_password',
      actor: { accountId },
      accountId,
      after: { method },
      client,
    });
  }

  /**
   * A wrong password or code for an account that exists. Written afterwards, so that the answer does not take longer
   * than that of a username which nobody has.
   */
  failed(failure: Failure): void {
    if (this.failures.length >= waitingMax) {
      dropped.inc();
      return;
    }
    // Written after the answer, beside others: each entry names its own request.
    this.failures.push({ failure, context: currentContext() ?? newContext() });
    this.writing ??= this.write().finally(() => {
      this.writing = undefined;
    });
  }

  /** Whether somebody signed in to the account with this username from this network within 90 days. */
  async knowsNetwork(username: string, address: string): Promise<boolean> {
    const rows = await query(
      this.dataSource,
      `SELECT 1 FROM usernames u JOIN sign_ins s ON s.account_id = u.account_id
       WHERE u.username = $1 AND s.outcome = 'ok' AND s.network = $2 AND s.id > $3 AND s.at > now() - ${familiar} LIMIT 1`,
      [username, networkOf(printable(address)), uuidv7LowerBound(new Date(Date.now() - familiarIdsMs))],
    );
    return rows.length > 0;
  }

  /** The newest first. @throws input.invalid for a cursor that is none */
  async list(accountId: string, { cursor, limit = pageRows }: PageQueryDto): Promise<SignInRecordsDto> {
    const rows = await query<Omit<SignInRecordDto, 'at' | 'newDevice'> & { at: Date; new_device: boolean }>(
      this.dataSource,
      `SELECT id, at, method, outcome, device, address, new_device FROM sign_ins
       WHERE account_id = $1 AND ($2::uuid IS NULL OR id < $2::uuid) ORDER BY id DESC LIMIT $3`,
      [accountId, decodeCursor(cursor, uuidForm) ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      signIns: page.map(({ new_device: newDevice, at, ...row }) => ({
        ...row,
        at: at.toISOString(),
        newDevice,
      })),
      ...(rows.length > limit && last ? { nextCursor: encodeCursor(last.id) } : {}),
    };
  }

  /** Those older than a year, a page of them. @returns how many */
  forgetOld(): Promise<number> {
    return pruneRows(this.dataSource, 'sign_ins', identityLives().sign_ins);
  }

  /** Waits for what is still to be written. */
  async onModuleDestroy(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    for (let next = this.failures.shift(); next; next = this.failures.shift()) {
      const { failure, context } = next;
      try {
        await runInContext(context, () => this.writeOne(failure));
      } catch (error) {
        dropped.inc();
        this.logger.error({
          msg: 'a failed sign-in was not written down',
          err: error,
          accountId: failure.accountId,
        });
      }
    }
  }

  private writeOne({ accountId, method, client }: Failure): Promise<void> {
    return this.transactions.run(async (tx) => {
      await execute(
        tx,
        `INSERT INTO sign_ins (id, account_id, method, outcome, device, address, network, new_device)
         VALUES ($1, $2, $3, 'failed', $4, $5, $6, false)`,
        [
          uuidv7(),
          accountId,
          method,
          printable(client.device),
          printable(client.address),
          networkOf(printable(client.address)),
        ],
      );
      await this.audit.record(tx, {
        action: 'sign_in.failed',
        actor: {},
        accountId,
        after: { method },
        client,
      });
    });
  }
}
