import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { billingEvents } from '@peyk/contracts/billing';
import { identityAuditRpc, identityBarcodesRpc } from '@peyk/contracts/identity';
import { smsEvents } from '@peyk/contracts/sms';
import { targetingEvents } from '@peyk/contracts/targeting';
import type { DomainError, EventContract, Role } from '@peyk/contracts';
import type { CorrectionEventDto } from '@peyk/contracts/billing';
import type { AuditDto, AuditQueryDto } from '@peyk/contracts/identity';
import type { AdministeredDto, LineChangedDto } from '@peyk/contracts/sms';
import type { ListDeletedDto } from '@peyk/contracts/targeting';
import { Transactions, uuidv7 } from '@peyk/database';
import { exchanges } from '@peyk/messaging';
import { eventually, testServiceEnv } from '@peyk/testing';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../../apps/identity/src/audit/audit.service';
import type { AuditEntry } from '../../../apps/identity/src/audit/audit.service';
import { verifyAudit } from '../../../apps/identity/src/audit/audit.verify';
import { SigningKeysService } from '../../../apps/identity/src/keys/signing-keys.service';
import { signAccessToken } from '../../../apps/identity/src/sessions/access-token';
import { IdentitySpec, laptop } from './replica';

const entriesOf = (count: number, accountId = uuidv7()): AuditEntry[] =>
  Array.from({ length: count }, (_, i) => ({
    action: 'account.updated',
    actor: { service: 'spec' },
    accountId,
    before: { name: `نام ${i}` },
    after: { name: `نام ${i + 1}`, email: null },
    client: laptop,
  }));

describe('audit', () => {
  let identity: IdentitySpec;
  beforeEach(async () => {
    identity = await IdentitySpec.start();
  });
  afterEach(() => identity.stop());

  const record = (...entries: AuditEntry[]): Promise<void> =>
    identity.app.get(Transactions).run((tx) => identity.app.get(AuditLog).record(tx, ...entries));
  const verify = (...head: Parameters<typeof verifyAudit>[1][]): ReturnType<typeof verifyAudit> =>
    verifyAudit(identity.app.get(DataSource), ...head);
  async function token(...roles: Role[]): Promise<{ token: string; id: string }> {
    const { id, username, name } = await identity.account({ roles });
    const signer = await identity.app.get(SigningKeysService).current();
    const account = { id, username, name, roles };
    const session = { id: uuidv7(), expiresAt: new Date(Date.now() + 600_000), permissionStamp: 1 };
    return { token: signAccessToken(signer, { ...session, account, scopes: {} }).accessToken, id };
  }
  /** As an owner of the database who wants to hide something. */
  async function tamper(...statements: string[]): Promise<void> {
    await identity.app.get(DataSource).transaction(async (tx) => {
      await tx.query('SET LOCAL session_replication_role = replica');
      for (const statement of statements) await tx.query(statement);
    });
  }

  it('IDN-221 is only added to: UPDATE, DELETE and TRUNCATE are refused, of no row too', async () => {
    await record(...entriesOf(3));
    for (const table of ['audit_entries', 'audit_links'])
      for (const statement of [
        `UPDATE ${table} SET ${table === 'audit_links' ? 'position = position' : 'action = action'} WHERE false`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ])
        await expect(identity.sql(statement)).rejects.toThrow(/only added to/);
    expect(await verify()).toMatchObject({ entries: 3, head: { position: 3 }, differences: [] });
  });

  it('IDN-221 is one chain without gaps, whoever writes at once; what is rolled back leaves nothing', async () => {
    const writers = Array.from({ length: 20 }, async (_, i) => {
      for (let round = 0; round < 10; round += 1) {
        if ((i + round) % 5) await record(...entriesOf(1 + (round % 3)));
        else
          await expect(
            identity.app.get(Transactions).run(async (tx) => {
              await identity.app.get(AuditLog).record(tx, ...entriesOf(2));
              throw new Error('crash');
            }),
          ).rejects.toThrow('crash');
      }
    });
    await Promise.all(writers);
    const { entries, head, differences } = await verify();
    expect(differences).toEqual([]);
    // 160 transactions were committed, of one, two or three entries.
    expect(entries).toBeGreaterThan(160);
    expect(head?.position).toBe(entries);
    const [row] = await identity.sql<{ n: number }>(
      'SELECT count(DISTINCT entry_seq)::int AS n FROM audit_links',
    );
    expect(row?.n).toBe(entries);
  });

  it('IDN-221 verify names a changed, a removed and a smuggled entry, a cut and a rewritten chain', async () => {
    await record(...entriesOf(30));
    const { head } = await verify();
    const [middle] = await identity.sql<{ seq: number }>(
      'SELECT entry_seq AS seq FROM audit_links WHERE position = 12',
    );
    const seq = middle?.seq ?? 0;

    await tamper(`UPDATE audit_entries SET before = '{"name": "دیگری"}' WHERE seq = ${seq}`);
    expect((await verify()).differences).toEqual([{ kind: 'changed', position: 12, seq }]);
    await tamper(`UPDATE audit_entries SET before = jsonb_build_object('name', 'نام 11') WHERE seq = ${seq}`);
    expect((await verify(head ?? undefined)).differences).toEqual([]);
    for (const [column, value] of [
      ['at', `at + interval '1 microsecond'`],
      ['actor_service', `'other'`],
      ['account_id', 'NULL'],
      ['reason', `'because'`],
    ]) {
      const [kept] = await identity.sql<{ literal: string }>(
        `SELECT quote_nullable(${column}) AS literal FROM audit_entries WHERE seq = ${seq}`,
      );
      await tamper(`UPDATE audit_entries SET ${column} = ${value} WHERE seq = ${seq}`);
      expect([column, (await verify()).differences]).toEqual([
        column,
        [{ kind: 'changed', position: 12, seq }],
      ]);
      await tamper(`UPDATE audit_entries SET ${column} = ${kept?.literal ?? ''} WHERE seq = ${seq}`);
    }
    expect((await verify()).differences).toEqual([]);

    await tamper(`INSERT INTO audit_entries (action) VALUES ('sign_in.ok')`);
    expect((await verify()).differences).toEqual([
      { kind: 'unlinked', position: null, seq: expect.any(Number) as number },
    ]);
    await tamper(`DELETE FROM audit_entries WHERE action = 'sign_in.ok'`);

    // Cut off at the end: only the head from before shows it.
    await tamper(
      'DELETE FROM audit_entries WHERE seq IN (SELECT entry_seq FROM audit_links WHERE position > 28)',
      'DELETE FROM audit_links WHERE position > 28',
    );
    expect((await verify()).differences).toEqual([]);
    expect((await verify(head ?? undefined)).differences).toEqual([
      { kind: 'rewritten', position: 30, seq: null },
    ]);

    await tamper(`DELETE FROM audit_entries WHERE seq = ${seq}`);
    expect((await verify()).differences).toEqual([{ kind: 'removed', position: 12, seq }]);
    await tamper('DELETE FROM audit_links WHERE position = 12');
    expect((await verify()).differences).toEqual([
      { kind: 'cut', position: 13, seq: expect.any(Number) as number },
    ]);
  });

  it('IDN-221 the command prints the same and fails when something differs', async () => {
    await record(...entriesOf(2));
    const run = async (...args: string[]): Promise<{ code: number; out: string }> => {
      const node = ['dist/apps/identity/src/audit-verify.js', ...args];
      const { databaseUrl, rabbitmqUrl, hashSecret, sealKeys } = identity.config;
      const env = {
        DATABASE_URL: databaseUrl,
        RABBITMQ_URL: rabbitmqUrl,
        ...testServiceEnv('identity'),
        HASH_SECRET: hashSecret,
        SEAL_KEYS: sealKeys,
      };
      try {
        const { stdout } = await promisify(execFile)(process.execPath, node, {
          env: { ...env, PATH: process.env['PATH'] },
          timeout: 60_000,
        });
        return { code: 0, out: stdout };
      } catch (error) {
        const { code, stdout } = error as { code: number; stdout: string };
        return { code, out: stdout };
      }
    };
    const sound = await run('verify');
    const { head } = JSON.parse(sound.out) as { head: { position: number; link: string } };
    expect([sound.code, head.position]).toEqual([0, 2]);
    expect((await run('verify', `2:${head.link}`)).code).toBe(0);
    expect((await run('verify', `2:${'0'.repeat(64)}`)).code).toBe(1);
    await tamper(`UPDATE audit_entries SET action = 'x'`);
    const broken = await run('verify');
    expect(broken.code).toBe(1);
    expect(JSON.parse(broken.out)).toMatchObject({ differences: [{ kind: 'changed' }, { kind: 'changed' }] });
    expect((await run('repair')).code).toBe(1);
  });

  it('IDN-221 is searched by account, actor, action and time, page by page; by admins only', async () => {
    const admin = await token('admin');
    const about = uuidv7();
    await record(...entriesOf(5, about), {
      action: 'barcode.read',
      actor: { accountId: admin.id },
      accountId: about,
    });
    const list = (query: AuditQueryDto): Promise<AuditDto> =>
      identity.call(identityAuditRpc.list, query, admin);
    const { entries } = await list({ accountId: about });
    expect(entries).toHaveLength(6);
    expect(entries[0]).toMatchObject({
      action: 'barcode.read',
      actor: { accountId: admin.id, name: 'رضا احمدی' },
      changes: [],
      address: null,
    });
    expect(entries[1]).toMatchObject({
      action: 'account.updated',
      actor: { accountId: null, name: 'spec' },
      accountId: about,
      changes: [
        { field: 'name', before: 'نام 4', after: 'نام 5' },
        { field: 'email', before: null, after: null },
      ],
      ...laptop,
    });
    const seen: number[] = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await list({ accountId: about, limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.entries.map(({ seq }) => seq));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(entries.map(({ seq }) => seq));
    const count = async (query: AuditQueryDto): Promise<number> => (await list(query)).entries.length;
    expect(await count({ actorId: admin.id })).toBe(1);
    expect(await count({ accountId: about, action: 'account.' })).toBe(5);
    expect(await count({ accountId: about, action: 'account.upd' })).toBe(5);
    expect(await count({ accountId: about, action: 'ccount' })).toBe(0);
    const third = entries[2]?.at ?? '';
    const from = await count({ accountId: about, from: third });
    const to = await count({ accountId: about, to: third });
    expect(from + to).toBe(6);
    expect(from).toBeGreaterThanOrEqual(3);
    await expect(list({ cursor: 'bm90aGluZw' })).rejects.toMatchObject({ code: 'input.invalid' });
    for (const role of ['support_agent', 'reseller', 'student'] as const)
      await expect(identity.call(identityAuditRpc.list, {}, await token(role))).rejects.toMatchObject({
        code: 'access.denied',
      });
  });

  describe('of what administrators do elsewhere', () => {
    const tell = <P extends object>(contract: EventContract<P>, payload: P, id: string = randomUUID()) =>
      identity.caller.broker.publish({
        exchange: exchanges.events,
        routingKey: contract.name,
        type: contract.name,
        messageId: id,
        headers: { version: contract.version, 'x-correlation-id': 'of-the-request' },
        body: Buffer.from(JSON.stringify(payload)),
      });
    const logged = (count: number, about: string): Promise<AuditDto['entries']> =>
      eventually(async () => {
        const { entries } = await identity.call(
          identityAuditRpc.list,
          { accountId: about },
          await token('admin'),
        );
        expect(entries).toHaveLength(count);
        return entries;
      });

    it('IDN-221 SMS-208 a line: only what differs, once, by whom and from which request', async () => {
      const { id: by } = await token('admin');
      const owner = uuidv7();
      const before = { customerId: null, hoursFrom: 8, hoursTo: 22, active: true, shared: true };
      const change: LineChangedDto = {
        lineId: uuidv7(),
        number: '982000001',
        by,
        before,
        after: { ...before, customerId: owner, active: false },
      };
      const id = randomUUID();
      await tell(smsEvents.lineChanged, change, id);
      await tell(smsEvents.lineChanged, change, id);
      await logged(1, owner);
      // Taken back: about whom it was.
      await tell(smsEvents.lineChanged, { ...change, before: change.after, after: before });
      const [back, given] = await logged(2, owner);
      expect(given).toMatchObject({
        action: 'line.changed',
        actor: { accountId: by, name: 'رضا احمدی' },
        address: null,
        device: null,
        requestId: 'of-the-request',
      });
      expect(given?.changes).toMatchObject([
        { field: 'line', before: '982000001', after: '982000001' },
        { field: 'active', before: 'true', after: 'false' },
        { field: 'customerId', before: null, after: owner },
      ]);
      expect(back?.changes[2]).toMatchObject({ field: 'customerId', before: owner, after: null });
      expect((await verify()).differences).toEqual([]);
    });

    it('IDN-221 anything else in sms-gateway, such as a change of a link: what it was, once', async () => {
      const { id: by } = await token('admin');
      const customerId = uuidv7();
      const done: AdministeredDto = {
        action: 'send.cancelled',
        by,
        customerId,
        reason: 'شکایت',
        fields: [{ field: 'state', before: 'sending', after: null }],
      };
      const id = randomUUID();
      await tell(smsEvents.administered, done, id);
      await tell(smsEvents.administered, done, id);
      const [entry] = await logged(1, customerId);
      expect(entry).toMatchObject({
        action: 'send.cancelled',
        actor: { accountId: by },
        reason: 'شکایت',
        changes: [{ field: 'state', before: 'sending', after: null }],
      });
    });

    it('IDN-221 a customer that deletes a recipient list: its name and how many recipients it had', async () => {
      const { id: customerId } = await token('sms_customer');
      const deleted: ListDeletedDto = {
        ...{ listId: uuidv7(), customerId, source: 'file', title: 'نوروز.xlsx', recipients: 1_200_000 },
      };
      await tell(targetingEvents.listDeleted, deleted);
      // The first is that the account was made.
      const [entry] = await logged(2, customerId);
      expect(entry).toMatchObject({
        action: 'list.deleted',
        actor: { accountId: customerId },
        changes: [
          { field: 'list', before: 'نوروز.xlsx', after: null },
          { field: 'recipients', before: '1200000', after: null },
        ],
      });
    });

    it('IDN-221 a correction of a wallet: who asked, who decided, or nobody in time', async () => {
      const [asker, decider] = [await token('admin'), await token('admin')];
      const customerId = uuidv7();
      const asked: CorrectionEventDto = {
        correctionId: uuidv7(),
        customerId,
        direction: 'debit',
        amountRials: 120_000,
        reason: 'دو بار شارژ شد',
        state: 'awaiting',
        requestedBy: asker.id,
        decidedBy: null,
      };
      await tell(billingEvents.correctionRequested, asked);
      await logged(1, customerId);
      await tell(billingEvents.correctionDecided, { ...asked, state: 'posted', decidedBy: decider.id });
      await logged(2, customerId);
      await tell(billingEvents.correctionDecided, { ...asked, state: 'expired' });
      const [expired, posted, requested] = await logged(3, customerId);
      expect(requested).toMatchObject({
        action: 'correction.requested',
        actor: { accountId: asker.id },
        reason: 'دو بار شارژ شد',
        changes: [
          { field: 'direction', before: null, after: 'debit' },
          { field: 'amountRials', before: null, after: '120000' },
        ],
      });
      expect(posted).toMatchObject({ action: 'correction.decided', actor: { accountId: decider.id } });
      expect(posted?.changes).toContainEqual({ field: 'state', before: null, after: 'posted' });
      expect(expired).toMatchObject({
        action: 'correction.decided',
        actor: { accountId: null, name: 'billing' },
      });
    });
  });

  describe('of barcodes', () => {
    it('IDN-018 IDN-214 tells those who are entitled whose it is, and each reading is kept', async () => {
      const student = await token('student');
      const professor = await token('professor');
      const { text, svg, expiresAt } = await identity.call(identityBarcodesRpc.mine, {}, student);
      expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
      expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
      expect(Date.parse(expiresAt)).toBeLessThanOrEqual(Date.now() + 25 * 3_600_000);
      expect((await identity.call(identityBarcodesRpc.mine, {}, student)).text).toBe(text);
      expect(await identity.call(identityBarcodesRpc.read, { text: ` ${text}\n` }, professor)).toMatchObject({
        accountId: student.id,
        name: 'رضا احمدی',
        roles: ['student'],
      });
      expect(
        await identity.sql(`SELECT actor_id, account_id FROM audit_entries WHERE action = 'barcode.read'`),
      ).toEqual([{ actor_id: professor.id, account_id: student.id }]);
      const code = (attempt: Promise<unknown>): Promise<string> =>
        attempt.then(
          () => 'ok',
          (error: DomainError) => error.code,
        );
      expect(await code(identity.call(identityBarcodesRpc.read, { text }, student))).toBe('access.denied');
      for (const forged of [
        `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`,
        'A'.repeat(50),
        student.id,
        'x',
      ])
        expect(await code(identity.call(identityBarcodesRpc.read, { text: forged }, professor))).toBe(
          'barcode.invalid',
        );
      await identity.sql('UPDATE accounts SET disabled = true WHERE id = $1', [student.id]);
      expect(await code(identity.call(identityBarcodesRpc.read, { text }, professor))).toBe(
        'barcode.invalid',
      );
    });
  });
});
