import { Logger } from '@nestjs/common';
import type { INestMicroservice, LoggerService } from '@nestjs/common';
import {
  identityImportsRpc,
  identityPasswordsRpc,
  importErrorsMax,
  importRowsMax,
  importStates,
} from '@peyk/contracts/identity';
import type { ImportState } from '@peyk/contracts/identity';
import { eventually } from '@peyk/testing';
import { DataSource } from 'typeorm';
import { ImportRunner } from '../../../apps/identity/src/imports/import-runner';
import type { ClaimedImport } from '../../../apps/identity/src/imports/import-runner';
import { importMoves } from '../../../apps/identity/src/imports/import-state';
import { ImportsService } from '../../../apps/identity/src/imports/imports.service';
import { writeZip } from '../../support/recipient-file.generator';
import { Importer, nationalCode, students } from './imports.fixture';
import { IdentitySpec, laptop, startReplica } from './replica';

describe('imports', () => {
  let spec: IdentitySpec;
  let admin: Importer;
  /** Everything that was logged, as it was handed over: before anything is hidden. */
  const logged: string[] = [];
  /** National codes, names and mobiles of each test are its own. */
  let next = 1_000;
  const take = (count: number): number => {
    next += count;
    return next - count;
  };

  beforeAll(async () => {
    spec = await IdentitySpec.start();
    admin = await Importer.of(spec);
    const write = (...said: unknown[]): void => {
      logged.push(
        said
          .map((one) => (one instanceof Error ? `${one.stack} ${JSON.stringify(one)}` : JSON.stringify(one)))
          .join(' '),
      );
    };
    const collector: LoggerService = {
      log: write,
      error: write,
      warn: write,
      debug: write,
      verbose: write,
      fatal: write,
    };
    Logger.overrideLogger(collector);
  });
  afterAll(async () => {
    Logger.overrideLogger(['fatal']);
    await spec.stop();
  });

  const accountOf = async (username: string) => {
    const [account] = await spec.sql<{
      id: string;
      name: string;
      roles: string[];
      scopes: Record<string, string[]>;
      password_hash: string | null;
      must_set_password: boolean;
      permission_stamp: number;
      mobile_changed_at: Date | null;
    }>('SELECT a.* FROM usernames u JOIN accounts a ON a.id = u.account_id WHERE u.username = $1', [
      username,
    ]);
    if (!account) throw new Error(`nobody is ${username}`);
    return account;
  };
  const accounts = async (): Promise<number> =>
    (await spec.sql<{ n: number }>('SELECT count(*)::int AS n FROM accounts'))[0]?.n ?? -1;
  const quiet = (): Promise<void> =>
    eventually(async () => expect(await spec.sql('SELECT 1 FROM outbox LIMIT 1')).toEqual([]), {
      timeoutMs: 60_000,
    });

  it('IDN-203 IDN-009 IDN-011 a dry run changes nothing; applied, each person signs in by code and national code', async () => {
    const from = take(3);
    const before = await accounts();
    const checked = await admin.check('students', students(from, from + 3));
    expect(checked).toMatchObject({
      state: 'checked',
      rows: 3,
      rowsInAll: 3,
      created: 3,
      updated: 0,
      refused: 0,
    });
    expect(await accounts()).toBe(before);

    const done = await admin.apply(checked.id);
    expect(done).toMatchObject({ state: 'done', rows: 3, created: 3, unchanged: 0 });
    const account = await accountOf(`s${from}`);
    expect(account).toMatchObject({
      name: `علی شماره${from}`,
      roles: ['student'],
      password_hash: null,
      must_set_password: true,
    });
    const told = await spec.event('identity.account.created', 'accountId', account.id);
    expect(told).toMatchObject({ grants: [{ role: 'student', scopes: [] }], stamp: 1, disabled: false });
    const { session, setPassword } = await spec.trySignIn(`S${from}`, nationalCode(from));
    expect(session).toBeUndefined();
    expect(setPassword).toMatchObject({ token: expect.any(String) as unknown });
    await expect(spec.trySignIn(`s${from}`, nationalCode(from + 1))).rejects.toMatchObject({
      code: 'login.failed',
    });
    // Nothing of the file is kept.
    expect(await spec.sql('SELECT 1 FROM import_chunks WHERE import_id = $1', [checked.id])).toEqual([]);
  });

  it.each([
    ['IDN-007', 'professors', 'professor', 'کد استادی', '', ''],
    ['IDN-008', 'school_managers', 'school_manager', 'کد مدرسه', '', ''],
    ['IDN-010', 'district_experts', 'district_expert', 'کد پرسنلی', ',کد ناحیه', ',7'],
    ['IDN-203', 'support_agents', 'support_agent', 'کد پرسنلی', ',پورتال', ',sms'],
    ['IDN-034', 'office_users', 'office_user', 'شماره شناسایی', ',کد دفتر', ',۱۲۳۴۵۶۷۸۹۰۱۲'],
  ] as const)(
    '%s IDN-012 IDN-013 %s are registered beforehand and sign in by the code of their kind',
    async (_id, kind, role, code, heading, value) => {
      const n = take(1);
      const username = `${role.replace('_', '-')}-${n}`;
      const file = `${code},کد ملی,نام و نام خانوادگی${heading}\n${username},${nationalCode(n)},علی شماره${n}${value}\n`;
      expect(await admin.import(kind, file)).toMatchObject({ rows: 1, created: 1, refused: 0 });
      expect(await accountOf(username)).toMatchObject({ roles: [role] });
      const { setPassword } = await spec.trySignIn(username, nationalCode(n));
      const { account } = await spec.call(identityPasswordsRpc.setFirst, {
        token: setPassword?.token ?? '',
        newPassword: 'a long sentence of mine',
        client: laptop,
      });
      expect(account).toMatchObject({ username, roles: [role] });
    },
  );

  it('IDN-203 the same file again changes nothing and tells nobody', async () => {
    const from = take(1_500);
    const file = students(from, from + 1_500);
    await admin.import('students', file);
    await quiet();
    // What has left the outbox may still be on its way.
    const told = new Set(
      (
        await spec.sql<{ id: string }>(
          `SELECT a.id FROM usernames u JOIN accounts a ON a.id = u.account_id WHERE u.username = ANY($1::text[])`,
          [Array.from({ length: 1_500 }, (_, i) => `s${from + i}`)],
        )
      ).map(({ id }) => id),
    );
    expect(told.size).toBe(1_500);
    await eventually(() => {
      const seen = spec.events.filter(
        ({ name, payload }) => name === 'identity.account.created' && told.has(String(payload['accountId'])),
      );
      expect(seen).toHaveLength(1_500);
    });
    const entries = await spec.sql('SELECT 1 FROM audit_entries');
    const events = spec.events.length;
    const again = await admin.import('students', file);
    expect(again).toMatchObject({ rows: 1_500, unchanged: 1_500, created: 0, updated: 0, refused: 0 });
    await quiet();
    expect(spec.events.length).toBe(events);
    expect(await spec.sql('SELECT 1 FROM audit_entries')).toHaveLength(entries.length);
  });

  it('IDN-203 reports each fault with row, column and words, page by page, and writes the rest', async () => {
    const from = take(10);
    const lines = students(from, from + 4).split('\n');
    lines.splice(
      2,
      0,
      `s${from + 5},${nationalCode(from).replace(/.$/, (d) => String((Number(d) + 1) % 10))},علی,,0912`,
      '',
    );
    lines.push(`s${from},${nationalCode(from + 6)},رضا,تکراری,`);
    const checked = await admin.check('students', lines.join('\n'));
    expect(checked).toMatchObject({ rows: 6, created: 4, refused: 2 });
    const errors = await admin.errors(checked.id, 1);
    expect(errors.map(({ row, field, code, otherRow }) => [row, field, code, otherRow])).toEqual([
      [3, 'mobile', 'invalid', undefined],
      [3, 'nationalCode', 'check_digit', undefined],
      [8, 'code', 'duplicate', 2],
    ]);
    for (const { message } of errors) expect(message).toMatch(/[\u0600-\u06ff]/);
    const done = await admin.apply(checked.id);
    expect(done).toMatchObject({ rows: 6, created: 4, refused: 2 });
    expect(await admin.errors(checked.id)).toEqual(errors);
  });

  it('IDN-201 a second role comes to the same account, and a first password is left alone', async () => {
    const n = take(1);
    await admin.import('students', students(n, n + 1));
    const student = await accountOf(`s${n}`);
    await spec.sql(`UPDATE accounts SET password_hash = 'own', must_set_password = false WHERE id = $1`, [
      student.id,
    ]);
    const file = `کد استادی,کد ملی,نام و نام خانوادگی,همراه\np${n},${nationalCode(n)},علی شماره${n},0935 111 22 33\n`;
    expect(await admin.import('professors', file)).toMatchObject({ created: 0, updated: 1 });
    const both = await accountOf(`p${n}`);
    expect(both).toMatchObject({
      id: student.id,
      roles: ['student', 'professor'],
      password_hash: 'own',
      must_set_password: false,
      permission_stamp: student.permission_stamp + 1,
    });
    expect(both.mobile_changed_at).not.toBeNull();
    const told = await spec.event('identity.account.updated', 'accountId', student.id);
    expect(told).toMatchObject({ stamp: both.permission_stamp });
    const [entry] = await spec.sql<{ before: object; after: object; actor_id: string }>(
      `SELECT before, after, actor_id FROM audit_entries WHERE account_id = $1 AND action = 'account.updated'`,
      [student.id],
    );
    expect(entry).toMatchObject({
      actor_id: admin.adminId,
      before: { roles: ['student'] },
      after: { roles: ['student', 'professor'] },
    });
    expect(JSON.stringify(entry)).not.toContain('9351112233');
    expect(JSON.stringify(entry)).toContain('***');
  });

  it('IDN-008 a school code goes to another manager only when the row says so', async () => {
    const n = take(2);
    const head = 'کد مدرسه,کد ملی,نام و نام خانوادگی,جایگزین';
    const school = `${n}0`;
    await admin.import('school_managers', `${head}\n${school},${nationalCode(n)},مدیر نخست,\n`);
    const first = await accountOf(school);
    expect(first.scopes).toEqual({ school_manager: [`school:${school}`] });
    const second = (replace: string): string =>
      `${head}\n${school},${nationalCode(n + 1)},مدیر دوم,${replace}\n`;
    const refused = await admin.check('school_managers', second(''));
    expect(await admin.errors(refused.id)).toMatchObject([
      { row: 2, field: 'nationalCode', code: 'belongs_to_another' },
    ]);
    expect(await admin.import('school_managers', second('بله'))).toMatchObject({
      created: 1,
      moved: 1,
      refused: 0,
    });
    expect((await accountOf(school)).name).toBe('مدیر دوم');
    const [old] = await spec.sql('SELECT roles, scopes, permission_stamp FROM accounts WHERE id = $1', [
      first.id,
    ]);
    expect(old).toEqual({ roles: [], scopes: {}, permission_stamp: 2 });
    const told = await spec.event('identity.account.updated', 'accountId', first.id);
    expect(told).toMatchObject({ grants: [], stamp: 2 });
  });

  it('IDN-203 says districts, schools and terms as events, once each', async () => {
    const n = take(1);
    const districts = `کد ناحیه,نام ناحیه\n${n},ناحیه‌ی یک\n`;
    expect(await admin.import('districts', districts)).toMatchObject({ created: 1 });
    expect(await admin.import('districts', districts)).toMatchObject({ unchanged: 1, created: 0 });
    const schools = `نام,کد مدرسه,ناحیه\nباهنر,${n}1,${n}\nمدرس,${n}2,${n}9\n`;
    const imported = await admin.import('schools', schools);
    expect(imported).toMatchObject({ created: 1, refused: 1 });
    expect(await admin.errors(imported.id)).toMatchObject([
      { row: 3, field: 'districtCode', code: 'unknown_district' },
    ]);
    await admin.import('terms', `کد,عنوان,شروع,پایان\n${n},نیم‌سال اول,1405/07/01,1405/10/30\n`);
    await admin.import('schools', schools.replace('باهنر', 'شهید باهنر'));
    await quiet();
    const said = spec.events.filter(
      ({ name, payload }) =>
        name.startsWith('identity.directory') && String(payload['code']).startsWith(String(n)),
    );
    expect(said).toEqual([
      { name: 'identity.directory.districtListed', payload: { code: `${n}`, name: 'ناحیه‌ی یک' } },
      {
        name: 'identity.directory.schoolListed',
        payload: { code: `${n}1`, name: 'باهنر', districtCode: `${n}` },
      },
      {
        name: 'identity.directory.termListed',
        payload: { code: `${n}`, name: 'نیم‌سال اول', startsOn: '2026-09-23', endsOn: '2027-01-20' },
      },
      {
        name: 'identity.directory.schoolListed',
        payload: { code: `${n}1`, name: 'شهید باهنر', districtCode: `${n}` },
      },
    ]);
  });

  it('IDN-203 IDN-213 reads an xlsx in which national codes have lost their zeros', async () => {
    const n = take(1);
    const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const text = (cell: string, value: string): string =>
      `<c r="${cell}" t="inlineStr"><is><t>${value}</t></is></c>`;
    const sheet =
      `<row r="1">${text('A1', 'کد پرسنلي')}${text('B1', 'كد ملي')}${text('C1', 'نام خانوادگی')}${text('D1', 'ناحیه')}</row>` +
      `<row r="3"><c r="A3"><v>${n}</v></c><c r="B3"><v>12345679</v></c>${text('C3', 'کریمی')}<c r="D3"><v>7</v></c></row>`;
    const parts = [
      [
        'xl/workbook.xml',
        '<workbook xmlns:r="x"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
      ],
      [
        'xl/_rels/workbook.xml.rels',
        `<Relationships><Relationship Id="r1" Type="${type}/worksheet" Target="s.xml"/></Relationships>`,
      ],
      ['xl/s.xml', `<worksheet><sheetData>${sheet}</sheetData></worksheet>`],
    ] as const;
    const pieces: Buffer[] = [];
    for await (const piece of writeZip(parts.map(([name, content]) => [name, [content]] as const)))
      pieces.push(piece);
    const done = await admin.import('district_experts', Buffer.concat(pieces), 'experts.xlsx');
    expect(done).toMatchObject({ created: 1, refused: 0 });
    expect((await accountOf(String(n))).scopes).toEqual({ district_expert: ['district:7'] });
    expect((await spec.trySignIn(String(n), '۰۰۱۲۳۴۵۶۷۹')).setPassword).toBeDefined();
  });

  it('IDN-203 forgets what was given up and what ended long ago, and nothing else', async () => {
    const n = take(1);
    const service = spec.app.get(ImportsService);
    while ((await service.forgetOld()) > 0);
    const waiting = await admin.check('students', students(n, n + 1));
    const given = await admin.check('students', students(n, n + 1));
    const old = await admin.import('districts', `کد,نام\n${n},ناحیه\n`);
    await spec.sql(`UPDATE imports SET touched_at = now() - interval '31 days' WHERE id = $1`, [given.id]);
    await spec.sql(`UPDATE imports SET touched_at = now() - interval '366 days' WHERE id = $1`, [old.id]);
    expect(await service.forgetOld()).toBe(2);
    expect(await service.forgetOld()).toBe(0);
    expect((await admin.read(given.id)).state).toBe('cancelled');
    expect(await spec.sql('SELECT 1 FROM import_chunks WHERE import_id = $1', [given.id])).toEqual([]);
    await expect(admin.read(old.id)).rejects.toMatchObject({ code: 'import.notFound' });
    expect((await admin.read(waiting.id)).state).toBe('checked');
    await spec.call(identityImportsRpc.cancel, { importId: waiting.id }, admin.as);
  });

  it('IDN-203 refuses a file without its columns, without rows, with too many, and what is none', async () => {
    const failed = async (content: string, fileName?: string) =>
      admin.until((await admin.upload('students', content, fileName)).id, 'failed');
    expect(await failed('کد دانشجویی,موبایل\n1,0912\n')).toMatchObject({
      refusal: 'file.columnMissing',
      missingColumns: ['nationalCode', 'name'],
    });
    expect(await failed(students(1, 1))).toMatchObject({ refusal: 'file.empty' });
    expect(await failed('<table><tr>')).toMatchObject({ refusal: 'file.webPage' });
    expect(await failed('a,b', 'people.xlsx')).toMatchObject({ refusal: 'file.notSpreadsheet' });
    const head = 'کد,کد ملی,نام خانوادگی';
    const tooMany = await failed(`${head}\n${'x,1,y\n'.repeat(importRowsMax + 1)}`);
    expect(tooMany).toMatchObject({ refusal: 'file.tooManyRows' });
    // Of so many faults the first are kept.
    const [kept] = await spec.sql<{ n: number }>(
      'SELECT count(*)::int AS n FROM import_errors WHERE import_id = $1',
      [tooMany.id],
    );
    expect(kept?.n).toBe(importErrorsMax);
  });

  it('IDN-201 lets nobody but admins near it', async () => {
    const customer = await spec.account();
    const { accessToken } = await spec.signIn(customer.username, customer.password);
    for (const as of [{ token: accessToken }, 'nobody'] as const) {
      await expect(
        spec.call(identityImportsRpc.open, { kind: 'students', fileName: 'a.csv' }, as),
      ).rejects.toMatchObject({ kind: as === 'nobody' ? 'unauthenticated' : 'forbidden' });
    }
    // A program has nobody to answer for it.
    await expect(
      spec.call(identityImportsRpc.open, { kind: 'students', fileName: 'a.csv' }, 'service'),
    ).rejects.toMatchObject({ code: 'access.denied' });
    await expect(admin.read('0198f000-0000-7000-8000-000000000000')).rejects.toMatchObject({
      code: 'import.notFound',
    });
  });

  it('IDN-203 makes only the moves of the table, from every state by every command', async () => {
    const n = take(1);
    const { id } = await admin.check('students', students(n, n + 1));
    const service = spec.app.get(ImportsService);
    const commands: readonly (readonly [ImportState, () => Promise<unknown>])[] = [
      ['applying', () => service.apply(admin.adminId, id)],
      ['cancelled', () => service.cancel(id)],
    ];
    const force = (state: ImportState) =>
      spec.sql(
        `UPDATE imports SET state = $2, refusal = CASE WHEN $2 = 'failed' THEN 'internal' END, applied_by = $3,
           leased_until = now() + interval '1 hour' WHERE id = $1`,
        [id, state, admin.adminId],
      );
    for (const from of importStates) {
      for (const [to, command] of commands) {
        await force(from);
        const moved = importMoves[from].includes(to);
        if (moved) await expect(command()).resolves.toMatchObject({ state: to });
        else
          await expect(command()).rejects.toMatchObject({
            code: 'import.wrongState',
            details: { state: from },
          });
        expect((await admin.read(id)).state).toBe(moved ? to : from);
      }
      // A file is handed over once.
      await force(from);
      await service.close(id, 1);
      expect((await admin.read(id)).state).toBe(from === 'uploading' ? 'reading' : from);
    }
    await force('cancelled');
  });

  /** Takes the import away from the program's own job. */
  const applyByHand = async (importId: string): Promise<ClaimedImport> => {
    await spec.sql(`UPDATE imports SET leased_until = now() + interval '1 hour' WHERE id = $1`, [importId]);
    await spec.call(identityImportsRpc.apply, { importId }, admin.as);
    return claimByHand(importId);
  };
  const claimByHand = async (importId: string): Promise<ClaimedImport> => {
    const [claimed] = await spec.sql<ClaimedImport>(
      `UPDATE imports SET worker = gen_random_uuid(), leased_until = now() + interval '1 hour' WHERE id = $1
       RETURNING id, kind, file_name AS "fileName", state, chunks, cursor, applied_by AS "appliedBy", worker, attempts`,
      [importId],
    );
    if (!claimed) throw new Error('no import');
    return claimed;
  };

  it('IDN-203 goes on at the next batch when its worker dies, and the dead one writes nothing more', async () => {
    const from = take(3_500);
    const before = await accounts();
    const { id } = await admin.check('students', students(from, from + 3_500));
    const dead = spec.app.get(ImportRunner).run(await applyByHand(id));
    await dead.next();
    await dead.next();
    expect(await admin.read(id)).toMatchObject({ state: 'applying', rows: 2_000, created: 2_000 });
    expect(await accounts()).toBe(before + 2_000);
    // Nothing more is heard of it.
    await spec.sql(`UPDATE imports SET leased_until = now() - interval '1 second' WHERE id = $1`, [id]);
    expect(await admin.until(id, 'done')).toMatchObject({
      rows: 3_500,
      created: 3_500,
      updated: 0,
      unchanged: 0,
    });
    await dead.next();
    expect(await accounts()).toBe(before + 3_500);
    await quiet();
    const told = spec.events.filter(({ name }) => name === 'identity.account.created');
    expect(new Set(told.map(({ payload }) => payload['accountId'])).size).toBe(told.length);
  });

  it('IDN-203 stops at a batch when it is cancelled, and keeps what was written', async () => {
    const from = take(2_500);
    const { id } = await admin.check('students', students(from, from + 2_500));
    const work = spec.app.get(ImportRunner).run(await applyByHand(id));
    await work.next();
    await spec.call(identityImportsRpc.cancel, { importId: id }, admin.as);
    expect((await work.next()).done).toBe(true);
    expect(await admin.read(id)).toMatchObject({ state: 'cancelled', rows: 1_000, created: 1_000 });
    expect(await spec.sql('SELECT 1 FROM usernames WHERE username = $1', [`s${from + 999}`])).toHaveLength(1);
    expect(await spec.sql('SELECT 1 FROM usernames WHERE username = $1', [`s${from + 1_000}`])).toEqual([]);
  });

  it('IDN-203 gives up a file that stops its worker again and again', async () => {
    const n = take(1);
    const { id } = await admin.check('students', students(n, n + 1));
    await spec.sql('DELETE FROM import_chunks WHERE import_id = $1', [id]);
    const claimed = await applyByHand(id);
    await spec.app
      .get(ImportRunner)
      .run({ ...claimed, attempts: 1 })
      .next();
    const [given] = await spec.sql<{ worker: string | null; later: boolean }>(
      'SELECT worker, leased_until > now() AS later FROM imports WHERE id = $1',
      [id],
    );
    expect(given).toEqual({ worker: null, later: true });
    const again = await claimByHand(id);
    await spec.app
      .get(ImportRunner)
      .run({ ...again, attempts: 6 })
      .next();
    expect(await admin.read(id)).toMatchObject({ state: 'failed', refusal: 'internal' });
  });

  it('IDN-203 two replicas that bring the same people in at once make each of them once', async () => {
    const from = take(2_000);
    const other: INestMicroservice = await startReplica(spec.config);
    try {
      const files = [students(from, from + 2_000), students(from, from + 2_000).replaceAll('علی', 'رضا')];
      const checked = await Promise.all(files.map((file) => admin.check('students', file)));
      const works = await Promise.all(
        checked.map(async ({ id }, at) =>
          (at === 0 ? spec.app : other).get(ImportRunner).run(await applyByHand(id)),
        ),
      );
      await Promise.all(
        works.map(async (work) => {
          for await (const _ of work);
        }),
      );
      const done = await Promise.all(checked.map(({ id }) => admin.read(id)));
      expect(done.map(({ state }) => state)).toEqual(['done', 'done']);
      expect(done.reduce((sum, { created }) => sum + created, 0)).toBe(2_000);
      expect(done.reduce((sum, { refused }) => sum + refused, 0)).toBe(0);
      const [people] = await spec.sql<{ n: number }>(
        `SELECT count(DISTINCT account_id)::int AS n FROM usernames WHERE username ~ '^s[0-9]+$'
           AND substr(username, 2)::int BETWEEN $1 AND $2`,
        [from, from + 1_999],
      );
      expect(people?.n).toBe(2_000);
    } finally {
      await other.close();
    }
  });

  it('IDN-203 a person who gets the same national code by other means is found at the second try', async () => {
    const n = take(1);
    const { id } = await admin.check('students', students(n, n + 1));
    const claimed = await applyByHand(id);
    // Another transaction has the username; it is not to be seen until it commits.
    const runner = spec.app.get(DataSource).createQueryRunner();
    await runner.startTransaction();
    const [someone] = await spec.sql<{ id: string }>('SELECT id FROM accounts LIMIT 1');
    await runner.query(`INSERT INTO usernames (username, account_id, kind) VALUES ($1, $2, 'chosen')`, [
      `s${n}`,
      someone?.id,
    ]);
    const work = spec.app.get(ImportRunner).run(claimed).next();
    await eventually(async () =>
      expect(
        await spec.sql(
          `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%usernames%' AND datname = current_database()`,
        ),
      ).not.toEqual([]),
    );
    await runner.commitTransaction();
    await runner.release();
    await work;
    expect(await admin.read(id)).toMatchObject({ rows: 1, refused: 1, created: 0 });
    expect(await admin.errors(id)).toMatchObject([{ code: 'username_taken' }]);
    expect(await spec.sql('SELECT 1 FROM accounts WHERE name = $1', [`علی شماره${n}`])).toEqual([]);
    await spec.call(identityImportsRpc.cancel, { importId: id }, admin.as);
  });

  it('IDN-212 keeps no national code and no mobile where anybody could read them', async () => {
    const n = take(1);
    const code = nationalCode(n);
    const { id } = await admin.check('students', students(n, n + 1));
    const [chunk] = await spec.sql<{ sealed: Buffer }>(
      'SELECT sealed FROM import_chunks WHERE import_id = $1',
      [id],
    );
    expect(chunk?.sealed.includes(code)).toBe(false);
    await admin.apply(id);
    // Also when it fails with the row at hand.
    await admin.import('students', students(n, n + 1).replace('شماره', `x${'y'.repeat(230)}`));
    const tables = ['accounts', 'usernames', 'imports', 'import_errors', 'audit_entries', 'outbox'];
    for (const table of tables) {
      const found = await spec.sql(`SELECT 1 FROM ${table} AS t WHERE t::text LIKE $1 OR t::text LIKE $2`, [
        `%${code}%`,
        `%912${String(n).padStart(7, '0')}%`,
      ]);
      expect([table, found]).toEqual([table, []]);
    }
    expect(logged.length).toBeGreaterThan(0);
    const all = logged.join('\n');
    for (let i = 1_000; i < next; i += 1)
      if (all.includes(nationalCode(i))) throw new Error(`${nationalCode(i)} was logged`);
  });
});
