import { randomBytes, randomUUID } from 'node:crypto';
import { Controller } from '@nestjs/common';
import type { INestMicroservice } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { billingPlansRpc } from '@peyk/contracts/billing';
import {
  identityCodesRpc,
  identityReferralsRpc,
  identitySignUpsRpc,
  identityTermsRpc,
} from '@peyk/contracts/identity';
import type { PlansDto } from '@peyk/contracts/billing';
import type {
  SessionGrantDto,
  SignUpCallDto,
  SignUpCodeCallDto,
  SignUpDraftDto,
} from '@peyk/contracts/identity';
import { HandleRpc } from '@peyk/messaging';
import { toPersianDigits } from '@peyk/persian';
import { testMessaging, testProgram } from '@peyk/testing';
import { decode } from 'jsonwebtoken';
import { signUpHourMax } from '../../../apps/identity/src/codes/one-time-codes';
import { SignUpsService } from '../../../apps/identity/src/sign-ups/sign-ups.service';
import { currentTerms } from '../../../apps/identity/src/sign-ups/terms';
import { anyMobile, PeopleSpec } from './people.fixture';
import { laptop } from './replica';

const plan = { title: 'پایه', description: '', priceRials: 0, trialRials: 50_000 };

describe('sign-up', () => {
  let spec: PeopleSpec;
  let billing: INestMicroservice;
  let billingAway = false;
  beforeAll(async () => {
    spec = await PeopleSpec.start();
    @Controller()
    class Plans {
      @HandleRpc(billingPlansRpc.list)
      async list(): Promise<PlansDto> {
        if (billingAway) throw new DomainError('service.unavailable');
        return Promise.resolve({ plans: [{ code: 'start', ...plan }] });
      }
    }
    const runtime = await testMessaging('billing');
    billing = await testProgram(runtime, 'billing', { controllers: [Plans] });
  });
  afterAll(async () => {
    await billing.close();
    await spec.stop();
  });

  let calls = 0;
  const client = (): { address: string; device: string } => ({
    address: `203.0.${Math.floor((calls += 1) / 250)}.${calls % 250}`,
    device: laptop.device,
  });
  const askCode = (
    mobile: string,
    from = client(),
    over: Partial<SignUpCodeCallDto> = {},
  ): Promise<{ requestId: string }> => {
    const { requestId: _requestId, code: _code, ...draft } = form({ requestId: '', code: '' });
    return spec.identity.call(identitySignUpsRpc.requestCode, { ...draft, mobile, ...over, client: from });
  };
  /** A mobile with a code that proves it. */
  const proved = async (
    mobile = anyMobile(),
  ): Promise<{ mobile: string; requestId: string; code: string }> => {
    const { requestId } = await askCode(mobile);
    return { mobile, requestId, code: (await spec.onlyCodeOf({ mobile })).code };
  };
  const anyUsername = (): string => `user.${randomBytes(5).toString('hex')}`;
  const form = (
    { requestId, code }: { requestId: string; code: string },
    over: Partial<SignUpCallDto> = {},
  ): SignUpCallDto => ({
    requestId,
    code,
    kind: 'sms_customer',
    username: anyUsername(),
    name: 'فروشگاه نمونه',
    password: 'a long sentence 1405',
    termsVersion: currentTerms().version,
    plan: 'start',
    client: client(),
    ...over,
  });
  const signUp = async (input: SignUpCallDto): Promise<SessionGrantDto> => {
    const { session } = await spec.identity.call(identitySignUpsRpc.complete, input);
    if (!session) throw new Error('no session');
    return session;
  };
  /** Code and field of a refusal. */
  const refusal = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'ok',
      (error: unknown) => {
        if (!(error instanceof DomainError)) throw error;
        const fields = error.details?.['fields'] as { field: string; rule: string }[] | undefined;
        const field =
          fields?.map(({ field, rule }) => `${field} ${rule}`).join(', ') ?? error.details?.['field'];
        return [error.code, field].join(' ').trim();
      },
    );
  it('IDN-027 IDN-031 IDN-032 IDN-033 IDN-215 a proved mobile becomes a customer who is signed in', async () => {
    const key = await proved();
    const username = anyUsername();
    const session = await signUp(
      form(key, {
        username: username.toUpperCase(),
        name: '  شركت   نمونه ',
        email: ' Info@Example.IR ',
        remember: true,
      }),
    );
    expect(session).toMatchObject({
      persistent: true,
      account: { username, name: 'شرکت نمونه', roles: ['sms_customer'] },
    });
    expect(decode(session.accessToken)).toMatchObject({ sub: session.account.id, roles: ['sms_customer'] });
    const [row] = await spec.identity.sql<Record<string, unknown>>(
      `SELECT email, terms_version, terms_accepted_at IS NOT NULL AS accepted, must_set_password, disabled, password_hash
       FROM accounts WHERE id = $1`,
      [session.account.id],
    );
    expect(row).toMatchObject({
      email: 'info@example.ir',
      terms_version: currentTerms().version,
      accepted: true,
      must_set_password: false,
      disabled: false,
    });
    expect(row?.['password_hash']).toMatch(/^\$argon2id\$/);
    expect(
      await spec.identity.event('identity.account.created', 'accountId', session.account.id),
    ).toMatchObject({ signedUpAs: 'sms_customer', plan: 'start', stamp: 1, disabled: false });
    // The session, and the password later, are like any other's.
    await spec.identity.refresh(session.refreshToken);
    expect((await spec.identity.signIn(username, 'a long sentence 1405')).account.id).toBe(
      session.account.id,
    );
    const audit = await spec.identity.sql<{ action: string }>(
      'SELECT action FROM audit_entries WHERE account_id = $1',
      [session.account.id],
    );
    expect(audit.map(({ action }) => action)).toContain('account.created');
    expect(spec.logged.join()).not.toContain('a long sentence 1405');
  });

  it('IDN-026 IDN-027 IDN-028 a portal user needs no plan, and signs in by username and password', async () => {
    const input = form(await proved(), { kind: 'portal_user', plan: undefined });
    const session = await signUp(input);
    expect(session.account.roles).toEqual(['portal_user']);
    const { account } = await spec.identity.signIn(input.username, input.password);
    expect(account).toEqual(session.account);
    const event = await spec.identity.event('identity.account.created', 'accountId', session.account.id);
    expect(event['signedUpAs']).toBe('portal_user');
    expect(event['plan']).toBeUndefined();
    expect(await refusal(signUp(form(await proved(), { kind: 'portal_user' })))).toBe(
      'input.invalid plan unknown',
    );
  });

  it('IDN-213 the mobile in any writing; what is none is named before anything is sent', async () => {
    const mobile = anyMobile();
    await askCode(` +98 (${toPersianDigits(mobile.slice(2, 5))}) ${mobile.slice(5)} `);
    await spec.onlyCodeOf({ mobile });
    for (const wrong of ['02112345678', '0912', 'mobile', '+1 202 555 0100', '0912345678901'])
      expect(await refusal(askCode(wrong))).toBe('input.invalid mobile mobile');
  });

  it('a wrong e-mail is refused before an SMS is sent, and so is all else of the draft', async () => {
    const own = await signUp(form(await proved()));
    const mobile = anyMobile();
    const refused: [Partial<SignUpDraftDto>, string][] = [
      [{ email: 'nobody' }, 'input.invalid email email'],
      [{ username: '12345' }, 'input.invalid username username'],
      [{ name: ' \u0007 ' }, 'input.invalid name seen'],
      [{ plan: undefined }, 'input.invalid plan required'],
      [{ plan: 'golden' }, 'plan.notFound plan'],
      [{ password: 'short' }, 'password.weak password'],
      [{ referralCode: 'NOBODY12' }, 'referral.unknown referralCode'],
      [{ username: own.account.username }, 'account.usernameTaken username'],
    ];
    const {
      requestId: _requestId,
      code: _code,
      termsVersion,
      client: _client,
      ...draft
    } = form({ requestId: '', code: '' });
    for (const [over, expected] of refused) {
      expect([over, await refusal(askCode(mobile, client(), over))]).toEqual([over, expected]);
      const check = spec.identity.call(identitySignUpsRpc.check, { ...draft, ...over });
      expect([over, await refusal(check)]).toEqual([over, expected]);
    }
    const atMobile: [Partial<SignUpCodeCallDto>, string][] = [
      [{ termsVersion: termsVersion + 1 }, 'terms.outdated termsVersion'],
      [{ password: mobile.slice(2) }, 'password.weak password'],
      [{ mobile: '0912', email: 'y' }, 'input.invalid mobile mobile, email email'],
    ];
    for (const [over, expected] of atMobile)
      expect([over, await refusal(askCode(mobile, client(), over))]).toEqual([over, expected]);
    expect(spec.codesOf({ mobile })).toEqual([]);
    expect(await refusal(spec.identity.call(identitySignUpsRpc.check, draft))).toBe('ok');
    // Whose an e-mail is, strangers do not learn: that comes after the mobile was proved.
    await signUp(form(await proved(), { email: 'whose@example.org' }));
    expect(
      await refusal(spec.identity.call(identitySignUpsRpc.check, { ...draft, email: 'whose@example.org' })),
    ).toBe('ok');
  });

  it('the answer to the request of a code does not say whether the mobile has a panel; the code does', async () => {
    const person = await spec.person();
    const fresh = await askCode(anyMobile());
    const known = await askCode(person.mobile);
    expect(Object.keys(known).sort()).toEqual(Object.keys(fresh).sort());
    const { code } = await spec.onlyCodeOf(person);
    const wrong = code === '999999' ? '100000' : String(Number(code) + 1);
    expect(await refusal(signUp(form({ ...known, code: wrong })))).toBe('code.wrong code');
    expect(await refusal(signUp(form({ ...known, code })))).toBe('account.mobileTaken mobile');
  });

  it('guarantee 8: each refusal names its field, makes nothing, and leaves the code good', async () => {
    const own = await signUp(form(await proved(), { email: 'taken@example.org' }));
    const key = await proved();
    const before = await spec.identity.sql('SELECT count(*) FROM accounts');
    const refused: [Partial<SignUpCallDto>, string][] = [
      // Those whom an institution registers do not sign up (IDN-013).
      [{ kind: 'student' as never }, 'input.invalid kind isIn'],
      [{ username: '12345' }, 'input.invalid username username'],
      [{ username: 'admin' }, 'input.invalid username username'],
      [{ name: ' \u0007 ' }, 'input.invalid name seen'],
      [{ email: 'nobody' }, 'input.invalid email email'],
      [{ plan: undefined }, 'input.invalid plan required'],
      [
        { username: 'x', email: 'y', plan: '' },
        'input.invalid username username, email email, plan required',
      ],
      [{ termsVersion: currentTerms().version + 1 }, 'terms.outdated termsVersion'],
      [{ password: 'short' }, 'password.weak password'],
      [{ password: 'password123' }, 'password.weak password'],
      [{ password: key.mobile.slice(2) }, 'password.weak password'],
      [{ plan: 'golden' }, 'plan.notFound plan'],
      [{ referralCode: 'NOBODY12' }, 'referral.unknown referralCode'],
      [{ username: own.account.username }, 'account.usernameTaken username'],
      [{ email: 'TAKEN@example.org' }, 'account.emailTaken email'],
      [{ requestId: randomUUID() }, 'code.expired code'],
    ];
    for (const [over, expected] of refused)
      expect([over, await refusal(signUp(form(key, over)))]).toEqual([over, expected]);
    expect(await spec.identity.sql('SELECT count(*) FROM accounts')).toEqual(before);
    expect((await signUp(form(key))).account.name).toBe('فروشگاه نمونه');
    expect(await refusal(signUp(form(key)))).toBe('code.expired code');
  });

  it('guarantee 8: a password of 10,000 characters is refused by its length', async () => {
    expect(await refusal(signUp(form(await proved(), { password: 'x'.repeat(10_000) })))).toBe(
      'input.invalid password maxLength',
    );
  });

  it('20 sign-ups with one username at once: one has it, the others’ codes are still good', async () => {
    const username = anyUsername();
    const keys = await Promise.all(Array.from({ length: 20 }, () => proved()));
    const outcomes = await Promise.all(keys.map((key) => refusal(signUp(form(key, { username })))));
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['ok', 'account.usernameTaken username']));
    const losers = keys.filter((_key, index) => outcomes[index] !== 'ok');
    const later = await Promise.all(losers.slice(0, 5).map((key) => refusal(signUp(form(key)))));
    expect(later).toEqual(Array(5).fill('ok'));
  });

  it('one mobile with two codes, and one e-mail, at once: one account each', async () => {
    const mobile = anyMobile();
    const first = await proved(mobile);
    // The older code is replaced by the newer; as if it had not been.
    await spec.later(61);
    const { requestId } = await askCode(mobile);
    await spec.identity.sql(
      `UPDATE one_time_codes SET expires_at = now() + interval '2 minutes' WHERE id = $1`,
      [first.requestId],
    );
    const second = await new Promise<string>((resolve) => {
      const wait = setInterval(() => {
        const other = spec.codesOf({ mobile }).find(({ code }) => code !== first.code);
        if (!other) return;
        clearInterval(wait);
        resolve(other.code);
      }, 20);
    });
    const outcomes = await Promise.all([
      refusal(signUp(form(first))),
      refusal(signUp(form({ requestId, code: second }))),
    ]);
    expect(outcomes.sort()).toEqual(['account.mobileTaken mobile', 'ok']);

    const email = `${randomUUID()}@example.org`;
    const keys = await Promise.all(Array.from({ length: 6 }, () => proved()));
    const byEmail = await Promise.all(keys.map((key) => refusal(signUp(form(key, { email })))));
    expect(byEmail.filter((outcome) => outcome === 'ok')).toHaveLength(1);
    expect(new Set(byEmail)).toEqual(new Set(['ok', 'account.emailTaken email']));
  });

  it('one code used ten times at once makes one account', async () => {
    const key = await proved();
    // Tries are counted: five get as far as the code.
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => refusal(signUp(form(key)))));
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
  });

  it('IDN-217 counts whom a referral code brought, however it is typed', async () => {
    const introducer = await signUp(form(await proved()));
    const as = { token: introducer.accessToken };
    const read = () => spec.identity.call(identityReferralsRpc.read, {}, as);
    const codes = await Promise.all(Array.from({ length: 5 }, read));
    expect(new Set(codes.map(({ code }) => code)).size).toBe(1);
    const { code, path, introduced } = await read();
    expect([path, introduced]).toEqual([`/sign-up?ref=${code}`, 0]);
    const brought = await signUp(
      form(await proved(), { referralCode: ` ${code.toLowerCase().slice(0, 4)}-${code.slice(4)}` }),
    );
    await signUp(form(await proved(), { referralCode: toPersianDigits(code) }));
    expect((await read()).introduced).toBe(2);
    const event = await spec.identity.event('identity.account.created', 'accountId', brought.account.id);
    expect(event['referrerId']).toBe(introducer.account.id);
    await spec.identity.sql('UPDATE accounts SET disabled = true WHERE id = $1', [introducer.account.id]);
    expect(await refusal(signUp(form(await proved(), { referralCode: code })))).toBe(
      'referral.unknown referralCode',
    );
  });

  it('says whether a username can be had', async () => {
    const { account } = await signUp(form(await proved()));
    const available = (username: string) => spec.identity.call(identitySignUpsRpc.available, { username });
    expect(await available(account.username.toUpperCase())).toEqual({
      username: account.username,
      available: false,
    });
    expect(await available('Some.body.New۱')).toEqual({ username: 'some.body.new1', available: true });
    expect(await refusal(available('123456'))).toBe('input.invalid username username');
  });

  it('gives the terms in force to everybody', async () => {
    const terms = await spec.identity.call(identityTermsRpc.read, {});
    expect(terms).toEqual(currentTerms());
    expect(terms.text).toMatch(/شرایط و قوانین/);
  });

  it('one address asks for so many codes an hour and no more; another is not touched', async () => {
    const from = { address: '2001:db8:77:1::1', device: 'x' };
    for (let asked = 1; asked < signUpHourMax; asked += 1) await askCode(anyMobile(), from);
    await spec.identity.sql(
      `UPDATE one_time_codes SET created_at = created_at - interval '59 minutes' WHERE network = '2001:db8:77:1::/64'`,
    );
    await askCode(anyMobile(), from);
    const error = await askCode(anyMobile(), { ...from, address: '2001:db8:77:1:aaaa::2' }).catch(
      (refused: unknown) => refused as DomainError,
    );
    expect(error).toMatchObject({ code: 'code.tooMany' });
    const wait = Number((error as DomainError).details?.['retryAfterSeconds']);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    await askCode(anyMobile(), { ...from, address: '2001:db8:77:2::1' });
    // Those who have accounts are not held up by it.
    const { username } = await spec.person();
    const { request: requestCode } = identityCodesRpc;
    await spec.identity.call(requestCode, { username, purpose: 'sign_in', client: from });
  });

  it('while billing is away a new plan is not believed, and the code stays good', async () => {
    const key = await proved();
    billingAway = true;
    try {
      const service = spec.identity.app.get(SignUpsService);
      Object.assign(service, { plans: undefined });
      expect(await refusal(signUp(form(key)))).toBe('service.unavailable');
    } finally {
      billingAway = false;
    }
    expect(await refusal(signUp(form(key)))).toBe('ok');
  });

  it('a code for signing in opens no sign-up, nor the other way round', async () => {
    const person = await spec.person();
    const { requestId } = await spec.identity.call(identityCodesRpc.request, {
      username: person.username,
      purpose: 'sign_in',
      client: client(),
    });
    const { code } = await spec.onlyCodeOf(person);
    expect(await refusal(signUp(form({ requestId, code })))).toBe('code.expired code');
  });
});
