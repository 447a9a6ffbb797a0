import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { identityCodesRpc, identityPasswordsRpc, identitySessionsRpc } from '@peyk/contracts/identity';
import type { DomainError } from '@peyk/contracts';
import type { ClientDto, SessionGrantDto } from '@peyk/contracts/identity';
import { Transactions } from '@peyk/database';
import { eventually } from '@peyk/testing';
import { decode } from 'jsonwebtoken';
import { AccountsService } from '../../../apps/identity/src/accounts/accounts.service';
import { CodeSender } from '../../../apps/identity/src/codes/code-sender';
import { PasswordHasher } from '../../../apps/identity/src/passwords/password-hasher';
import { IdentitySpec, laptop } from './replica';

const own = 'چتر آبی ۷ باران';

describe('passwords', () => {
  let identity: IdentitySpec;
  beforeAll(async () => {
    identity = await IdentitySpec.start();
  });
  afterAll(() => identity.stop());
  beforeEach(() => identity.sql('DELETE FROM address_failures'));

  const outcome = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'ok',
      ({ code, details }: DomainError) =>
        code === 'password.weak' ? `weak: ${String(details?.['reason'])}` : code,
    );
  const token = ({ accessToken }: SessionGrantDto): { token: string } => ({ token: accessToken });
  const sidOf = ({ accessToken }: SessionGrantDto): string => (decode(accessToken) as { sid: string }).sid;
  const openSessions = async (accountId: string): Promise<string[]> =>
    (
      await identity.sql<{ id: string }>(
        'SELECT id FROM sessions WHERE account_id = $1 AND ended_at IS NULL',
        [accountId],
      )
    ).map(({ id }) => id);

  /** As the organisation registers people: the password is the national code (IDN-011). */
  const registered = async (): Promise<{ id: string; username: string; nationalCode: string }> => {
    const nationalCode = String(randomInt(1e9, 9e9));
    const username = `98${randomInt(1e6, 1e7)}`;
    const passwordHash = await identity.app.get(PasswordHasher).hash(nationalCode);
    const id = await identity.app.get(Transactions).run((tx) =>
      identity.app.get(AccountsService).insert(
        tx,
        {
          name: 'سارا محمدی',
          roles: ['student'],
          usernames: [{ username, kind: 'student_code' }],
          nationalCode,
          mobile: `98912${randomInt(1e6, 1e7)}`,
          passwordHash,
          mustSetPassword: true,
        },
        { actor: { service: 'spec' } },
      ),
    );
    return { id, username, nationalCode };
  };
  const setFirst = (
    first: string,
    newPassword: string,
    client: ClientDto = laptop,
  ): Promise<SessionGrantDto> =>
    identity.call(identityPasswordsRpc.setFirst, { token: first, newPassword, client });
  const change = (
    grant: SessionGrantDto,
    oldPassword: string,
    newPassword: string,
  ): Promise<SessionGrantDto> =>
    identity.call(identityPasswordsRpc.change, { oldPassword, newPassword, client: laptop }, token(grant));

  describe('first sign-in', () => {
    const firstToken = async (username: string, password: string, remember?: boolean): Promise<string> => {
      const { session, setPassword } = await identity.trySignIn(username, password, remember);
      expect(session).toBeUndefined();
      return setPassword?.token ?? '';
    };

    it('IDN-011 IDN-207 the national code, in any digits, opens nothing but setting an own password', async () => {
      const { id, username, nationalCode } = await registered();
      const persian = nationalCode.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] ?? '');
      const first = await firstToken(username, persian, true);
      expect(first).toMatch(/^[\w-]{43}$/);
      expect(await openSessions(id)).toEqual([]);
      // No token of the platform: neither access nor refresh.
      expect(await outcome(identity.call(identitySessionsRpc.list, {}, { token: first }))).toBe(
        'access.tokenInvalid',
      );
      expect(await outcome(identity.refresh(first.padEnd(70, 'A')))).toBe('session.ended');
      const grant = await setFirst(first, own);
      // Remember-me of the sign-in holds.
      expect(grant).toMatchObject({ account: { id }, persistent: true });
      expect(await identity.event('identity.password.changed', 'accountId', id)).toMatchObject({
        how: 'first_sign_in',
      });
      expect((await identity.call(identitySessionsRpc.list, {}, token(grant))).sessions).toHaveLength(1);
      expect(await outcome(identity.trySignIn(username, nationalCode))).toBe('login.failed');
      expect((await identity.trySignIn(username, own)).session?.account.id).toBe(id);
    });

    it('takes neither the issued password nor what is personal, and the token stays for another try', async () => {
      const { username, nationalCode, id } = await registered();
      const first = await firstToken(username, nationalCode);
      for (const [password, refusal] of [
        [nationalCode, 'weak: unchanged'],
        [[...nationalCode].reverse().join(''), 'weak: personal'],
        [username, 'weak: personal'],
        ['سارامحمدی', 'weak: personal'],
        ['password1', 'weak: common'],
        ['کوتاه', 'weak: short'],
        ['x'.repeat(10_000), 'input.invalid'],
      ] as const)
        expect([password.slice(0, 20), await outcome(setFirst(first, password))]).toEqual([
          password.slice(0, 20),
          refusal,
        ]);
      // An issued password that is not the national code.
      const issued = `issued-${randomBytes(6).toString('hex')}`;
      const issuedHash = await identity.app.get(PasswordHasher).hash(issued);
      await identity.sql('UPDATE accounts SET password_hash = $2 WHERE id = $1', [id, issuedHash]);
      expect(await outcome(setFirst(first, issued))).toBe('weak: unchanged');
      expect(await outcome(setFirst(first, own))).toBe('ok');
    });

    it('serves once, be it used 10 times at once', async () => {
      const { id, username, nationalCode } = await registered();
      const first = await firstToken(username, nationalCode);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, at) => outcome(setFirst(first, `${own} ${at}`))),
      );
      expect(answers.sort()).toEqual(['ok', ...Array<string>(9).fill('password.tokenInvalid')]);
      expect(await openSessions(id)).toHaveLength(1);
      expect(await outcome(setFirst(first, own))).toBe('password.tokenInvalid');
    });

    it('sign-ins at the same time come before or after it: nobody is left with a token that does not serve', async () => {
      for (let round = 0; round < 3; round += 1) {
        const { username, nationalCode } = await registered();
        const first = await firstToken(username, nationalCode);
        const [set, ...answers] = await Promise.all([
          outcome(setFirst(first, own)),
          ...Array.from({ length: 4 }, () =>
            identity.trySignIn(username, nationalCode).catch((error: DomainError) => error.code),
          ),
        ]);
        expect(['ok', 'password.tokenInvalid']).toContain(set);
        const given = answers.flatMap((answer) =>
          typeof answer === 'string' ? [] : [answer.setPassword?.token ?? ''],
        );
        for (const answer of answers) if (typeof answer === 'string') expect(answer).toBe('login.failed');
        const later = await Promise.all(given.map((token, at) => outcome(setFirst(token, `${own} ${at}`))));
        expect([set, ...later].filter((answer) => answer === 'ok')).toHaveLength(1);
      }
    });

    it('is replaced by that of a later sign-in, and ends after ten minutes', async () => {
      const { id, username, nationalCode } = await registered();
      const older = await firstToken(username, nationalCode);
      const newer = await firstToken(username, nationalCode);
      expect(await outcome(setFirst(older, own))).toBe('password.tokenInvalid');
      const [row] = await identity.sql<{ seconds: number }>(
        `UPDATE first_passwords SET expires_at = expires_at - interval '599 seconds' WHERE account_id = $1
         RETURNING extract(epoch FROM expires_at - now())::float8 AS seconds`,
        [id],
      );
      expect(row?.seconds).toBeLessThanOrEqual(1);
      await identity.sql('UPDATE first_passwords SET expires_at = now() WHERE account_id = $1', [id]);
      expect(await outcome(setFirst(newer, own))).toBe('password.tokenInvalid');
      expect(await outcome(setFirst('A'.repeat(43), own))).toBe('password.tokenInvalid');
    });

    it('serves no longer when the account is disabled, or got another password, in between', async () => {
      const disabled = await registered();
      const one = await firstToken(disabled.username, disabled.nationalCode);
      await identity.sql(
        'UPDATE accounts SET disabled = true, permission_stamp = permission_stamp + 1 WHERE id = $1',
        [disabled.id],
      );
      expect(await outcome(setFirst(one, own))).toBe('password.tokenInvalid');

      const changed = await registered();
      const two = await firstToken(changed.username, changed.nationalCode);
      const three = await firstToken(changed.username, changed.nationalCode);
      expect(await outcome(setFirst(three, own))).toBe('ok');
      expect(await outcome(setFirst(two, `${own} 2`))).toBe('password.tokenInvalid');
      expect(await outcome(identity.trySignIn(changed.username, own))).toBe('ok');
    });

    it('IDN-212 stores neither token nor password', async () => {
      const { id, username, nationalCode } = await registered();
      const first = await firstToken(username, nationalCode);
      const rows = [
        ...(await identity.sql('SELECT * FROM first_passwords WHERE account_id = $1', [id])),
        ...(await identity.sql('SELECT * FROM accounts WHERE id = $1', [id])),
        ...(await identity.sql('SELECT * FROM sign_ins WHERE account_id = $1', [id])),
        ...(await identity.sql('SELECT * FROM audit_entries WHERE account_id = $1', [id])),
        ...(await identity.sql('SELECT * FROM outbox')),
      ];
      const text = JSON.stringify(rows);
      expect(rows.length).toBeGreaterThanOrEqual(4);
      expect(text).not.toContain(first);
      expect(text).not.toContain(nationalCode);
    });
  });

  describe('change', () => {
    it('IDN-017 IDN-023 IDN-208 asks for the old one, ends other sessions, and goes on with new tokens', async () => {
      const { id, username, password } = await identity.account();
      const [here, there] = [
        await identity.signIn(username, password),
        await identity.signIn(username, password),
      ];
      const after = await change(here, password, own);
      expect(sidOf(after)).toBe(sidOf(here));
      expect(after.refreshToken).not.toBe(here.refreshToken);
      expect(await openSessions(id)).toEqual([sidOf(here)]);
      await expect(identity.refresh(there.refreshToken)).rejects.toMatchObject({ code: 'session.ended' });
      expect(await identity.event('identity.session.ended', 'sessionId', sidOf(there))).toMatchObject({
        reason: 'password_changed',
      });
      expect(await identity.event('identity.password.changed', 'accountId', id)).toMatchObject({
        how: 'changed',
      });
      // The old access tokens are refused, the new one is not.
      for (const refused of [here, there])
        await eventually(async () =>
          expect(await outcome(identity.call(identitySessionsRpc.list, {}, token(refused)))).toBe(
            'access.tokenInvalid',
          ),
        );
      expect((await identity.call(identitySessionsRpc.list, {}, token(after))).sessions).toHaveLength(1);
      expect((await identity.refresh(after.refreshToken)).account.id).toBe(id);
      expect(await outcome(identity.trySignIn(username, password))).toBe('login.failed');
      expect(await outcome(identity.trySignIn(username, own))).toBe('ok');
    });

    it('names the old password when it is wrong, and slows down who tries many', async () => {
      const { username, password } = await identity.account();
      const grant = await identity.signIn(username, password);
      const refusal = await change(grant, 'wrong', own).catch((error: DomainError) => error);
      expect(refusal).toMatchObject({ code: 'password.wrong', details: { field: 'oldPassword' } });
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => outcome(change(grant, 'wrong again', own))),
      );
      expect(answers.filter((code) => code === 'password.wrong')).toHaveLength(4);
      expect(answers.filter((code) => code === 'login.throttled')).toHaveLength(16);
      // Signing in is another count.
      expect(await outcome(identity.trySignIn(username, password))).toBe('ok');
    });

    it('IDN-208 refuses a weak one, the same one and that of another kind of digits', async () => {
      const { username, password } = await identity.account({ password: 'numbers 1405 and words' });
      const grant = await identity.signIn(username, password);
      for (const [newPassword, refusal] of [
        [password, 'weak: unchanged'],
        ['numbers ۱۴۰۵ and words', 'weak: unchanged'],
        [username, 'weak: personal'],
        ['12345678', 'weak: common'],
        ['kurz', 'weak: short'],
      ] as const)
        expect(await outcome(change(grant, password, newPassword))).toBe(refusal);
      expect(await outcome(identity.trySignIn(username, password))).toBe('ok');
    });

    it('of five changes at once one wins, and the account has its password', async () => {
      const { username, password } = await identity.account();
      const grant = await identity.signIn(username, password);
      const wanted = [1, 2, 3, 4, 5].map((no) => `${own} number ${no}`);
      const answers = await Promise.all(wanted.map((to) => outcome(change(grant, password, to))));
      expect(answers.filter((code) => code === 'ok')).toHaveLength(1);
      const opens: string[] = [];
      await identity.sql('DELETE FROM failed_tries');
      for (const to of wanted) if ((await outcome(identity.trySignIn(username, to))) === 'ok') opens.push(to);
      expect(opens).toEqual([wanted[answers.indexOf('ok')]]);
    });

    it('a session that ended meanwhile does not come back', async () => {
      const { id, username, password } = await identity.account();
      const grant = await identity.signIn(username, password);
      await identity.sql(
        `UPDATE sessions SET ended_at = now(), end_reason = 'signed_out' WHERE account_id = $1`,
        [id],
      );
      expect(await outcome(change(grant, password, own))).toBe('session.ended');
      // Nothing was changed.
      expect(await outcome(identity.trySignIn(username, password))).toBe('ok');
    });

    it('answers neither nobody nor a service', async () => {
      const input = { oldPassword: 'x', newPassword: own, client: laptop };
      expect(await outcome(identity.call(identityPasswordsRpc.change, input))).toBe('access.tokenMissing');
      expect(await outcome(identity.call(identityPasswordsRpc.change, input, 'service'))).toBe(
        'access.denied',
      );
    });
  });

  describe('reset', () => {
    const requestCode = async (username: string): Promise<{ requestId: string; code: string }> => {
      let code = '';
      const send = jest
        .spyOn(identity.app.get(CodeSender), 'send')
        .mockImplementation((message) => void (code = message.code));
      const input = { username, purpose: 'reset_password', client: laptop } as const;
      const { requestId } = await identity.call(identityCodesRpc.request, input);
      send.mockRestore();
      return { requestId, code };
    };
    const reset = (requestId: string, code: string, newPassword: string): Promise<unknown> =>
      identity.call(identityPasswordsRpc.reset, { requestId, code, newPassword, client: laptop });

    it('IDN-209 sets a password by a code, ends all sessions, and forgets all devices', async () => {
      const { id, username, nationalCode } = await registered();
      const { setPassword } = await identity.trySignIn(username, nationalCode);
      const { requestId, code } = await requestCode(username);
      expect(await outcome(reset(requestId, code, 'password1'))).toBe('weak: common');
      expect(await outcome(reset(requestId, code, nationalCode))).toBe('weak: unchanged');
      expect(await outcome(reset(requestId, code, own))).toBe('ok');
      expect(await outcome(reset(requestId, code, `${own} 2`))).toBe('code.expired');
      expect(await openSessions(id)).toEqual([]);
      expect(await identity.event('identity.password.changed', 'accountId', id)).toMatchObject({
        how: 'reset',
      });
      // What the issued password had opened is shut.
      expect(await outcome(setFirst(setPassword?.token ?? '', `${own} 3`))).toBe('password.tokenInvalid');
      expect((await identity.trySignIn(username, own)).session?.account.id).toBe(id);
    });

    it('ends sessions that were open, and their access tokens', async () => {
      const { id, username } = await registered();
      await identity.sql('UPDATE accounts SET must_set_password = false WHERE id = $1', [id]);
      const password = await identity.app.get(PasswordHasher).hash(own);
      await identity.sql('UPDATE accounts SET password_hash = $2 WHERE id = $1', [id, password]);
      const grant = await identity.signIn(username, own);
      const { requestId, code } = await requestCode(username);
      expect(await outcome(reset(requestId, code, `${own} new`))).toBe('ok');
      expect(await openSessions(id)).toEqual([]);
      await eventually(async () =>
        expect(await outcome(identity.call(identitySessionsRpc.list, {}, token(grant)))).toBe(
          'access.tokenInvalid',
        ),
      );
      expect(await identity.sql('SELECT 1 FROM known_devices WHERE account_id = $1', [id])).toEqual([]);
    });

    it('OWASP: a locked username does not keep its owner from resetting, and is free afterwards', async () => {
      const { username } = await registered();
      for (let at = 0; at < 5; at += 1) await outcome(identity.trySignIn(username, 'stranger'));
      await identity.sql(`UPDATE failed_tries SET blocked_until = now() + interval '1 hour'`);
      expect(await outcome(identity.trySignIn(username, 'x'))).toBe('login.throttled');
      const { requestId, code } = await requestCode(username);
      expect(await outcome(reset(requestId, code, own))).toBe('ok');
      expect(await outcome(identity.trySignIn(username, own))).toBe('ok');
    });

    it('refuses a wrong code, a code for signing in, and one of nobody', async () => {
      const { username } = await registered();
      const { requestId, code } = await requestCode(username);
      expect(await outcome(reset(requestId, code === '111111' ? '222222' : '111111', own))).toBe(
        'code.wrong',
      );
      expect(await outcome(reset(randomUUID(), code, own))).toBe('code.expired');
      const nobody = await requestCode('nobody-has-this-name');
      expect(await outcome(reset(nobody.requestId, '123456', own))).toBe('code.wrong');
      const client = { ...laptop };
      expect(await outcome(identity.call(identityCodesRpc.signIn, { requestId, code, client }))).toBe(
        'code.expired',
      );
    });

    it('two resets with one code at once: one password', async () => {
      const { username } = await registered();
      const { requestId, code } = await requestCode(username);
      const answers = await Promise.all(
        [1, 2, 3].map((no) => outcome(reset(requestId, code, `${own} ${no}`))),
      );
      expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
      expect(await outcome(identity.trySignIn(username, `${own} ${answers.indexOf('ok') + 1}`))).toBe('ok');
    });
  });

  it('audits every one, without the passwords', async () => {
    const actions = await identity.sql<{ action: string; text: string }>(
      `SELECT action, row_to_json(audit_entries)::text AS text FROM audit_entries WHERE action LIKE 'password.%'`,
    );
    expect([...new Set(actions.map(({ action }) => action))].sort()).toEqual([
      'password.change_refused',
      'password.changed',
      'password.first_set',
      'password.reset',
    ]);
    for (const { text } of actions) {
      expect(text).not.toContain(own.slice(0, 8));
      expect(text).not.toContain('argon2');
    }
  });

  it('signing out stays possible with a token of before the change', async () => {
    const { username, password } = await identity.account();
    const grant = await identity.signIn(username, password);
    await change(grant, password, own);
    await identity.call(identitySessionsRpc.signOut, { refreshToken: grant.refreshToken });
    const [row] = await identity.sql<{ end_reason: string }>(
      'SELECT end_reason FROM sessions WHERE id = $1',
      [sidOf(grant)],
    );
    expect(row?.end_reason).toBe('signed_out');
  });
});
