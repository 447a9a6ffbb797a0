import { createHash, X509Certificate } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { dispatchLinksRpc, linkTestMs } from '@peyk/contracts/sms';
import type { EmptyDto } from '@peyk/contracts';
import type {
  LinkChangeDto,
  LinkCreateDto,
  LinkDetailDto,
  LinkSettingsDto,
  LinkTestDto,
} from '@peyk/contracts/sms';
import { Transactions, execute, query, uuidv7 } from '@peyk/database';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { DataSource, EntityManager } from 'typeorm';
import { AdministrationLog, differences } from '../administration/administration.log';
import { Link } from './link.entity';
import { LinkPasswords } from './link-passwords';
import { LinksService, assignmentOf } from './links.service';

const certificateForm = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Links as administrators make, change, test and delete them. Workers learn of a change with their next heartbeat; one
 * that needs other binds lets the windows of the old ones empty first (docs/adr/0003).
 */
@Injectable()
export class LinkAdministration {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly links: LinksService,
    private readonly passwords: LinkPasswords,
    private readonly log: AdministrationLog,
    @Inject(MESSAGING) private readonly messaging: MessagingRuntime,
  ) {}

  /** Throws link.nameTaken, input.invalid. */
  async create(by: string, wanted: LinkCreateDto): Promise<LinkDetailDto> {
    const id = uuidv7();
    await this.transactions.run(async (tx) => {
      await lockNames(tx);
      await assertNameFree(tx, wanted.name, id);
      const links = tx.getRepository(Link);
      const link = links.create({ id, active: false, ...this.columnsOf(id, wanted) });
      assertCertificate(link);
      await links.insert(link);
      await this.log.record(tx, `link:${id}`, {
        action: 'link.created',
        by,
        after: termsOf(await links.findOneByOrFail({ id })),
      });
    });
    return this.links.read(id);
  }

  /** Logged only where something differs. Throws link.notFound, link.nameTaken, input.invalid. */
  async change(by: string, { linkId, ...wanted }: LinkChangeDto): Promise<LinkDetailDto> {
    await this.transactions.run(async (tx) => {
      await lockNames(tx);
      const links = tx.getRepository(Link);
      const known = await links.findOne({ where: { id: linkId }, lock: { mode: 'pessimistic_write' } });
      if (!known) throw new DomainError('link.notFound');
      const next = links.create({ ...known, ...this.columnsOf(linkId, wanted) });
      if (next.name !== known.name) await assertNameFree(tx, next.name, linkId);
      assertCertificate(next);
      await links.save(next);
      const { before, after } = differences(termsOf(known), termsOf(next));
      const isOtherPassword = this.passwords.open(next) !== this.passwords.open(known);
      if (Object.keys(after).length === 0 && !isOtherPassword) return;
      await this.log.record(tx, `link:${linkId}`, {
        action: 'link.changed',
        by,
        on: { link: known.name },
        before,
        after: { ...after, ...(isOtherPassword && { password: '***' }) },
      });
    });
    return this.links.read(linkId);
  }

  /** Throws link.notFound, link.inUse. */
  async remove(by: string, linkId: string): Promise<EmptyDto> {
    await this.transactions.run(async (tx) => {
      const links = tx.getRepository(Link);
      const known = await links.findOne({ where: { id: linkId }, lock: { mode: 'pessimistic_write' } });
      if (!known) throw new DomainError('link.notFound');
      const used = await query(
        tx,
        `SELECT FROM lines WHERE link_id = $1 UNION ALL SELECT FROM line_pool WHERE link_id = $1 LIMIT 1`,
        [linkId],
      );
      if (used.length > 0) throw new DomainError('link.inUse');
      for (const table of ['link_binds', 'link_shares', 'link_throttles', 'link_errors'])
        await execute(tx, `DELETE FROM ${table} WHERE link_id = $1`, [linkId]);
      await links.delete({ id: linkId });
      await this.log.record(tx, `link:${linkId}`, { action: 'link.deleted', by, before: termsOf(known) });
    });
    return {};
  }

  /** By a worker, from where the real binds are made. Throws link.notFound, link.testRuns, service.unavailable. */
  async test(linkId: string): Promise<LinkTestDto> {
    const link = await this.dataSource.getRepository(Link).findOneBy({ id: linkId });
    if (!link) throw new DomainError('link.notFound');
    // A row of it, not a lock: no connection to the database is held meanwhile.
    const began = await execute(
      this.dataSource,
      `UPDATE links SET testing_until = clock_timestamp() + $2 * interval '1 ms'
       WHERE id = $1 AND (testing_until IS NULL OR testing_until < clock_timestamp())`,
      [linkId, linkTestMs + 2_000],
    );
    if (began === 0) throw new DomainError('link.testRuns');
    try {
      return await this.messaging.rpc.call(
        dispatchLinksRpc.test,
        assignmentOf(link, this.passwords.open(link), [], 0),
        'service',
      );
    } finally {
      await execute(this.dataSource, 'UPDATE links SET testing_until = NULL WHERE id = $1', [linkId]);
    }
  }

  private columnsOf(
    linkId: string,
    { window, password, ...wanted }: LinkSettingsDto & Partial<LinkCreateDto>,
  ): Partial<Link> {
    const sealed =
      password === undefined ? {} : { password: '', sealedPassword: this.passwords.seal(linkId, password) };
    const named = Object.entries({ ...wanted, windowSize: window }).filter(
      ([, value]) => value !== undefined,
    );
    return { ...Object.fromEntries(named), ...sealed };
  }
}

/** Two links of one name would be one for people. */
async function lockNames(tx: EntityManager): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtext('link names'))");
}

async function assertNameFree(tx: EntityManager, name: string, id: string): Promise<void> {
  if ((await query(tx, 'SELECT FROM links WHERE name = $1 AND id <> $2', [name, id])).length > 0)
    throw new DomainError('link.nameTaken', { field: 'name' });
}

/** Throws input.invalid for what is no chain of certificates in PEM. */
function assertCertificate({ caCertificate }: Pick<Link, 'caCertificate'>): void {
  if (caCertificate === null || caCertificate === undefined) return;
  const found = caCertificate.match(certificateForm) ?? [];
  const isRead = found.every((pem) => {
    try {
      return new X509Certificate(pem).raw.length > 0;
    } catch {
      return false;
    }
  });
  const rest = caCertificate.replaceAll(certificateForm, '');
  if (found.length > 0 && isRead && !rest.includes('-----BEGIN')) return;
  throw new DomainError('input.invalid', {
    fields: [
      { field: 'caCertificate', rule: 'certificate', message: 'caCertificate must be certificates in PEM' },
    ],
  });
}

/** As the audit log has it: all but the password; of certificates the fingerprint. */
function termsOf(link: Link): Record<string, unknown> {
  const {
    id: _id,
    password: _password,
    sealedPassword: _sealed,
    testingUntil: _testing,
    caCertificate,
    windowSize,
    ...terms
  } = link;
  return {
    ...terms,
    window: windowSize,
    caCertificate: caCertificate && `sha256:${createHash('sha256').update(caCertificate).digest('hex')}`,
  };
}
