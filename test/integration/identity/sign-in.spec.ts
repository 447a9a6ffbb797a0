import { DomainError } from '@peyk/contracts';
import { identityPasswordsRpc } from '@peyk/contracts/identity';
import type { SessionGrantDto } from '@peyk/contracts/identity';
import { Transactions } from '@peyk/database';
import { hash as argon2 } from '@node-rs/argon2';
import { HousekeepingJob } from '../../../apps/identity/src/housekeeping.job';
import { PasswordHasher, owaspCost } from '../../../apps/identity/src/passwords/password-hasher';
import { SignInThrottle } from '../../../apps/identity/src/sign-in-safety/sign-in-throttle';
import { IdentitySpec, laptop } from './replica';

describe('sign-in by password', () => {
  let identity: IdentitySpec;
  beforeAll(async () => {
    identity = await IdentitySpec.start();
  });
  afterAll(() => identity.stop());
  // They all come from one address, which is not what is tested here.
  beforeEach(() => identity.sql('DELETE FROM address_failures'));

  const outcome = (attempt: Promise<SessionGrantDto>): Promise<string> =>
    attempt.then(
      () => 'ok',
      (error: DomainError) => error.code,
    );

  it('IDN-001 IDN-210 gives the account, an access token and a refresh token, and tells of the session', async () => {
    const { id, username, password, name } = await identity.account({ roles: ['sms_customer', 'reseller'] });
    const grant = await identity.signIn(username, password);
    expect(grant.account).toEqual({ id, username, name, roles: ['sms_customer', 'reseller'] });
    expect(grant.accessToken.split('.')).toHaveLength(3);
    expect(grant.refreshToken).toHaveLength(70);
    const [session] = await identity.sql<{ id: string; address: string; device: string }>(
      'SELECT id, address, device FROM sessions WHERE account_id = $1',
      [id],
    );
    expect(session).toMatchObject(laptop);
    expect(await identity.event('identity.session.started', 'accountId', id)).toEqual({
      sessionId: session?.id,
      accountId: id,
      at: expect.any(String) as string,
      persistent: false,
    });
    expect(await identity.event('identity.account.created', 'accountId', id)).toMatchObject({ name });
  });

  it('IDN-213 finds the account by its username in any digits, letters and case', async () => {
    const { id, password } = await identity.account({ username: 'کد-1405-AB' });
    const grant = await identity.signIn('  كد-۱۴۰٥-ab ', password);
    expect(grant.account).toMatchObject({ id, username: 'کد-1405-ab' });
  });

  it('answers wrong password, unknown username, disabled account and no password alike', async () => {
    const wrong = await identity.account();
    const disabled = await identity.account();
    const without = await identity.account();
    await identity.sql('UPDATE accounts SET disabled = true WHERE id = $1', [disabled.id]);
    await identity.sql('UPDATE accounts SET password_hash = NULL WHERE id = $1', [without.id]);
    const answers = await Promise.all(
      [
        identity.signIn(wrong.username, 'Correct horse'),
        identity.signIn('nobody-has-this', 'correct horse'),
        identity.signIn(disabled.username, disabled.password),
        identity.signIn(without.username, without.password),
      ].map((attempt) => attempt.catch(({ code, details }: DomainError) => ({ code, details }))),
    );
    expect(answers).toEqual(Array.from({ length: 4 }, () => ({ code: 'login.failed', details: undefined })));
    // A username of which nothing can be seen is nobody's: the contract refuses it.
    await expect(identity.signIn('\u0007', 'correct horse')).rejects.toMatchObject({ code: 'input.invalid' });
  });

  it('does the work of a hash for an unknown username too', async () => {
    const verify = jest.spyOn(identity.app.get(PasswordHasher), 'verify');
    await outcome(identity.signIn('nobody-has-that', 'x'));
    expect(verify.mock.calls).toEqual([[undefined, 'x']]);
    verify.mockRestore();
  });

  it('names the field of a password of 10,000 characters without hashing it', async () => {
    const verify = jest.spyOn(identity.app.get(PasswordHasher), 'verify');
    await expect(identity.signIn('demo', 'x'.repeat(10_000))).rejects.toMatchObject({
      code: 'input.invalid',
      details: { fields: [expect.objectContaining({ field: 'password', rule: 'maxLength' })] },
    });
    expect(verify).not.toHaveBeenCalled();
    verify.mockRestore();
  });

  it('IDN-212 stores a hash of other parameters anew', async () => {
    jest.replaceProperty(PasswordHasher, 'cost', owaspCost);
    const { id, username, password } = await identity.account();
    const weak = await argon2(password, { memoryCost: 8_192, timeCost: 1 });
    await identity.sql('UPDATE accounts SET password_hash = $2 WHERE id = $1', [id, weak]);
    expect(await outcome(identity.signIn(username, 'wrong'))).toBe('login.failed');
    const hashes = (): Promise<object[]> =>
      identity.sql('SELECT password_hash FROM accounts WHERE id = $1', [id]);
    expect(await hashes()).toEqual([{ password_hash: weak }]);
    // Several at once: nobody's sign-in is lost to another's rehash.
    expect(await Promise.all([1, 2, 3].map(() => outcome(identity.signIn(username, password))))).toEqual([
      'ok',
      'ok',
      'ok',
    ]);
    expect(await hashes()).toEqual([
      { password_hash: expect.stringContaining('$m=19456,t=2,p=1$') as string },
    ]);
    expect(await outcome(identity.signIn(username, password))).toBe('ok');
    jest.restoreAllMocks();
  });

  it('opens no session for an account that is disabled while its password is checked', async () => {
    const { id, username, password } = await identity.account();
    const hasher = identity.app.get(PasswordHasher);
    const original = hasher.verify.bind(hasher);
    jest.spyOn(hasher, 'verify').mockImplementationOnce(async (stored, typed) => {
      const matches = await original(stored, typed);
      await identity.sql(
        'UPDATE accounts SET disabled = true, permission_stamp = permission_stamp + 1 WHERE id = $1',
        [id],
      );
      return matches;
    });
    expect(await outcome(identity.signIn(username, password))).toBe('login.failed');
    expect(await identity.sql('SELECT 1 FROM sessions WHERE account_id = $1', [id])).toEqual([]);
  });

  describe('throttle', () => {
    /** As if the waiting time of every username had passed. */
    const waited = (): Promise<object[]> =>
      identity.sql(`UPDATE failed_tries SET blocked_until = '-infinity'`);
    /** One who waits now waits an hour more: the next step comes in time on a slow machine too. */
    const held = (): Promise<object[]> =>
      identity.sql(`UPDATE failed_tries SET blocked_until = blocked_until + interval '1 hour'`);
    const failTimes = async (username: string, times: number): Promise<string[]> => {
      const answers: string[] = [];
      for (let done = 0; done < times; done += 1)
        answers.push(await outcome(identity.signIn(username, 'wrong')));
      return answers;
    };
    const fiveFailed = Array<string>(5).fill('login.failed');

    it('IDN-211 makes wait after the fifth failure, the owner with the right password too, and says how long', async () => {
      const { username, password } = await identity.account();
      expect(await failTimes(username, 5)).toEqual(fiveFailed);
      await held();
      const refusal = await identity.signIn(username, password).catch((error: DomainError) => error);
      expect(refusal).toMatchObject({ code: 'login.throttled' });
      const { retryAfterSeconds } = (refusal as DomainError).details as { retryAfterSeconds: number };
      expect(Number.isInteger(retryAfterSeconds)).toBe(true);
      expect(retryAfterSeconds).toBeGreaterThan(3_500);
      expect(retryAfterSeconds).toBeLessThanOrEqual(3_602);
    });

    it('waits longer each time, at most five minutes, and no failure counts while it waits', async () => {
      await identity.sql('DELETE FROM failed_tries');
      const waits: unknown[] = [];
      for (let failures = 1; failures <= 15; failures += 1) {
        expect(await failTimes('waits-longer', 1)).toEqual(['login.failed']);
        const [row] = await identity.sql<{ failures: number; wait: number }>(
          `SELECT failures, round(extract(epoch FROM blocked_until - last_try_at))::int AS wait
           FROM failed_tries WHERE blocked_until <> '-infinity'`,
        );
        if (row) waits.push(row.wait);
        await held();
        if (row) expect(await failTimes('waits-longer', 1)).toEqual(['login.throttled']);
        await waited();
      }
      expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
    });

    it('begins anew after a success, and an hour after the last try', async () => {
      const { username, password } = await identity.account();
      await failTimes(username, 5);
      await waited();
      expect(await outcome(identity.signIn(username, password))).toBe('ok');
      expect(await failTimes(username, 5)).toEqual(fiveFailed);
      await waited();
      await identity.sql(`UPDATE failed_tries SET last_try_at = now() - interval '61 minutes'`);
      expect(await failTimes(username, 5)).toEqual(fiveFailed);
      await held();
      expect(await failTimes(username, 1)).toEqual(['login.throttled']);
    });

    it('makes nobody wait for less than five failures, be they sent at once', async () => {
      for (let round = 0; round < 10; round += 1) {
        const { username, password } = await identity.account();
        const answers = await Promise.all(
          ['wrong', password, 'wrong', password].map((typed) => outcome(identity.signIn(username, typed))),
        );
        expect(answers).toEqual(['login.failed', 'ok', 'login.failed', 'ok']);
      }
    });

    it('lets no more than five of 30 guesses through that are sent at once', async () => {
      const { username } = await identity.account();
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => outcome(identity.signIn(username, 'wrong'))),
      );
      expect(answers.filter((code) => code === 'login.failed')).toHaveLength(5);
      expect(answers.filter((code) => code === 'login.throttled')).toHaveLength(25);
    });

    it('treats a username that nobody has in the same way', async () => {
      expect(await failTimes('nobody-at-all', 5)).toEqual(fiveFailed);
      await held();
      expect(await failTimes('nobody-at-all', 1)).toEqual(['login.throttled']);
    });

    it('IDN-211 is one for all usernames of an account, and none of its owner who is signed in', async () => {
      const { id, username, password } = await identity.account();
      const { accessToken } = await identity.signIn(username, password);
      const second = `second-${username}`;
      await identity.sql(`INSERT INTO usernames (username, account_id, kind) VALUES ($1, $2, 'chosen')`, [
        second,
        id,
      ]);
      expect([...(await failTimes(username, 3)), ...(await failTimes(second, 2))]).toEqual(fiveFailed);
      await held();
      for (const name of [username, second])
        expect(await outcome(identity.signIn(name, password))).toBe('login.throttled');
      // One who types as a username what the owner's own tries are counted under does not touch them.
      expect(await failTimes(`owner ${id}`, 5)).toEqual(fiveFailed);
      await held();
      const change = { oldPassword: password, newPassword: 'another long sentence', client: laptop };
      await identity.call(identityPasswordsRpc.change, change, { token: accessToken });
      await identity.app.get(Transactions).run((tx) => identity.app.get(SignInThrottle).forgive(tx, id));
      expect(await outcome(identity.signIn(second, change.newPassword))).toBe('ok');
    });

    it('is one for all ways to write a username', async () => {
      const { username } = await identity.account({ username: 'u-1234' });
      for (const typed of ['u-1234', 'U-۱۲۳۴', ' u-١٢٣٤', 'u-1۲3٤', 'Ｕ-1234'])
        expect(await outcome(identity.signIn(typed, 'wrong'))).toBe('login.failed');
      await held();
      expect(await outcome(identity.signIn(username, 'wrong'))).toBe('login.throttled');
    });

    it('does not count a try that was refused because too many passwords were being hashed', async () => {
      const { username, password } = await identity.account();
      const verify = jest.spyOn(identity.app.get(PasswordHasher), 'verify');
      const full = new DomainError('rate.limited');
      for (let at = 0; at < 6; at += 1) {
        verify.mockRejectedValueOnce(full);
        expect(await outcome(identity.signIn(username, password))).toBe('rate.limited');
      }
      verify.mockRestore();
      expect(await outcome(identity.signIn(username, password))).toBe('ok');
    });

    it('forgets names that were not tried for an hour', async () => {
      await failTimes('tried-once', 1);
      await identity.sql(`UPDATE failed_tries SET last_try_at = now() - interval '61 minutes'`);
      await failTimes('tried-now', 1);
      await identity.app.get(HousekeepingJob).run();
      expect(await identity.sql('SELECT failures FROM failed_tries')).toEqual([{ failures: 1 }]);
    });
  });
});
