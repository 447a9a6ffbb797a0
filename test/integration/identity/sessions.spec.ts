import { identitySessionsRpc } from '@peyk/contracts/identity';
import type { DomainError } from '@peyk/contracts';
import type { SessionGrantDto } from '@peyk/contracts/identity';
import { decode } from 'jsonwebtoken';
import { HousekeepingJob } from '../../../apps/identity/src/housekeeping.job';
import { IdentitySpec, laptop } from './replica';

const dayMs = 24 * 3_600_000;

describe('sessions', () => {
  let identity: IdentitySpec;
  beforeAll(async () => {
    identity = await IdentitySpec.start();
  });
  afterAll(() => identity.stop());

  const signedIn = async (remember?: boolean): Promise<SessionGrantDto> => {
    const { username, password } = await identity.account();
    return identity.signIn(username, password, remember);
  };
  const sessionOf = ({ accessToken }: SessionGrantDto): string =>
    (decode(accessToken) as { sid: string }).sid;
  /** As if so much time had passed for this session. */
  const later = (grant: SessionGrantDto, time: string): Promise<object[]> =>
    identity.sql(
      `UPDATE sessions SET created_at = created_at - $2::interval, last_used_at = last_used_at - $2::interval,
         ends_at = ends_at - $2::interval, expires_at = expires_at - $2::interval,
         rotated_at = ARRAY(SELECT t - $2::interval FROM unnest(rotated_at) WITH ORDINALITY AS r (t, n) ORDER BY n)
       WHERE id = $1`,
      [sessionOf(grant), time],
    );
  const ended = expect.objectContaining({ code: 'session.ended' }) as DomainError;
  const endOf = async (grant: SessionGrantDto): Promise<string | null | undefined> => {
    const [row] = await identity.sql<{ end_reason: string | null }>(
      'SELECT end_reason FROM sessions WHERE id = $1',
      [sessionOf(grant)],
    );
    return row?.end_reason;
  };
  const until = (grant: SessionGrantDto): number => Date.parse(grant.refreshExpiresAt) - Date.now();

  it('IDN-005 remember-me lasts 15 days from the sign-in, however often it is renewed', async () => {
    const grant = await signedIn(true);
    expect(grant.persistent).toBe(true);
    expect(until(grant) / dayMs).toBeCloseTo(15, 2);
    await later(grant, '14 days 23 hours');
    const renewed = await identity.refresh(grant.refreshToken);
    expect(renewed.persistent).toBe(true);
    expect(until(renewed) / 3_600_000).toBeCloseTo(1, 1);
    await later(grant, '1 hour');
    await expect(identity.refresh(renewed.refreshToken)).rejects.toEqual(ended);
  });

  it('IDN-006 without it a session ends two hours after its last use, and never lasts beyond 15 days', async () => {
    const grant = await signedIn();
    expect(grant.persistent).toBe(false);
    expect(until(grant) / 3_600_000).toBeCloseTo(2, 1);
    await later(grant, '1 hour 59 minutes');
    const used = await identity.refresh(grant.refreshToken);
    expect(until(used) / 3_600_000).toBeCloseTo(2, 1);
    await later(grant, '2 hours 1 minute');
    await expect(identity.refresh(used.refreshToken)).rejects.toEqual(ended);

    const busy = await signedIn(false);
    await identity.sql(`UPDATE sessions SET ends_at = now() + interval '2 minutes' WHERE id = $1`, [
      sessionOf(busy),
    ]);
    const last = await identity.refresh(busy.refreshToken);
    expect(until(last)).toBeLessThanOrEqual(120_000);
    expect(Date.parse(last.accessExpiresAt)).toBeLessThanOrEqual(Date.parse(last.refreshExpiresAt));
  });

  it('IDN-210 renews again and again: each time another token of the same session', async () => {
    let grant = await signedIn();
    const tokens = new Set([grant.refreshToken]);
    const session = sessionOf(grant);
    for (let time = 1; time <= 12; time += 1) {
      grant = await identity.refresh(grant.refreshToken);
      tokens.add(grant.refreshToken);
      expect(sessionOf(grant)).toBe(session);
    }
    expect(tokens.size).toBe(13);
    const [row] = await identity.sql<object>(
      'SELECT generation, cardinality(rotated_at) AS kept FROM sessions WHERE id = $1',
      [session],
    );
    expect(row).toEqual({ generation: 12, kept: 8 });
  });

  it('IDN-210 gives 50 refreshes at once with one token one successor, and ends nothing', async () => {
    for (let round = 0; round < 5; round += 1) {
      const grant = await signedIn();
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => identity.refresh(grant.refreshToken)),
      );
      expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(1);
      expect(answers[0]?.refreshToken).not.toBe(grant.refreshToken);
      expect(await identity.sql('SELECT generation FROM sessions WHERE id = $1', [sessionOf(grant)])).toEqual(
        [{ generation: 1 }],
      );
      await identity.refresh(answers[7]?.refreshToken ?? '');
      expect(await endOf(grant)).toBeNull();
    }
  });

  it('lets a late answer of a burst through: a token replaced twice within 10 s finds the newest one', async () => {
    const first = await signedIn();
    const second = await identity.refresh(first.refreshToken);
    const third = await identity.refresh(second.refreshToken);
    expect((await identity.refresh(first.refreshToken)).refreshToken).toBe(third.refreshToken);
    expect(await endOf(first)).toBeNull();
  });

  it('IDN-210 takes a replaced token after 10 s for stolen: the session ends and that is told', async () => {
    const first = await signedIn();
    const second = await identity.refresh(first.refreshToken);
    await later(first, '9 seconds');
    expect((await identity.refresh(first.refreshToken)).refreshToken).toBe(second.refreshToken);
    await later(first, '2 seconds');
    await expect(identity.refresh(first.refreshToken)).rejects.toEqual(ended);
    expect(await endOf(first)).toBe('reuse_detected');
    await expect(identity.refresh(second.refreshToken)).rejects.toEqual(ended);
    const event = await identity.event('identity.session.ended', 'sessionId', sessionOf(first));
    expect(event).toEqual({
      sessionId: sessionOf(first),
      accountId: first.account.id,
      reason: 'reuse_detected',
    });
  });

  it('measures the grace from when the token was replaced, not from the latest renewal', async () => {
    const first = await signedIn();
    const second = await identity.refresh(first.refreshToken);
    await later(first, '11 seconds');
    await identity.refresh(second.refreshToken);
    await expect(identity.refresh(first.refreshToken)).rejects.toEqual(ended);
    expect(await endOf(first)).toBe('reuse_detected');
  });

  it('knows a token again that was replaced long ago', async () => {
    const first = await signedIn();
    let newest = first;
    for (let time = 0; time < 9; time += 1) newest = await identity.refresh(newest.refreshToken);
    await expect(identity.refresh(first.refreshToken)).rejects.toEqual(ended);
    expect(await endOf(first)).toBe('reuse_detected');
  });

  it('gives the grace to the device only that renewed', async () => {
    const first = await signedIn();
    await identity.refresh(first.refreshToken, { ...laptop, address: '198.51.100.9' });
    await identity.refresh(first.refreshToken, { ...laptop, address: '203.0.113.1' });
    expect(await endOf(first)).toBeNull();
    await expect(identity.refresh(first.refreshToken, { ...laptop, device: 'curl' })).rejects.toEqual(ended);
    expect(await endOf(first)).toBe('reuse_detected');
  });

  it('one of 20 stolen copies used at once after the grace: all refused, one event', async () => {
    const first = await signedIn();
    await identity.refresh(first.refreshToken);
    await later(first, '1 minute');
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => identity.refresh(first.refreshToken)),
    );
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    await identity.event('identity.session.ended', 'sessionId', sessionOf(first));
    const events = identity.events.filter(
      ({ name, payload }) => name === 'identity.session.ended' && payload['sessionId'] === sessionOf(first),
    );
    expect(events).toHaveLength(1);
  });

  it('refuses a made-up token of a known session without ending it', async () => {
    const grant = await signedIn();
    const bytes = Buffer.from(grant.refreshToken, 'base64url');
    bytes.writeUInt32BE(0xffff_ffff, 16);
    const forged = [bytes.toString('base64url'), 'A'.repeat(70), `${grant.refreshToken}A`, 'x'.repeat(40)];
    for (const token of forged) await expect(identity.refresh(token)).rejects.toEqual(ended);
    for (const refreshToken of forged) await identity.call(identitySessionsRpc.signOut, { refreshToken });
    expect((await identity.refresh(grant.refreshToken)).account).toEqual(grant.account);
  });

  it('takes over what changed in the account, and refuses a disabled one', async () => {
    const grant = await signedIn();
    await identity.sql(`UPDATE accounts SET roles = '{reseller}', permission_stamp = 2 WHERE id = $1`, [
      grant.account.id,
    ]);
    const renewed = await identity.refresh(grant.refreshToken);
    expect(renewed.account.roles).toEqual(['reseller']);
    expect(decode(renewed.accessToken)).toMatchObject({ roles: ['reseller'], stamp: 2 });
    await identity.sql('UPDATE accounts SET disabled = true WHERE id = $1', [grant.account.id]);
    await expect(identity.refresh(renewed.refreshToken)).rejects.toEqual(ended);
    await expect(identity.refresh(grant.refreshToken)).rejects.toEqual(ended);
  });

  it('IDN-030 IDN-036 signing out ends the session once; again, and of another session, changes nothing', async () => {
    const { username, password } = await identity.account();
    const [here, there] = [
      await identity.signIn(username, password),
      await identity.signIn(username, password),
    ];
    await Promise.all(
      [1, 2, 3].map(() => identity.call(identitySessionsRpc.signOut, { refreshToken: here.refreshToken })),
    );
    await identity.call(identitySessionsRpc.signOut, { refreshToken: here.refreshToken });
    await expect(identity.refresh(here.refreshToken)).rejects.toEqual(ended);
    expect((await identity.refresh(there.refreshToken)).account.id).toBe(here.account.id);
    expect(await identity.event('identity.session.ended', 'sessionId', sessionOf(here))).toMatchObject({
      reason: 'signed_out',
    });
    const events = identity.events.filter(({ payload }) => payload['sessionId'] === sessionOf(here));
    expect(events.map(({ name }) => name)).toEqual(['identity.session.started', 'identity.session.ended']);
  });

  it('a sign-out during refreshes wins: no token of the session works afterwards', async () => {
    const grant = await signedIn();
    const answers = await Promise.allSettled([
      ...Array.from({ length: 5 }, () => identity.refresh(grant.refreshToken)),
      identity.call(identitySessionsRpc.signOut, { refreshToken: grant.refreshToken }),
      ...Array.from({ length: 5 }, () => identity.refresh(grant.refreshToken)),
    ]);
    expect(await endOf(grant)).toBe('signed_out');
    for (const answer of answers) {
      if (answer.status === 'fulfilled' && 'refreshToken' in answer.value)
        await expect(identity.refresh(answer.value.refreshToken)).rejects.toEqual(ended);
    }
  });

  it('ends what has run out, once, and forgets it after 90 days', async () => {
    const out = await signedIn();
    const running = await signedIn(true);
    await later(out, '13 hours');
    const job = identity.app.get(HousekeepingJob);
    await Promise.all([job.run(), job.run()]);
    expect([await endOf(out), await endOf(running)]).toEqual(['expired', null]);
    expect(await identity.event('identity.session.ended', 'sessionId', sessionOf(out))).toMatchObject({
      reason: 'expired',
    });
    await identity.sql(`UPDATE sessions SET ended_at = ended_at - interval '90 days' WHERE id = $1`, [
      sessionOf(out),
    ]);
    await job.run();
    expect([await endOf(out), await endOf(running)]).toEqual([undefined, null]);
  });

  it('IDN-212 stores no refresh token', async () => {
    const grant = await signedIn();
    const [row] = await identity.sql<Record<string, unknown>>('SELECT * FROM sessions WHERE id = $1', [
      sessionOf(grant),
    ]);
    const secret = Buffer.from(grant.refreshToken, 'base64url').subarray(20);
    for (const value of Object.values(row ?? {}))
      expect(
        Buffer.isBuffer(value) ? value.includes(secret) : String(value).includes(grant.refreshToken),
      ).toBe(false);
  });
});
