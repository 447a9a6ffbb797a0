import { identityAccountsRpc, identitySessionsRpc, identitySignInsRpc } from '@peyk/contracts/identity';
import type { DomainError } from '@peyk/contracts';
import type {
  ClientDto,
  SecurityWarningDto,
  SessionGrantDto,
  SignInRecordDto,
} from '@peyk/contracts/identity';
import { Transactions } from '@peyk/database';
import { eventually } from '@peyk/testing';
import { HousekeepingJob } from '../../../apps/identity/src/housekeeping.job';
import { PasswordHasher } from '../../../apps/identity/src/passwords/password-hasher';
import { SessionsService } from '../../../apps/identity/src/sessions/sessions.service';
import { SignInHistory } from '../../../apps/identity/src/sign-in-safety/sign-in-history';
import { freeFailures } from '../../../apps/identity/src/sign-in-safety/address-throttle';
import { IdentitySpec, laptop } from './replica';

describe('safety of sign-ins', () => {
  let identity: IdentitySpec;
  beforeAll(async () => {
    identity = await IdentitySpec.start();
  });
  afterAll(() => identity.stop());
  beforeEach(() => identity.sql('DELETE FROM address_failures'));

  const outcome = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'ok',
      (error: DomainError) => error.code,
    );
  const attempt = (username: string, password: string, client: ClientDto = laptop): Promise<string> =>
    outcome(identity.trySignIn(username, password, false, client));
  const as = ({ accessToken }: SessionGrantDto): { token: string } => ({ token: accessToken });
  const warnings = async (grant: SessionGrantDto): Promise<SecurityWarningDto[]> =>
    (await identity.call(identityAccountsRpc.warnings, {}, as(grant))).warnings;
  const signIns = async (grant: SessionGrantDto): Promise<SignInRecordDto[]> =>
    (await identity.call(identitySignInsRpc.list, {}, as(grant))).signIns;
  const seen = (grant: SessionGrantDto): Promise<object> =>
    identity.call(identityAccountsRpc.seeWarnings, {}, as(grant));
  const phone: ClientDto = { address: '198.51.100.20', device: 'Chrome on a phone' };
  /** The browser after a sign-in, with its cookie. */
  const known = ({ deviceToken }: SessionGrantDto, client = laptop): ClientDto => ({
    ...client,
    deviceToken,
  });

  describe('a device that is known', () => {
    it('IDN-211 signs in while a stranger has made the username wait, and does not set the stranger free', async () => {
      const { username, password } = await identity.account();
      const mine = known(await identity.signIn(username, password));
      const stranger: ClientDto = { address: '203.0.113.66', device: 'guesser' };
      for (let at = 0; at < 5; at += 1) await attempt(username, 'wrong', stranger);
      await identity.sql(`UPDATE failed_tries SET blocked_until = now() + interval '1 hour'`);
      expect(await attempt(username, password, stranger)).toBe('login.throttled');
      expect(await attempt(username, password, laptop)).toBe('login.throttled');
      expect(await attempt(username, password, mine)).toBe('ok');
      // The owner's success is none of the stranger's.
      expect(await attempt(username, 'wrong', stranger)).toBe('login.throttled');
      // A device of another account is a stranger too.
      const other = await identity.account();
      const others = known(await identity.signIn(other.username, other.password));
      expect(await attempt(username, password, others)).toBe('login.throttled');
    });

    it('has a count of its own', async () => {
      const { username, password } = await identity.account();
      const mine = known(await identity.signIn(username, password));
      const answers = await Promise.all(Array.from({ length: 20 }, () => attempt(username, 'wrong', mine)));
      expect(answers.filter((code) => code === 'login.failed')).toHaveLength(5);
      expect(answers.filter((code) => code === 'login.throttled')).toHaveLength(15);
      expect(await attempt(username, password, laptop)).toBe('ok');
    });

    it('is one for all accounts that use the browser, and the token stays the same', async () => {
      const one = await identity.account();
      const two = await identity.account();
      const first = await identity.signIn(one.username, one.password);
      const second = await identity.signIn(two.username, two.password, false, known(first));
      expect(second.deviceToken).toBe(first.deviceToken);
      const again = await identity.signIn(one.username, one.password, false, known(second));
      expect(again.deviceToken).toBe(first.deviceToken);
      expect((await identity.refresh(again.refreshToken)).deviceToken).toBeUndefined();
    });

    it('cannot be chosen by whoever plants a cookie, and nothing that opens it is stored', async () => {
      const { id, username, password } = await identity.account();
      const planted = 'A'.repeat(43);
      const { deviceToken = '' } = await identity.signIn(username, password, false, {
        ...laptop,
        deviceToken: planted,
      });
      expect(deviceToken).toMatch(/^[\w-]{43}$/);
      expect(deviceToken).not.toBe(planted);
      const [row] = await identity.sql<{ token_hash: Buffer }>(
        'SELECT token_hash FROM known_devices WHERE account_id = $1',
        [id],
      );
      expect(row?.token_hash).toHaveLength(32);
      expect(row?.token_hash.includes(Buffer.from(deviceToken, 'base64url'))).toBe(false);
    });

    it('is forgotten after half a year, with "end all", and beyond fifty', async () => {
      const { id, username, password } = await identity.account();
      const grant = await identity.signIn(username, password);
      const block = async (): Promise<void> => {
        await identity.sql('DELETE FROM address_failures');
        for (let at = 0; at < 5; at += 1) await attempt(username, 'wrong', phone);
        await identity.sql(`UPDATE failed_tries SET blocked_until = now() + interval '1 hour'`);
      };
      await block();
      expect(await attempt(username, password, known(grant))).toBe('ok');
      await identity.sql(
        `UPDATE known_devices SET last_seen_at = now() - interval '181 days' WHERE account_id = $1`,
        [id],
      );
      expect(await attempt(username, password, known(grant))).toBe('login.throttled');
      await identity.app.get(HousekeepingJob).run();
      expect(await identity.sql('SELECT 1 FROM known_devices WHERE account_id = $1', [id])).toEqual([]);

      await identity.sql('DELETE FROM failed_tries');
      const anew = await identity.signIn(username, password);
      await identity.call(identitySessionsRpc.endAll, {}, as(anew));
      await block();
      expect(await attempt(username, password, known(anew))).toBe('login.throttled');

      await identity.sql('DELETE FROM failed_tries');
      await identity.sql(
        `INSERT INTO known_devices (token_hash, account_id, last_seen_at)
         SELECT sha256(n::text::bytea), $1, now() - n * interval '1 minute' FROM generate_series(1, 60) AS n`,
        [id],
      );
      await identity.signIn(username, password);
      const [count] = await identity.sql<{ count: number }>(
        'SELECT count(*)::int FROM known_devices WHERE account_id = $1',
        [id],
      );
      expect(count).toEqual({ count: 50 });
    });
  });

  describe('one address over many usernames', () => {
    const from = (address: string): ClientDto => ({ address, device: 'sprayer' });
    /** Guesses at so many names of nobody. */
    const spray = async (client: ClientDto, times: number): Promise<string[]> => {
      const answers: string[] = [];
      for (let at = 0; at < times; at += 1)
        answers.push(await attempt(`nobody-${Math.random().toString(36).slice(2)}`, 'Spring-1405', client));
      return answers;
    };
    /** As if so many seconds had passed. */
    const later = (seconds: number): Promise<object[]> =>
      identity.sql(
        `UPDATE address_failures SET at = at - $1 * interval '1 second',
           blocked_until = blocked_until - $1 * interval '1 second'`,
        [seconds],
      );

    it('IDN-211 is slowed down after 20 failures, and only there; known devices are not', async () => {
      const { username, password } = await identity.account();
      const atHome = known(await identity.signIn(username, password), from('192.0.2.200'));
      expect(new Set(await spray(from('192.0.2.200'), freeFailures + 1))).toEqual(new Set(['login.failed']));
      await identity.sql(`UPDATE address_failures SET blocked_until = blocked_until + interval '1 hour'`);
      expect(await attempt(username, password, from('192.0.2.200'))).toBe('login.throttled');
      expect(await attempt(username, password, from('192.0.2.201'))).toBe('ok');
      expect(await attempt(username, password, atHome)).toBe('ok');
      const refusal = await identity
        .trySignIn(username, password, false, from('::ffff:192.0.2.200'))
        .catch((error: DomainError) => error);
      const { retryAfterSeconds } = (refusal as DomainError).details as { retryAfterSeconds: number };
      expect(retryAfterSeconds).toBeGreaterThan(3_500);
    });

    it('of IPv6 is a /64', async () => {
      for (let at = 0; at <= freeFailures; at += 1) await spray(from(`2001:db8:0:7::${at.toString(16)}`), 1);
      await identity.sql(`UPDATE address_failures SET blocked_until = blocked_until + interval '1 hour'`);
      expect(await spray(from('2001:db8:0:7:ffff::1'), 1)).toEqual(['login.throttled']);
      expect(await spray(from('2001:db8:0:8::1'), 1)).toEqual(['login.failed']);
    });

    it('waits twice as long each time, at most five minutes, and two a minute are forgiven', async () => {
      const client = from('192.0.2.210');
      await spray(client, freeFailures);
      const waits: number[] = [];
      for (let further = 1; further <= 12; further += 1) {
        expect(await spray(client, 1)).toEqual(['login.failed']);
        const [row] = await identity.sql<{ wait: number }>(
          'SELECT round(extract(epoch FROM blocked_until - at))::int AS wait FROM address_failures',
        );
        waits.push(row?.wait ?? 0);
        // The wait passes, nothing leaks.
        await identity.sql(`UPDATE address_failures SET blocked_until = '-infinity', at = clock_timestamp()`);
      }
      expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300]);
      await later(10 * 60);
      const [row] = await identity.sql<{ level: number }>('SELECT level FROM address_failures');
      await spray(client, 1);
      const [after] = await identity.sql<{ level: number }>('SELECT level FROM address_failures');
      expect((row?.level ?? 0) - (after?.level ?? 0)).toBeCloseTo(19, 0);
    });

    it('a school behind one address signs in at once', async () => {
      const accounts = await Promise.all(Array.from({ length: 30 }, () => identity.account()));
      const answers = await Promise.all(
        accounts.map(({ username, password }) => attempt(username, password, from('192.0.2.220'))),
      );
      expect(new Set(answers)).toEqual(new Set(['ok']));
      expect(await identity.sql('SELECT 1 FROM address_failures')).toEqual([]);
    });

    it('keeps no address, and forgets after an hour', async () => {
      await spray(from('192.0.2.230'), 1);
      const [row] = await identity.sql<{ address_key: Buffer }>('SELECT address_key FROM address_failures');
      expect(row?.address_key).toHaveLength(32);
      await later(3_601);
      await spray(from('192.0.2.231'), 1);
      await identity.app.get(HousekeepingJob).run();
      expect(await identity.sql('SELECT 1 FROM address_failures')).toHaveLength(1);
    });
  });

  describe('history', () => {
    it('IDN-211 has every try at the account with device, address and outcome, the newest first', async () => {
      const { username, password } = await identity.account();
      await attempt(username, 'wrong', phone);
      // Failures are written after the answer; this waits for them.
      await identity.app.get(SignInHistory).onModuleDestroy();
      const grant = await identity.signIn(username, password);
      expect(await signIns(grant)).toMatchObject([
        { method: 'password', outcome: 'ok', ...laptop, newDevice: false },
        { method: 'password', outcome: 'failed', ...phone, newDevice: false },
      ]);
    });

    it('keeps nothing of usernames that nobody has, nor of what was throttled', async () => {
      const count = async (): Promise<unknown> => identity.sql('SELECT count(*) FROM sign_ins');
      const { username } = await identity.account();
      for (let at = 0; at < 5; at += 1) await attempt(username, 'wrong');
      await identity.app.get(SignInHistory).onModuleDestroy();
      const before = await count();
      await identity.sql(`UPDATE failed_tries SET blocked_until = now() + interval '1 hour'`);
      await attempt('my-password-in-the-wrong-field', 'x');
      await attempt(username, 'wrong');
      await identity.app.get(SignInHistory).onModuleDestroy();
      expect(await count()).toEqual(before);
    });

    it('is read page by page, own rows only', async () => {
      const { id, username, password } = await identity.account();
      const grant = await identity.signIn(username, password);
      for (let at = 0; at < 4; at += 1) await identity.signIn(username, password);
      const all = (await signIns(grant)).map((row) => row.id);
      expect(all).toHaveLength(5);
      const paged: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await identity.call(identitySignInsRpc.list, { limit: 2, cursor }, as(grant));
        paged.push(...page.signIns.map((row) => row.id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(paged).toEqual(all);
      const other = await identity.account();
      const stranger = await identity.signIn(other.username, other.password);
      expect(await signIns(stranger)).toHaveLength(1);
      for (const bad of ['x', Buffer.from(`${id} OR 1=1`).toString('base64url')])
        expect(await outcome(identity.call(identitySignInsRpc.list, { cursor: bad }, as(grant)))).toBe(
          'input.invalid',
        );
    });

    it('is kept for a year', async () => {
      const { id, username, password } = await identity.account();
      await identity.signIn(username, password);
      await identity.sql(
        `INSERT INTO sign_ins (id, account_id, at, method, outcome, device, address, network, new_device)
         VALUES ('018bcfe5-6800-7000-8000-000000000001', $1, '2023-11-14', 'password', 'ok', '', '', '', false)`,
        [id],
      );
      await identity.app.get(HousekeepingJob).run();
      expect(await identity.sql('SELECT 1 FROM sign_ins WHERE account_id = $1', [id])).toHaveLength(1);
    });

    it('audits what succeeded and what failed', async () => {
      const { id, username, password } = await identity.account();
      await attempt(username, 'wrong', phone);
      await identity.signIn(username, password);
      await eventually(async () =>
        expect(
          await identity.sql(
            `SELECT action, actor_id, address FROM audit_entries WHERE account_id = $1 AND action LIKE 'sign_in.%'
             ORDER BY action`,
            [id],
          ),
        ).toEqual([
          { action: 'sign_in.failed', actor_id: null, address: phone.address },
          { action: 'sign_in.ok', actor_id: id, address: laptop.address },
        ]),
      );
    });
  });

  describe('warnings', () => {
    it('IDN-211 tell of a new device: neither the first, nor a known browser, nor a known place', async () => {
      const { username, password } = await identity.account();
      const first = await identity.signIn(username, password);
      expect(await warnings(first)).toEqual([]);
      // The same browser elsewhere; the same device and network without cookie; another address of the network.
      await identity.signIn(username, password, false, known(first, { ...laptop, address: '198.18.0.1' }));
      await identity.signIn(username, password);
      await identity.signIn(username, password, false, { ...laptop, address: '192.0.2.99' });
      expect(await warnings(first)).toEqual([]);
      await identity.signIn(username, password, false, phone);
      await identity.signIn(username, password, false, { ...laptop, address: '203.0.113.9' });
      expect(await warnings(first)).toMatchObject([
        { code: 'new_device', times: 2, device: laptop.device, address: '203.0.113.9' },
      ]);
      await identity.signIn(username, password, false, phone);
      expect(await warnings(first)).toMatchObject([{ code: 'new_device', times: 2 }]);
    });

    it('a place that was not used for 90 days is new again', async () => {
      const { id, username, password } = await identity.account();
      await identity.signIn(username, password);
      await identity.sql(`UPDATE sign_ins SET at = at - interval '91 days' WHERE account_id = $1`, [id]);
      const grant = await identity.signIn(username, password);
      expect(await warnings(grant)).toMatchObject([{ code: 'new_device', times: 1 }]);
    });

    it('tell of failed tries, and each is put away once seen', async () => {
      const { username, password } = await identity.account();
      for (let at = 0; at < 3; at += 1) await attempt(username, 'wrong', phone);
      const grant = await identity.signIn(username, password);
      await eventually(async () =>
        expect(await warnings(grant)).toMatchObject([{ code: 'failed_tries', times: 3, ...phone }]),
      );
      await seen(grant);
      expect(await warnings(grant)).toEqual([]);
      await attempt(username, 'wrong', laptop);
      await eventually(async () =>
        expect(await warnings(grant)).toMatchObject([{ code: 'failed_tries', times: 1, ...laptop }]),
      );
    });

    it('IDN-207 tell that an issued password is in use until it is changed, seen or not', async () => {
      const { id, username, password } = await identity.account();
      const grant = await identity.signIn(username, password);
      await identity.sql('UPDATE accounts SET must_set_password = true WHERE id = $1', [id]);
      await seen(grant);
      expect(await warnings(grant)).toMatchObject([{ code: 'default_password', times: 1 }]);
      await identity.sql('UPDATE accounts SET must_set_password = false WHERE id = $1', [id]);
      expect(await warnings(grant)).toEqual([]);
    });

    it('tell of another mobile, and of a copied session', async () => {
      const { id, username, password } = await identity.account();
      const grant = await identity.signIn(username, password);
      const copied = await identity.signIn(username, password);
      await identity.refresh(copied.refreshToken);
      await identity.sql(
        `UPDATE sessions SET rotated_at = ARRAY[now() - interval '1 minute'] WHERE account_id = $1 AND generation = 1`,
        [id],
      );
      expect(await outcome(identity.refresh(copied.refreshToken))).toBe('session.ended');
      await identity.sql('UPDATE accounts SET mobile_changed_at = now() WHERE id = $1', [id]);
      expect((await warnings(grant)).map(({ code }) => code).sort()).toEqual([
        'mobile_changed',
        'refresh_reused',
      ]);
      await seen(grant);
      expect(await warnings(grant)).toEqual([]);
      const other = await identity.account();
      expect(await warnings(await identity.signIn(other.username, other.password))).toEqual([]);
    });
  });

  it('answers an unknown username and a wrong password after the same work', async () => {
    const { username } = await identity.account();
    const verify = jest.spyOn(identity.app.get(PasswordHasher), 'verify');
    const run = jest.spyOn(identity.app.get(Transactions), 'run');
    const history = jest.spyOn(identity.app.get(SignInHistory), 'failed').mockImplementation(() => undefined);
    const work = async (name: string): Promise<number[]> => {
      verify.mockClear();
      run.mockClear();
      await attempt(name, 'wrong');
      return [verify.mock.calls.length, run.mock.calls.length];
    };
    expect(await work(username)).toEqual([1, 0]);
    expect(await work('nobody-of-this-name')).toEqual([1, 0]);
    for (const spy of [verify, run, history]) spy.mockRestore();
  });

  describe('own sessions', () => {
    const list = async (grant: SessionGrantDto): Promise<string[]> =>
      (await identity.call(identitySessionsRpc.list, {}, as(grant))).sessions.map(({ id }) => id);
    const idOf = async (grant: SessionGrantDto): Promise<string> => {
      const { sessions } = await identity.call(identitySessionsRpc.list, {}, as(grant));
      return sessions.find(({ current }) => current)?.id ?? '';
    };
    const signedIn = async (count: number): Promise<SessionGrantDto[]> => {
      const { username, password } = await identity.account();
      const grants: SessionGrantDto[] = [];
      for (let at = 0; at < count; at += 1) grants.push(await identity.signIn(username, password, at === 0));
      return grants;
    };
    const first = <T>(of: readonly T[]): T => {
      const [one] = of;
      if (one === undefined) throw new Error('none');
      return one;
    };

    it('IDN-210 are listed, the one used last first, with device, address and times', async () => {
      const [remembered, short] = await signedIn(2);
      if (!remembered || !short) throw new Error('no sessions');
      await identity.refresh(remembered.refreshToken, phone);
      const { sessions } = await identity.call(identitySessionsRpc.list, {}, as(short));
      expect(sessions).toMatchObject([
        { current: false, persistent: true, ...phone },
        { current: true, persistent: false, ...laptop },
      ]);
      for (const { startedAt, lastUsedAt, expiresAt } of sessions) {
        expect(Date.parse(startedAt)).toBeLessThanOrEqual(Date.parse(lastUsedAt));
        expect(Date.parse(lastUsedAt)).toBeLessThan(Date.parse(expiresAt));
      }
    });

    it('one is ended, again without error; its tokens are refused everywhere', async () => {
      const grants = await signedIn(2);
      const [gone, mine] = [first(grants), first(grants.slice(1))];
      const sessionId = await idOf(gone);
      for (let time = 0; time < 2; time += 1)
        await identity.call(identitySessionsRpc.end, { sessionId }, as(mine));
      expect(await outcome(identity.refresh(gone.refreshToken))).toBe('session.ended');
      await eventually(async () =>
        expect(await outcome(identity.call(identitySessionsRpc.list, {}, as(gone)))).toBe(
          'access.tokenInvalid',
        ),
      );
      expect(await list(mine)).not.toContain(sessionId);
      expect(await identity.event('identity.session.ended', 'sessionId', sessionId)).toMatchObject({
        reason: 'ended_by_user',
      });
    });

    it("guarantee 7: another's session is not there, neither to end nor to see", async () => {
      const [mine] = await signedIn(1);
      const [foreign] = await signedIn(1);
      if (!mine || !foreign) throw new Error('no sessions');
      const sessionId = await idOf(foreign);
      expect(await outcome(identity.call(identitySessionsRpc.end, { sessionId }, as(mine)))).toBe(
        'session.notFound',
      );
      expect(await list(mine)).not.toContain(sessionId);
      expect((await identity.refresh(foreign.refreshToken)).account.id).toBe(foreign.account.id);
    });

    it('the others end, or all', async () => {
      const grants = await signedIn(4);
      const mine = first(grants);
      const another = await signedIn(1);
      expect(await identity.call(identitySessionsRpc.endOthers, {}, as(mine))).toEqual({ ended: 3 });
      expect(await list(mine)).toEqual([await idOf(mine)]);
      expect(await identity.call(identitySessionsRpc.endOthers, {}, as(mine))).toEqual({ ended: 0 });
      expect(await identity.call(identitySessionsRpc.endAll, {}, as(mine))).toEqual({ ended: 1 });
      for (const { refreshToken } of grants)
        expect(await outcome(identity.refresh(refreshToken))).toBe('session.ended');
      expect(await list(first(another))).toHaveLength(1);
    });

    it('are at most a hundred: the one not used for longest makes room', async () => {
      const [oldest] = await signedIn(1);
      if (!oldest) throw new Error('no session');
      const { id } = oldest.account;
      await identity.sql(
        `INSERT INTO sessions SELECT gen_random_uuid(), account_id, persistent, created_at, now(), address, device, ends_at,
           expires_at, refresh_seed, generation, rotated_at FROM sessions, generate_series(1, 99) WHERE account_id = $1`,
        [id],
      );
      const [account] = await identity.sql<{ username: string }>(
        'SELECT username FROM usernames WHERE account_id = $1',
        [id],
      );
      const newest = await identity.signIn(account?.username ?? '', 'correct horse');
      expect(await list(newest)).toHaveLength(100);
      expect(await outcome(identity.refresh(oldest.refreshToken))).toBe('session.ended');
      const [ended] = await identity.sql(
        'SELECT end_reason FROM sessions WHERE account_id = $1 AND ended_at IS NOT NULL',
        [id],
      );
      expect(ended).toEqual({ end_reason: 'too_many' });
    });

    it('disabling during refreshes: no token works afterwards', async () => {
      for (let round = 0; round < 5; round += 1) {
        const grant = first(await signedIn(1));
        const disable = identity.app.get(Transactions).run(async (tx) => {
          await tx.query(
            'UPDATE accounts SET disabled = true, permission_stamp = permission_stamp + 1 WHERE id = $1',
            [grant.account.id],
          );
          await identity.app.get(SessionsService).endAll(tx, grant.account.id, 'account_disabled');
        });
        const answers = await Promise.allSettled([
          ...Array.from({ length: 10 }, () => identity.refresh(grant.refreshToken)),
          disable,
        ]);
        for (const answer of answers) {
          if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'session.ended' });
          else if (answer.value)
            expect(await outcome(identity.refresh(answer.value.refreshToken))).toBe('session.ended');
        }
        const open = await identity.sql('SELECT 1 FROM sessions WHERE account_id = $1 AND ended_at IS NULL', [
          grant.account.id,
        ]);
        expect(open).toEqual([]);
      }
    });

    it('a sign-in during "end all" is either ended or opened after it', async () => {
      const { id, username, password } = await identity.account();
      const mine = await identity.signIn(username, password);
      const [, ...opened] = await Promise.all([
        identity.call(identitySessionsRpc.endAll, {}, as(mine)),
        ...Array.from({ length: 5 }, () => identity.trySignIn(username, password)),
      ]);
      const open = await identity.sql<{ id: string }>(
        'SELECT id FROM sessions WHERE account_id = $1 AND ended_at IS NULL',
        [id],
      );
      const alive = await Promise.all(
        opened.map(({ session }) => outcome(identity.refresh(session?.refreshToken ?? ''))),
      );
      expect(alive.filter((code) => code === 'ok')).toHaveLength(open.length);
      expect(await outcome(identity.refresh(mine.refreshToken))).toBe('session.ended');
    });

    it('two sign-outs at once are one end', async () => {
      const grant = first(await signedIn(1));
      const sessionId = await idOf(grant);
      const [ended] = await Promise.all([
        outcome(identity.call(identitySessionsRpc.end, { sessionId }, as(grant))),
        ...Array.from({ length: 10 }, () =>
          identity.call(identitySessionsRpc.signOut, { refreshToken: grant.refreshToken }),
        ),
      ]);
      // A token of a session that has ended meanwhile opens nothing more.
      expect(['ok', 'access.tokenInvalid']).toContain(ended);
      await identity.event('identity.session.ended', 'sessionId', sessionId);
      const rows = await identity.sql(
        `SELECT 1 FROM audit_entries WHERE action = 'session.ended' AND after->>'sessionId' = $1`,
        [sessionId],
      );
      expect(rows).toHaveLength(1);
    });
  });
});
