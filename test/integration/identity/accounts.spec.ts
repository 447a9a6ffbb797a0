import { randomBytes } from 'node:crypto';
import { DomainError } from '@peyk/contracts';
import {
  identityAccountsRpc,
  identityAuditRpc,
  identityContactsRpc,
  identitySessionsRpc,
} from '@peyk/contracts/identity';
import type { Role, RpcContract } from '@peyk/contracts';
import type {
  AccountCreateDto,
  AccountDetailsDto,
  ProfileDto,
  ProfileUpdateDto,
  RoleGrantDto,
} from '@peyk/contracts/identity';
import { Transactions, uuidv7 } from '@peyk/database';
import { testMessaging } from '@peyk/testing';
import { AccountsService } from '../../../apps/identity/src/accounts/accounts.service';
import { DemoAccounts } from '../../../apps/identity/src/demo-accounts';
import type { NewAccount } from '../../../apps/identity/src/demo-accounts';
import { SigningKeysService } from '../../../apps/identity/src/keys/signing-keys.service';
import { signAccessToken } from '../../../apps/identity/src/sessions/access-token';
import { IdentitySpec, laptop } from './replica';

/** A valid national code that no other test has. */
function nationalCode(): string {
  for (;;) {
    const digits = [...randomBytes(9)].map((byte) => byte % 10);
    const remainder = digits.reduce((sum, digit, i) => sum + digit * (10 - i), 0) % 11;
    const code = digits.join('') + String(remainder < 2 ? remainder : 11 - remainder);
    if (!/^(\d)\1+$/.test(code)) return code;
  }
}
const random = (): string => randomBytes(5).toString('hex');
const mobileNumber = (): string =>
  `0912${String(randomBytes(4).readUInt32BE() % 10_000_000).padStart(7, '0')}`;
const grant = (role: Role, ...scopes: RoleGrantDto['scopes']): RoleGrantDto => ({ role, scopes });

/** Code of the refusal, `ok` without one. */
async function outcome(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'ok';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

/** Code and field of the refusal, `ok` without one. */
async function refusalOf(attempt: Promise<unknown>): Promise<unknown> {
  try {
    await attempt;
    return 'ok';
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const fields = error.details?.['fields'] as { field: string; rule: string }[] | undefined;
    return [
      error.code,
      fields ? fields.map(({ field, rule }) => `${field} ${rule}`).join() : error.details?.['field'],
    ];
  }
}

describe('accounts', () => {
  let identity: IdentitySpec;
  let admin: Person;
  let reseller: Person;
  let support: Person;
  beforeAll(async () => {
    identity = await IdentitySpec.start();
    admin = await person('admin');
    reseller = await person('reseller');
    support = await person('support_agent');
  });
  afterAll(() => identity.stop());

  interface Person extends NewAccount {
    readonly token: string;
  }

  /** Somebody signed in with these roles. */
  async function person(...roles: Role[]): Promise<Person> {
    const account = await identity.account({ roles });
    return { ...account, token: await tokenOf(account.id, account.name, roles) };
  }
  async function tokenOf(id: string, name: string, roles: Role[], stamp = 1): Promise<string> {
    const signer = await identity.app.get(SigningKeysService).current();
    const session = { id: uuidv7(), expiresAt: new Date(Date.now() + 600_000), permissionStamp: stamp };
    const account = { id, username: '', name, roles };
    return signAccessToken(signer, { ...session, account, scopes: {} }).accessToken;
  }

  function call<I extends object, O extends object>(
    contract: RpcContract<I, O>,
    input: I,
    { token }: { readonly token: string },
  ): Promise<O> {
    return identity.call(contract, input, { token });
  }

  function draft(override: Partial<AccountCreateDto> = {}): AccountCreateDto {
    return {
      name: 'زهرا احمدی',
      usernames: [{ username: `stu-${random()}`, kind: 'student_code' }],
      grants: [grant('student')],
      nationalCode: nationalCode(),
      mobile: mobileNumber(),
      ...override,
    };
  }
  const create = (override: Partial<AccountCreateDto> = {}, as = admin): Promise<AccountDetailsDto> =>
    call(identityAccountsRpc.create, draft(override), as);

  const audited = (
    accountId: string,
  ): Promise<{ action: string; actor_id: string; before: object; after: object }[]> =>
    identity.sql(
      'SELECT action, actor_id, before, after, reason FROM audit_entries WHERE account_id = $1 ORDER BY seq',
      [accountId],
    );

  it('IDN-216 a reseller takes no code of an institution for its users, and learns of nobody else who has a national code or an e-mail', async () => {
    const taken = await create({ email: `${random()}@example.org` });
    const code = nationalCode();
    await create({ nationalCode: code });
    const make = (override: Partial<AccountCreateDto>): Promise<unknown> =>
      refusalOf(
        create(
          {
            usernames: [{ username: `shop-${random()}`, kind: 'chosen' }],
            grants: [grant('sms_customer')],
            ...override,
          },
          reseller,
        ),
      );
    for (const [username, kind] of [
      [`98${random()}`, 'professor_code'],
      ['1234567', 'chosen'],
      ['admin', 'chosen'],
    ] as const)
      expect([username, await make({ usernames: [{ username, kind }] })]).not.toEqual([username, 'ok']);
    expect(await make({ nationalCode: code, email: taken.email })).toBe('ok');
    // Among its own users they are unique.
    expect(await make({ nationalCode: code })).toEqual(['account.nationalCodeTaken', 'nationalCode']);
    expect(await make({ email: taken.email })).toEqual(['account.emailTaken', 'email']);
    const own = await create(
      { usernames: [{ username: `own-${random()}`, kind: 'chosen' }], grants: [grant('sms_customer')] },
      reseller,
    );
    const give = (username: string, kind: 'chosen' | 'school_code'): Promise<unknown> =>
      refusalOf(call(identityAccountsRpc.addUsername, { accountId: own.id, username, kind }, reseller));
    expect(await give(`10${random()}`, 'school_code')).toEqual(['input.invalid', 'kind chosen']);
    expect(await give('20455', 'chosen')).toEqual(['input.invalid', 'username chosen']);
    expect(await give(`name-${random()}`, 'chosen')).toBe('ok');
  });

  describe('are made', () => {
    it('IDN-202 IDN-011 IDN-207 with usernames, roles and the issued password, and tell of it', async () => {
      const code = nationalCode();
      const username = `P-${random()}`;
      const created = await create({
        name: '  علي   رضایي ',
        usernames: [
          { username, kind: 'professor_code' },
          { username: `۱۲${username}`, kind: 'school_code' },
        ],
        grants: [grant('school_manager', 'school:10023'), grant('professor')],
        nationalCode: code,
        mobile: '+98 912 123 45 67',
        email: ' Ali@Example.IR ',
      });
      expect(created).toMatchObject({
        name: 'علی رضایی',
        usernames: [
          { username: username.toLowerCase(), kind: 'professor_code' },
          { username: `12${username.toLowerCase()}`, kind: 'school_code' },
        ].sort((a, b) => (a.username < b.username ? -1 : 1)),
        grants: [grant('school_manager', 'school:10023'), grant('professor')],
        nationalCode: `${code.slice(0, 3)}*****${code.slice(-2)}`,
        mobile: '0912***4567',
        email: 'ali@example.ir',
        password: 'issued',
        disabled: false,
        reseller: null,
      });
      expect(await identity.event('identity.account.created', 'accountId', created.id)).toEqual({
        accountId: created.id,
        name: 'علی رضایی',
        grants: created.grants,
        disabled: false,
        stamp: 1,
      });
      const [entry] = await audited(created.id);
      expect(entry).toMatchObject({ action: 'account.created', actor_id: admin.id });
      expect(JSON.stringify(entry)).not.toContain(code);
      expect(JSON.stringify(entry)).not.toContain('9121234567');
      const [row] = await identity.sql<{ row: string }>(
        'SELECT a::text AS row FROM accounts a WHERE id = $1',
        [created.id],
      );
      expect(row?.row).not.toContain(code);
      // The issued password opens nothing but setting an own one.
      const signedIn = await identity.call(identitySessionsRpc.signIn, {
        username,
        password: code,
        client: laptop,
      });
      expect(signedIn.session).toBeUndefined();
      expect(signedIn.setPassword?.token).toBeTruthy();
    });

    it('IDN-213 not with wrong values: each is named', async () => {
      const refused = await create({
        usernames: [
          { username: 'same', kind: 'chosen' },
          { username: 'SAME', kind: 'chosen' },
        ],
        grants: [grant('student', 'school:1'), grant('office_user', 'office:123'), grant('student')],
        nationalCode: '1234567890',
        mobile: '02112345678',
        email: 'a b@c',
      }).catch((error: DomainError) => error);
      expect(refused).toMatchObject({ code: 'input.invalid' });
      const fields = (refused as DomainError).details?.['fields'] as { field: string; rule: string }[];
      expect(fields.map(({ field, rule }) => `${field} ${rule}`).sort()).toEqual([
        'email email',
        'grants[0].scopes[0] scope',
        'grants[1].scopes[0] officeCode',
        'grants[2].role repeated',
        'mobile mobile',
        'nationalCode nationalCode',
        'usernames[1].username repeated',
      ]);
      // Of what nothing can be seen the contract says so itself.
      expect(await refusalOf(create({ name: '\u200e \u200f' }))).toEqual(['input.invalid', 'name seen']);
      expect(await refusalOf(create({ usernames: [{ username: ' \u0007', kind: 'chosen' }] }))).toEqual([
        'input.invalid',
        'usernames[0].username seen',
      ]);
      expect(await outcome(create({ usernames: [], grants: [] }))).toBe('input.invalid');
    });

    it('IDN-218 for offices, whose codes have twelve digits in any form', async () => {
      const { id, grants } = await create({
        usernames: [{ username: `۵${random()}`, kind: 'office_number' }],
        grants: [grant('office_user', 'office:۱۲۳۴۵۶۷۸۹۰۱۲')],
      });
      expect(grants).toEqual([grant('office_user', 'office:123456789012')]);
      const listed = await call(identityAccountsRpc.list, { scope: 'office:123456789012' }, admin);
      expect(listed.accounts.map((account) => account.id)).toEqual([id]);
    });

    it('IDN-202 once: of 20 at once with one username, or one national code, one wins and the others are told', async () => {
      const shared = { username: `race-${random()}`, kind: 'student_code' } as const;
      const byUsername = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          outcome(
            create({
              usernames: i % 2 ? [shared] : [{ username: `r${i}-${random()}`, kind: 'chosen' }, shared],
            }),
          ),
        ),
      );
      expect(byUsername.sort()).toEqual([...Array<string>(19).fill('account.usernameTaken'), 'ok']);
      const code = nationalCode();
      const byCode = await Promise.all(
        Array.from({ length: 10 }, () => outcome(create({ nationalCode: code }))),
      );
      expect(byCode.sort()).toEqual([...Array<string>(9).fill('account.nationalCodeTaken'), 'ok']);
      const email = `${random()}@example.ir`;
      const byEmail = await Promise.all(Array.from({ length: 5 }, () => outcome(create({ email }))));
      expect(byEmail.sort()).toEqual([...Array<string>(4).fill('account.emailTaken'), 'ok']);
      // Nobody who lost left anything behind.
      expect(
        await identity.sql(
          'SELECT 1 FROM accounts a WHERE NOT EXISTS (SELECT FROM usernames u WHERE u.account_id = a.id)',
        ),
      ).toEqual([]);
    });

    it('createAccount() answers false in a race for a username, and leaves no account without one', async () => {
      const username = `seed-${random()}`;
      const accounts = identity.app.get(DemoAccounts);
      const made = await Promise.all(
        Array.from({ length: 5 }, () =>
          accounts.createAccount({
            id: uuidv7(),
            username,
            name: 'بذر',
            roles: ['student'],
            password: 'correct horse',
          }),
        ),
      );
      expect(made.filter(Boolean)).toHaveLength(1);
      const id = uuidv7();
      const again = await Promise.all(
        ['a', 'b'].map((end) =>
          accounts.createAccount({
            id,
            username: `${username}-${end}`,
            name: 'بذر',
            roles: ['student'],
            password: 'x',
          }),
        ),
      );
      expect(again.filter(Boolean)).toHaveLength(1);
      expect(await identity.sql('SELECT 1 FROM accounts WHERE name = $1', ['بذر'])).toHaveLength(2);
    });
  });
  describe('are found', () => {
    it('IDN-202 IDN-212 by national code, mobile, beginning of a username, words of the name; nothing in clear', async () => {
      const code = nationalCode();
      const mobile = mobileNumber();
      const tag = random();
      const { id } = await create({
        name: `سمانه علی‌زاده ${tag}`,
        usernames: [{ username: `F${tag}1405`, kind: 'student_code' }],
        nationalCode: code,
        mobile,
      });
      const search = async (text: string): Promise<string[]> =>
        (await call(identityAccountsRpc.list, { search: text }, admin)).accounts.map((account) => account.id);
      const persian = (digits: string): string =>
        digits.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'.charAt(Number(digit)));
      for (const text of [code, persian(code), mobile, `+98${mobile.slice(1)}`, `f${tag}`, `F${tag}۱۴۰`])
        expect([text, await search(text)]).toEqual([text, [id]]);
      for (const text of [`سمان ${tag}`, `${tag} زاده`, `علي‌زاد ${tag}`])
        expect([text, await search(text)]).toEqual([text, [id]]);
      for (const text of [
        nationalCode(),
        `${tag}1405`,
        `سمانه ${random()}`,
        `'); DROP TABLE accounts; --`,
        '%',
        '_',
        `':* | !`,
      ])
        expect([text, await search(text)]).toEqual([text, []]);
      // Too short for a beginning.
      expect(await search(`F${tag}`.slice(0, 2))).not.toContain(id);
      const listed = JSON.stringify(await call(identityAccountsRpc.list, { search: code }, admin));
      expect(listed).not.toContain(code);
      expect(listed).not.toContain(mobile.slice(1));
    });

    it('by role, scope and state, page by page without gap or repetition', async () => {
      const school = `school:s${random()}` as const;
      const ids: string[] = [];
      for (let i = 0; i < 5; i += 1)
        ids.unshift((await create({ grants: [grant('school_manager', school, 'school:1')] })).id);
      await call(identityAccountsRpc.disable, { accountId: ids[2] ?? '' }, admin);
      const seen: string[] = [];
      for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
        const page = await call(
          identityAccountsRpc.list,
          { scope: school, limit: 2, ...(cursor && { cursor }) },
          admin,
        );
        seen.push(...page.accounts.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(ids);
      const only = async (filter: object): Promise<string[]> =>
        (await call(identityAccountsRpc.list, { scope: school, ...filter }, admin)).accounts.map(
          ({ id }) => id,
        );
      expect(await only({ disabled: true })).toEqual([ids[2]]);
      expect(await only({ role: 'district_expert' })).toEqual([]);
      expect(await only({ role: 'school_manager', disabled: false })).toHaveLength(4);
      expect(await outcome(call(identityAccountsRpc.list, { cursor: 'bm9uc2Vuc2U' }, admin))).toBe(
        'input.invalid',
      );
    });
  });

  describe('are corrected', () => {
    it('IDN-204 IDN-016 by a support agent who says why; old and new stand masked in the audit log', async () => {
      const oldMobile = mobileNumber();
      const mobile = mobileNumber();
      const { id } = await create({ mobile: oldMobile });
      const accountId = id;
      expect(await outcome(call(identityAccountsRpc.update, { accountId, mobile }, support))).toBe(
        'account.reasonMissing',
      );
      const updated = await call(
        identityAccountsRpc.update,
        { accountId, mobile, name: 'زهرا احمدیان', reason: 'تیکت 1405-17' },
        support,
      );
      expect(updated).toMatchObject({
        name: 'زهرا احمدیان',
        mobile: `${mobile.slice(0, 4)}***${mobile.slice(-4)}`,
      });
      expect(updated.mobileChangedAt).not.toBeNull();
      expect((await audited(id)).at(-1)).toEqual({
        action: 'account.updated',
        actor_id: support.id,
        before: { name: 'زهرا احمدی', mobile: `${oldMobile.slice(0, 4)}***${oldMobile.slice(-4)}` },
        after: { name: 'زهرا احمدیان', mobile: updated.mobile },
        reason: 'تیکت 1405-17',
      });
      expect(await identity.event('identity.account.updated', 'accountId', id)).toMatchObject({
        name: 'زهرا احمدیان',
        // Not a permission: tokens stay good.
        stamp: 1,
      });
      const entries = await audited(id);
      await call(identityAccountsRpc.update, { accountId, mobile, reason: 'again' }, support);
      expect(await audited(id)).toEqual(entries);
      const removed = await call(
        identityAccountsRpc.update,
        { accountId, mobile: null, nationalCode: null },
        admin,
      );
      expect(removed).toMatchObject({ mobile: null, nationalCode: null, name: 'زهرا احمدیان' });
    });

    it('a customer without mobile or national code could never sign in: both are required, with words at the field', async () => {
      for (const role of ['sms_customer', 'reseller'] as const) {
        const grants = [grant(role)];
        const usernames = [{ username: `c-${random()}`, kind: 'chosen' as const }];
        for (const [missing, expected] of [
          [{ mobile: undefined }, 'mobile required'],
          [{ mobile: null }, 'mobile required'],
          [{ mobile: '' }, 'mobile mobile'],
          [{ nationalCode: undefined }, 'nationalCode required'],
          [{ mobile: null, nationalCode: null }, 'nationalCode required,mobile required'],
        ] as const)
          expect(await refusalOf(create({ grants, usernames, ...missing }))).toEqual([
            'input.invalid',
            expected,
          ]);
        const made = await create({ grants, usernames });
        expect(made.incomplete).toBe(false);
        const accountId = made.id;
        for (const field of ['mobile', 'nationalCode'])
          expect(
            await refusalOf(call(identityAccountsRpc.update, { accountId, [field]: null }, admin)),
          ).toEqual(['input.invalid', `${field} required`]);
      }
      // Who is no customer comes in by either; without both nobody would.
      expect(await outcome(create({ mobile: null }))).toBe('ok');
      expect(await outcome(create({ nationalCode: null }))).toBe('ok');
      expect(await refusalOf(create({ nationalCode: null, mobile: null }))).toEqual([
        'input.invalid',
        'nationalCode required',
      ]);
    });

    it('a customer made without them before is marked, found, and completed', async () => {
      const { id: accountId } = await create({
        grants: [grant('sms_customer')],
        usernames: [{ username: `c-${random()}`, kind: 'chosen' }],
      });
      await identity.sql(
        'UPDATE accounts SET mobile_sealed = NULL, mobile_index = NULL, national_code_sealed = NULL, national_code_index = NULL WHERE id = $1',
        [accountId],
      );
      const found = async (incomplete: boolean): Promise<boolean> =>
        (await call(identityAccountsRpc.list, { incomplete, limit: 200 }, admin)).accounts.some(
          ({ id }) => id === accountId,
        );
      expect([await found(true), await found(false)]).toEqual([true, false]);
      const half = await call(identityAccountsRpc.update, { accountId, mobile: mobileNumber() }, admin);
      expect(half.incomplete).toBe(true);
      const whole = await call(
        identityAccountsRpc.update,
        { accountId, nationalCode: nationalCode() },
        admin,
      );
      expect(whole.incomplete).toBe(false);
      expect(await found(true)).toBe(false);
    });

    it('IDN-204 never of staff by a support agent: nobody climbs by correcting the mobile of an admin', async () => {
      const other = await person('support_agent');
      for (const accountId of [admin.id, support.id, other.id])
        expect(
          await outcome(
            call(identityAccountsRpc.update, { accountId, mobile: mobileNumber(), reason: 'x' }, support),
          ),
        ).toBe('access.denied');
      const { id } = await create();
      const input = { accountId: id, resellerId: reseller.id, reason: 'x' };
      expect(await outcome(call(identityAccountsRpc.update, input, support))).toBe('access.denied');
      const outcomes = await Promise.all(
        [
          call(identityAccountsRpc.setRoles, { accountId: id, grants: [grant('admin')] }, support),
          call(identityAccountsRpc.disable, { accountId: id }, support),
          call(identityAccountsRpc.issuePassword, { accountId: id }, support),
          create({}, support),
        ].map(outcome),
      );
      expect(outcomes).toEqual(Array(4).fill('access.denied'));
    });

    it('not to a national code or e-mail that somebody has, in a race neither', async () => {
      const code = nationalCode();
      const [a, b] = await Promise.all([create(), create()]);
      const tries = await Promise.all(
        [a, b].map(({ id }) =>
          outcome(call(identityAccountsRpc.update, { accountId: id, nationalCode: code }, admin)),
        ),
      );
      expect(tries.sort()).toEqual(['account.nationalCodeTaken', 'ok']);
    });

    it('IDN-022 IDN-015 by themselves where they registered themselves, else not', async () => {
      const customer = await person('sms_customer');
      const updated = await call(
        identityAccountsRpc.updateMe,
        { name: 'شرکت تازه', email: `${random()}@example.ir`, password: customer.password },
        customer,
      );
      expect(updated).toMatchObject({ name: 'شرکت تازه', editable: true });
      expect(await outcome(call(identityAccountsRpc.updateMe, { name: ' ' }, customer))).toBe(
        'input.invalid',
      );
      for (const roles of [['student'], ['sms_customer', 'professor']] as Role[][]) {
        const student = await person(...roles);
        expect(await call(identityAccountsRpc.me, {}, student)).toMatchObject({
          editable: false,
          id: student.id,
        });
        expect(await outcome(call(identityAccountsRpc.updateMe, { name: 'دیگری' }, student))).toBe(
          'account.readOnly',
        );
      }
    });

    it('IDN-022 IDN-209 another e-mail wants the password: who finds a session open cannot take the account', async () => {
      const customer = await person('sms_customer');
      const { id, password } = customer;
      const update = (input: ProfileUpdateDto, as: Person = customer): Promise<unknown> =>
        refusalOf(call(identityAccountsRpc.updateMe, input, as));
      const mine = `${random()}@example.ir`;
      expect(await update({ email: mine })).toEqual(['input.invalid', 'password required']);
      expect(await update({ email: mine, password: 'a guess' })).toEqual(['password.wrong', 'password']);
      expect(await call(identityAccountsRpc.me, {}, customer)).toMatchObject({ email: null });
      expect(await update({ email: ` ${mine.toUpperCase()}`, password })).toEqual('ok');
      // The same one, in whatever writing, is no change.
      expect(await update({ name: 'نام تازه', email: mine.toUpperCase() })).toEqual('ok');
      expect(await update({ email: null })).toEqual(['input.invalid', 'password required']);
      expect(await update({ email: null, password: 'a guess' })).toEqual(['password.wrong', 'password']);
      expect(await call(identityAccountsRpc.me, {}, customer)).toMatchObject({
        email: mine,
        name: 'نام تازه',
      });

      const warned = await identity.call(identityAccountsRpc.warnings, {}, { token: customer.token });
      expect(warned.warnings.map(({ code }) => code)).toEqual(['email_changed']);
      const shown = `${mine.charAt(0)}*********@example.ir`;
      const audit = await identity.sql(
        `SELECT action, actor_id, before, after FROM audit_entries WHERE account_id = $1 AND action LIKE 'account.upd%' ORDER BY seq`,
        [id],
      );
      const refusal = { action: 'account.update_refused', actor_id: id, before: null, after: null };
      expect(audit).toEqual([
        refusal,
        { action: 'account.updated', actor_id: id, before: { email: null }, after: { email: shown } },
        {
          ...refusal,
          action: 'account.updated',
          before: { name: customer.name },
          after: { name: 'نام تازه' },
        },
        refusal,
      ]);

      // Nobody guesses the password here either.
      await identity.sql('DELETE FROM failed_tries');
      const guesses = await Promise.all(
        Array.from({ length: 20 }, () => update({ email: null, password: 'x' })),
      );
      expect(
        guesses.filter((refused) => Array.isArray(refused) && refused[0] === 'password.wrong'),
      ).toHaveLength(5);
      expect(await update({ email: null, password })).toEqual(['login.throttled', undefined]);
      const passwordless = await person('sms_customer');
      await identity.sql('UPDATE accounts SET password_hash = NULL WHERE id = $1', [passwordless.id]);
      expect(await update({ email: `${random()}@example.ir`, password }, passwordless)).toEqual([
        'password.wrong',
        'password',
      ]);
    });

    it('IDN-221 say in the audit log from where they were changed', async () => {
      const client = { address: '203.0.113.17', device: 'Safari of the desk' };
      const from = { token: admin.token, client };
      const accountId = (await create()).id;
      await identity.call(identityAccountsRpc.update, { accountId, mobile: '09121112244' }, from);
      await identity.call(identityAccountsRpc.setRoles, { accountId, grants: [grant('professor')] }, from);
      await identity.call(
        identityAccountsRpc.addUsername,
        { accountId, username: random(), kind: 'chosen' },
        from,
      );
      await identity.call(identityAccountsRpc.unlock, { accountId }, from);
      await identity.call(identityAccountsRpc.disable, { accountId }, from);
      const { entries } = await identity.call(identityAuditRpc.list, { accountId }, from);
      expect(
        entries.map(({ action, actor, address, device }) => [action, actor.accountId, address, device]),
      ).toEqual([
        ...[
          'account.disabled',
          'account.unlocked',
          'account.username_added',
          'account.roles_set',
          'account.updated',
        ].map((action) => [action, admin.id, client.address, client.device]),
        ['account.created', admin.id, null, null],
      ]);
    });

    it('IDN-014 the own account shows all usernames, roles and scopes; answers neither nobody nor a service', async () => {
      const { id } = await create({
        mobile: '09121112233',
        grants: [grant('district_expert', 'district:7')],
      });
      const profile: ProfileDto = await identity.call(
        identityAccountsRpc.me,
        {},
        { token: await tokenOf(id, 'x', ['district_expert']) },
      );
      expect(profile).toMatchObject({
        id,
        mobile: '0912***2233',
        grants: [grant('district_expert', 'district:7')],
      });
      await call(identityAccountsRpc.disable, { accountId: id }, admin);
      expect(await outcome(identity.call(identityAccountsRpc.me, {}))).toBe('access.tokenMissing');
      expect(await outcome(identity.call(identityAccountsRpc.me, {}, 'service'))).toBe('access.denied');
    });
  });

  describe('of a reseller', () => {
    it('IDN-216 are made, seen and changed by it alone, and are SMS customers only', async () => {
      const rival = await person('reseller');
      const own = await create(
        {
          usernames: [{ username: `user-${random()}`, kind: 'chosen' }],
          grants: [grant('sms_customer')],
          resellerId: rival.id,
        },
        reseller,
      );
      expect(own.reseller).toEqual({ id: reseller.id, name: reseller.name });
      const accountId = own.id;
      const ids = async (as: Person): Promise<string[]> =>
        (await call(identityAccountsRpc.list, {}, as)).accounts.map(({ id }) => id);
      expect(await ids(reseller)).toContain(accountId);
      expect(await ids(rival)).toEqual([]);
      expect(await ids(reseller)).not.toContain(reseller.id);
      const listed = await call(identityAccountsRpc.list, { resellerId: reseller.id }, admin);
      expect(listed.accounts.map(({ id }) => id)).toContain(accountId);
      for (const grants of [
        [grant('admin')],
        [grant('sms_customer'), grant('reseller')],
        [grant('student')],
      ]) {
        expect(await outcome(create({ grants }, reseller))).toBe('access.denied');
        expect(await outcome(call(identityAccountsRpc.setRoles, { accountId, grants }, reseller))).toBe(
          'access.denied',
        );
      }
      const acts = (of: string, as: Person): Promise<string>[] => [
        outcome(call(identityAccountsRpc.read, { accountId: of }, as)),
        outcome(call(identityAccountsRpc.update, { accountId: of, name: 'نام' }, as)),
        outcome(call(identityAccountsRpc.setRoles, { accountId: of, grants: [grant('sms_customer')] }, as)),
        outcome(
          call(
            identityAccountsRpc.addUsername,
            { accountId: of, username: `u${random()}`, kind: 'chosen' },
            as,
          ),
        ),
        outcome(call(identityAccountsRpc.signOut, { accountId: of }, as)),
        outcome(call(identityAccountsRpc.unlock, { accountId: of }, as)),
        outcome(call(identityAccountsRpc.issuePassword, { accountId: of }, as)),
        outcome(call(identityAccountsRpc.disable, { accountId: of }, as)),
        outcome(call(identityAccountsRpc.enable, { accountId: of }, as)),
      ];
      expect(await Promise.all(acts(accountId, reseller))).toEqual(Array(9).fill('ok'));
      for (const foreign of [accountId, admin.id, uuidv7()])
        expect(await Promise.all(acts(foreign, rival))).toEqual(Array(9).fill('account.notFound'));
      const { username } = admin;
      expect(
        await outcome(
          call(
            identityAccountsRpc.addUsername,
            { accountId, username, kind: 'chosen', takeOver: true },
            reseller,
          ),
        ),
      ).toBe('access.denied');
      // What an admin makes of it is out of its reseller's hands.
      await call(
        identityAccountsRpc.setRoles,
        { accountId, grants: [grant('sms_customer'), grant('professor')] },
        admin,
      );
      expect(await Promise.all(acts(accountId, reseller))).toEqual(Array(9).fill('account.notFound'));
      expect(await outcome(create({ resellerId: support.id }))).toBe('input.invalid');
    });
  });

  describe('roles', () => {
    it('IDN-201 are set as a whole, raise the stamp and are told', async () => {
      const { id } = await create();
      const grants = [grant('district_expert', 'district:2', 'district:1', 'district:2')];
      const updated = await call(identityAccountsRpc.setRoles, { accountId: id, grants }, admin);
      expect(updated.grants).toEqual([grant('district_expert', 'district:1', 'district:2')]);
      expect(await identity.event('identity.account.updated', 'accountId', id)).toMatchObject({
        grants: updated.grants,
        stamp: 2,
      });
      expect((await audited(id)).at(-1)).toMatchObject({
        action: 'account.roles_set',
        before: { roles: ['student'], scopes: {} },
        after: { roles: ['district_expert'], scopes: { district_expert: ['district:1', 'district:2'] } },
      });
    });

    it('IDN-201 admins who demote or disable each other at once leave one', async () => {
      // Only these: the others administer nothing for a while.
      await identity.sql(`UPDATE accounts SET roles = '{support_agent}' WHERE roles @> '{admin}'`);
      const admins = await Promise.all(Array.from({ length: 6 }, () => person('admin')));
      const results = await Promise.all(
        admins.map((one, i) => {
          const accountId = admins[(i + 1) % admins.length]?.id ?? '';
          return outcome(
            i % 2
              ? call(identityAccountsRpc.setRoles, { accountId, grants: [grant('student')] }, one)
              : call(identityAccountsRpc.disable, { accountId }, one),
          );
        }),
      );
      const left = await identity.sql(`SELECT id FROM accounts WHERE roles @> '{admin}' AND NOT disabled`);
      expect(left.length).toBeGreaterThanOrEqual(1);
      expect(results.filter((result) => result === 'ok')).toHaveLength(admins.length - left.length);
      await identity.sql(`UPDATE accounts SET roles = '{admin}' WHERE id = $1`, [admin.id]);
      await identity.sql(`UPDATE accounts SET roles = '{student}' WHERE id <> $1 AND roles @> '{admin}'`, [
        admin.id,
      ]);
      expect(
        await outcome(
          call(identityAccountsRpc.setRoles, { accountId: admin.id, grants: [grant('student')] }, admin),
        ),
      ).toBe('account.lastAdmin');
      expect(await outcome(call(identityAccountsRpc.disable, { accountId: admin.id }, admin))).toBe(
        'account.self',
      );
    });

    it('changes of one account at once: none is lost, each raises the stamp', async () => {
      const { id } = await create();
      const districts = Array.from({ length: 10 }, (_, i) => `district:${i}` as const);
      await Promise.all(
        districts.map((scope) =>
          call(
            identityAccountsRpc.setRoles,
            { accountId: id, grants: [grant('district_expert', scope)] },
            admin,
          ),
        ),
      );
      const [row] = await identity.sql<{ permission_stamp: number }>(
        'SELECT permission_stamp FROM accounts WHERE id = $1',
        [id],
      );
      expect(row?.permission_stamp).toBe(11);
      expect((await audited(id)).filter(({ action }) => action === 'account.roles_set')).toHaveLength(10);
    });
  });

  describe('are closed and opened', () => {
    const open = async (accountId: string): Promise<number> =>
      (await identity.sql('SELECT 1 FROM sessions WHERE account_id = $1 AND ended_at IS NULL', [accountId]))
        .length;

    it('IDN-202 IDN-210 disabling ends sessions and refuses sign-ins, enabling opens again; repeated it is no error', async () => {
      const { id, username, password } = await identity.account();
      await identity.signIn(username, password);
      expect(await open(id)).toBe(1);
      for (let i = 0; i < 2; i += 1)
        expect(await call(identityAccountsRpc.disable, { accountId: id }, admin)).toMatchObject({
          disabled: true,
        });
      expect(await open(id)).toBe(0);
      expect(await identity.event('identity.account.disabled', 'accountId', id)).toMatchObject({ stamp: 2 });
      expect(await identity.event('identity.session.ended', 'accountId', id)).toMatchObject({
        reason: 'account_disabled',
      });
      expect(await outcome(identity.signIn(username, password))).toBe('login.failed');
      expect(await call(identityAccountsRpc.enable, { accountId: id }, admin)).toMatchObject({
        disabled: false,
      });
      expect(await outcome(identity.signIn(username, password))).toBe('ok');
      expect((await audited(id)).map(({ action }) => action)).toEqual(
        expect.arrayContaining(['account.disabled', 'account.enabled']),
      );
    });

    it('IDN-210 IDN-019 sign-out by an admin, or by another program, ends all sessions and no more', async () => {
      const { id, username, password } = await identity.account();
      const other = await identity.account();
      await identity.signIn(other.username, other.password);
      await identity.signIn(username, password);
      await identity.signIn(username, password, true);
      await call(identityAccountsRpc.signOut, { accountId: id }, admin);
      expect([await open(id), await open(other.id)]).toEqual([0, 1]);
      await identity.signIn(username, password);
      const input = { accountId: id, reason: 'data_changed' } as const;
      expect(await outcome(identity.call(identitySessionsRpc.endOf, input, { token: admin.token }))).toBe(
        'access.denied',
      );
      expect(await outcome(identity.call(identitySessionsRpc.endOf, input))).not.toBe('ok');
      expect(await open(id)).toBe(1);
      expect(await outcome(identity.call(identitySessionsRpc.endOf, input, 'service'))).toBe('access.denied');
      const internship = await testMessaging('internship');
      await internship.rpc.call(identitySessionsRpc.endOf, input, 'service');
      await internship.broker.close();
      expect([await open(id), await open(other.id)]).toEqual([0, 1]);
      expect((await audited(id)).filter(({ action }) => action === 'account.signed_out')).toHaveLength(2);
    });

    it('IDN-211 unlock forgets failed tries, and only those of this account', async () => {
      const { id, username, password } = await identity.account();
      const other = await identity.account();
      for (const name of [username, other.username])
        for (let i = 0; i < 5; i += 1)
          expect(await outcome(identity.signIn(name, 'wrong'))).toBe('login.failed');
      expect(await outcome(identity.signIn(username, password))).toBe('login.throttled');
      await call(identityAccountsRpc.unlock, { accountId: id }, admin);
      expect(await outcome(identity.signIn(username, password))).toBe('ok');
      expect(await outcome(identity.signIn(other.username, other.password))).toBe('login.throttled');
    });

    it('IDN-011 IDN-207 issuing the password ends sessions and the old password; nobody sees it', async () => {
      const code = nationalCode();
      const { id, username, password } = await identity.account();
      expect(await outcome(call(identityAccountsRpc.issuePassword, { accountId: id }, admin))).toBe(
        'account.nationalCodeMissing',
      );
      await call(identityAccountsRpc.update, { accountId: id, nationalCode: code }, admin);
      // It opens nothing for 72 hours, unless a second person agrees: contacts.spec.ts.
      await call(identityContactsRpc.approve, { accountId: id }, support);
      await identity.signIn(username, password);
      const issued = await call(identityAccountsRpc.issuePassword, { accountId: id }, admin);
      expect(issued.password).toBe('issued');
      expect(await open(id)).toBe(0);
      expect(await outcome(identity.signIn(username, password))).toBe('login.failed');
      const withCode = { username, password: code, client: laptop };
      expect((await identity.call(identitySessionsRpc.signIn, withCode)).setPassword).toBeDefined();
      expect(await identity.event('identity.password.changed', 'accountId', id)).toMatchObject({
        how: 'set_by_admin',
      });
      expect(JSON.stringify(await audited(id))).not.toMatch(/argon2/);
      expect(await outcome(call(identityAccountsRpc.issuePassword, { accountId: admin.id }, admin))).toBe(
        'account.self',
      );
    });
  });

  describe('usernames', () => {
    it('IDN-008 a school code goes to the next manager in one step, and opens that account only', async () => {
      const school = `school-${random()}`;
      const old = await identity.account({ username: school });
      const next = await identity.account();
      const add = { accountId: next.id, username: school.toUpperCase(), kind: 'school_code' } as const;
      expect(await outcome(call(identityAccountsRpc.addUsername, add, admin))).toBe('account.usernameTaken');
      const updated = await call(identityAccountsRpc.addUsername, { ...add, takeOver: true }, admin);
      expect(updated.usernames).toContainEqual({ username: school, kind: 'school_code' });
      expect(await outcome(call(identityAccountsRpc.addUsername, { ...add, takeOver: true }, admin))).toBe(
        'ok',
      );
      expect(await outcome(identity.signIn(school, old.password))).toBe('ok');
      const [session] = await identity.sql<{ account_id: string }>(
        'SELECT account_id FROM sessions ORDER BY created_at DESC LIMIT 1',
      );
      expect(session?.account_id).toBe(next.id);
      expect(await call(identityAccountsRpc.read, { accountId: old.id }, admin)).toMatchObject({
        usernames: [],
      });
      expect((await audited(old.id)).at(-1)).toMatchObject({ action: 'account.username_removed' });
    });

    it('the last one stays, also when two are removed at once', async () => {
      const { id, usernames } = await create({
        usernames: [
          { username: `a${random()}`, kind: 'chosen' },
          { username: `b${random()}`, kind: 'chosen' },
        ],
      });
      const results = await Promise.all(
        usernames.map(({ username }) =>
          outcome(call(identityAccountsRpc.removeUsername, { accountId: id, username }, admin)),
        ),
      );
      expect(results.sort()).toEqual(['account.lastUsername', 'ok']);
      expect(
        await outcome(call(identityAccountsRpc.removeUsername, { accountId: id, username: 'nobody' }, admin)),
      ).toBe('account.usernameNotFound');
    });

    it("two accounts that take each other's at once end with both names in use once", async () => {
      const [a, b] = await Promise.all([create(), create()]);
      const name = ({ usernames }: AccountDetailsDto): string => usernames[0]?.username ?? '';
      const take = (accountId: string, username: string): Promise<string> =>
        outcome(
          call(
            identityAccountsRpc.addUsername,
            { accountId, username, kind: 'chosen', takeOver: true },
            admin,
          ),
        );
      expect(await Promise.all([take(a.id, name(b)), take(b.id, name(a))])).toEqual(['ok', 'ok']);
      const rows = await identity.sql<{ username: string }>(
        'SELECT username FROM usernames WHERE account_id = ANY($1)',
        [[a.id, b.id]],
      );
      expect(rows.map(({ username }) => username).sort()).toEqual([name(a), name(b)].sort());
    });
  });

  it('insert() and change() are undone with their transaction, event and audit too', async () => {
    const accounts = identity.app.get(AccountsService);
    const id = uuidv7();
    const by = { actor: { service: 'spec' }, client: laptop };
    const account = {
      id,
      name: 'نیمه‌کاره',
      roles: ['sms_customer'],
      usernames: [{ username: `u${random()}`, kind: 'chosen' }],
      passwordHash: null,
    } as const;
    await expect(
      identity.app.get(Transactions).run(async (tx) => {
        await accounts.insert(tx, account, by);
        await accounts.change(tx, id, 'account.updated', by, () => ({ name: 'دیگر' }));
        throw new Error('crash');
      }),
    ).rejects.toThrow('crash');
    expect(await audited(id)).toEqual([]);
    expect(await identity.sql('SELECT 1 FROM outbox WHERE aggregate = $1', [`account:${id}`])).toEqual([]);
    const mobile = '989123334455';
    const claims = await Promise.all(
      Array.from({ length: 5 }, () =>
        outcome(
          identity.app.get(Transactions).run((tx) =>
            accounts.insert(
              tx,
              {
                ...account,
                id: uuidv7(),
                usernames: [{ username: `u${random()}`, kind: 'chosen' }],
                mobile,
                mobileUnique: true,
              },
              by,
            ),
          ),
        ),
      ),
    );
    expect(claims.sort()).toEqual([...Array<string>(4).fill('account.mobileTaken'), 'ok']);
  });
});
