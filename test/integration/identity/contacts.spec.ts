import { randomUUID } from 'node:crypto';
import { DomainError } from '@peyk/contracts';
import {
  contactChangeStates,
  identityAccountsRpc,
  identityCodesRpc,
  identityContactsRpc,
  identitySessionsRpc,
} from '@peyk/contracts/identity';
import type { Role, RpcContract } from '@peyk/contracts';
import type { AccountUpdateDto, ContactChangesDto } from '@peyk/contracts/identity';
import { uuidv7 } from '@peyk/database';
import { eventually } from '@peyk/testing';
import { contactMoves } from '../../../apps/identity/src/accounts/contact-change.entity';
import { SigningKeysService } from '../../../apps/identity/src/keys/signing-keys.service';
import { signAccessToken } from '../../../apps/identity/src/sessions/access-token';
import { anyMobile, PeopleSpec } from './people.fixture';
import { laptop } from './replica';

describe('changes by others of where codes go', () => {
  let spec: PeopleSpec;
  let support: Staff;
  let admin: Staff;
  beforeAll(async () => {
    spec = await PeopleSpec.start();
    support = await staff('support_agent');
    admin = await staff('admin');
  });
  afterAll(() => spec.stop());

  interface Staff {
    readonly id: string;
    readonly token: string;
  }
  async function staff(role: Role, mobile?: string): Promise<Staff> {
    const { id } = await spec.identity.account({ roles: [role], mobile });
    const signer = await spec.identity.app.get(SigningKeysService).current();
    const session = { id: uuidv7(), expiresAt: new Date(Date.now() + 600_000), permissionStamp: 1 };
    const account = { id, username: '', name: 'همکار', roles: [role] };
    return { id, token: signAccessToken(signer, { ...session, account, scopes: {} }).accessToken };
  }
  const call = <I extends object, O extends object>(
    contract: RpcContract<I, O>,
    input: I,
    { token }: Staff,
  ): Promise<O> => spec.identity.call(contract, input, { token });
  const outcome = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'ok',
      (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
    );

  /** A customer with an own password, who was there before. */
  async function customer(): Promise<{ id: string; username: string; mobile: string; email: string }> {
    const mobile = anyMobile();
    const { id, username } = await spec.identity.account({ mobile });
    const email = `${id}@example.org`;
    await spec.identity.sql('UPDATE accounts SET email = $2 WHERE id = $1 RETURNING id', [id, email]);
    return { id, username, mobile, email };
  }
  const correct = (accountId: string, change: Partial<AccountUpdateDto>, by = support): Promise<unknown> =>
    call(identityAccountsRpc.update, { accountId, reason: 'تیکت ۱۲', ...change }, by);
  const askCode = (username: string, channel: 'sms' | 'email'): Promise<unknown> =>
    spec.identity.call(identityCodesRpc.request, {
      username,
      purpose: 'reset_password',
      channel,
      client: { ...laptop, address: `203.0.113.${Math.floor(Math.random() * 250)}` },
    });
  const mailsTo = (email: string): string[] =>
    spec.mailbox.mails.filter(({ to }) => to.includes(email)).map(({ text }) => text);
  const smsTo = (mobile: string): string[] =>
    [...spec.sms.byKey.values()].filter((sms) => sms.mobile === mobile).map(({ text }) => text);
  /** The token of the message's link. */
  const stopToken = (texts: () => string[]): Promise<string> =>
    eventually(() => {
      const token = /stop-change#([\w-]+)/.exec(texts().join('\n'))?.[1];
      if (!token) throw new Error('no message about the change yet');
      return token;
    });
  const stop = (token: string): Promise<unknown> =>
    spec.identity.call(identityContactsRpc.stop, { token, client: laptop });
  const changesOf = (accountId: string): Promise<ContactChangesDto> =>
    call(identityContactsRpc.changes, { accountId }, admin);
  const later = (accountId: string, hours: number): Promise<unknown> =>
    spec.identity.sql(
      `UPDATE contact_changes SET held_until = held_until - $2 * interval '1 hour' WHERE account_id = $1 RETURNING id`,
      [accountId, hours],
    );

  it('IDN-204 IDN-209 an agent who changes the e-mail does not get the code that resets the password; the old address is told', async () => {
    const person = await customer();
    const stolen = `${randomUUID()}@thief.example`;
    await correct(person.id, { email: stolen });
    await stopToken(() => [...mailsTo(person.email), ...smsTo(person.mobile)]);
    await eventually(() => {
      expect(mailsTo(person.email)).toHaveLength(1);
      expect(smsTo(person.mobile)).toHaveLength(1);
    });
    await askCode(person.username, 'email');
    // It goes to the mobile, which is still the owner's.
    await eventually(() => expect(spec.codesOf(person)).toHaveLength(1));
    expect(mailsTo(stolen)).toEqual([]);
    await later(person.id, 73);
    await spec.later(61);
    await askCode(person.username, 'email');
    await eventually(() => expect(mailsTo(stolen)).toHaveLength(1));
  });

  it('IDN-204 a new mobile gets no code either, though it is the way of signing in by code', async () => {
    const person = await customer();
    const other = anyMobile();
    spec.bale.join(other);
    await correct(person.id, { mobile: other });
    await stopToken(() => smsTo(person.mobile));
    await askCode(person.username, 'sms');
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(spec.codesOf({ mobile: other })).toEqual([]);
  });

  it('IDN-207 a national code that somebody else has put there opens nothing while it is held', async () => {
    const person = await customer();
    await correct(person.id, { nationalCode: '0084575948' }, admin);
    await call(identityAccountsRpc.issuePassword, { accountId: person.id }, admin);
    const signIn = (): Promise<string> =>
      outcome(
        spec.identity.call(identitySessionsRpc.signIn, {
          username: person.username,
          password: '0084575948',
          client: { ...laptop, address: '198.51.100.9' },
        }),
      );
    expect(await signIn()).toBe('login.failed');
    await later(person.id, 73);
    await spec.identity.sql('DELETE FROM failed_tries');
    expect(await signIn()).toBe('ok');
  });

  it('the owner stops it by the link, once: the old address is back, all sessions end, and it is a warning', async () => {
    const person = await customer();
    const session = await spec.identity.signIn(person.username, 'correct horse');
    await correct(person.id, { mobile: anyMobile(), email: 'thief@thief.example' });
    const token = await stopToken(() => mailsTo(person.email));
    expect(await stop(token)).toEqual({ field: 'email' });
    expect(await outcome(stop(token))).toBe('contactChange.notHeld');
    expect(await stop(await stopToken(() => smsTo(person.mobile)))).toEqual({ field: 'mobile' });
    const [row] = await spec.identity.sql<{ email: string }>('SELECT email FROM accounts WHERE id = $1', [
      person.id,
    ]);
    expect(row?.email).toBe(person.email);
    expect(await outcome(spec.identity.refresh(session.refreshToken))).not.toBe('ok');
    await askCode(person.username, 'sms');
    await eventually(() => expect(spec.codesOf(person)).toHaveLength(1));
    expect((await changesOf(person.id)).changes.map(({ state }) => state)).toEqual(['stopped', 'stopped']);
  });

  it('a token that was tampered with, or is of a change whose time is over, stops nothing', async () => {
    const person = await customer();
    await correct(person.id, { email: 'new@example.net' });
    const token = await stopToken(() => mailsTo(person.email));
    for (const wrong of [`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, token.slice(0, 40), 'x'])
      expect(await outcome(stop(wrong))).toBe('contactChange.notHeld');
    await later(person.id, 73);
    expect(await outcome(stop(token))).toBe('contactChange.notHeld');
  });

  it('only a second person of another role can agree before the time is over', async () => {
    const person = await customer();
    const fresh = `${randomUUID()}@example.net`;
    await correct(person.id, { email: fresh });
    const approve = (as: Staff): Promise<string> =>
      outcome(call(identityContactsRpc.approve, { accountId: person.id }, as));
    expect(await approve(support)).toBe('contactChange.needsOther');
    expect(await approve(await staff('support_agent'))).toBe('contactChange.needsOther');
    expect(await approve(await staff('reseller'))).toBe('access.denied');
    expect(await approve(admin)).toBe('ok');
    expect(await approve(admin)).toBe('contactChange.notHeld');
    await askCode(person.username, 'email');
    await eventually(() => expect(mailsTo(fresh)).toHaveLength(1));
  });

  it('what nobody has used yet, and what the owner changes, is held by nobody', async () => {
    const unused = await spec.person();
    await correct(unused.id, { mobile: anyMobile() });
    expect((await changesOf(unused.id)).changes).toEqual([]);
    const person = await customer();
    const own = await spec.identity.signIn(person.username, 'correct horse');
    await spec.identity.call(
      identityAccountsRpc.updateMe,
      { email: 'own@example.net', password: 'correct horse' },
      { token: own.accessToken },
    );
    expect((await changesOf(person.id)).changes).toEqual([]);
  });

  it('is told again while no way takes the message', async () => {
    const person = await customer();
    await spec.identity.sql('UPDATE accounts SET email = NULL WHERE id = $1 RETURNING id', [person.id]);
    spec.sms.refuse = 1;
    await correct(person.id, { mobile: anyMobile() });
    await eventually(() => expect(spec.sms.refuse).toBe(0));
    await spec.identity.sql(
      'UPDATE contact_changes SET next_try_at = now() WHERE account_id = $1 RETURNING id',
      [person.id],
    );
    await stopToken(() => smsTo(person.mobile));
  });

  describe('the own mobile', () => {
    const askCodes = (mobile: string, me: Staff) =>
      call(identityContactsRpc.requestOwnMobile, { mobile, client: laptop }, me);
    const mobileOf = async (me: Staff): Promise<string | null> =>
      (await call(identityAccountsRpc.me, {}, me)).mobile;
    const maskedOf = (mobile: string): string => `0${mobile.slice(2, 5)}***${mobile.slice(-4)}`;
    const codeTo = async (mobile: string): Promise<string> => (await spec.onlyCodeOf({ mobile })).code;

    it('is changed by a code to the old number and one to the new; the old is told and can stop it', async () => {
      const [old, fresh] = [anyMobile(), anyMobile()];
      const me = await staff('sms_customer', old);
      const asked = await askCodes(` 0${fresh.slice(2)} `, me);
      expect(asked.oldMobile).toBe(maskedOf(old));
      const { oldRequestId, newRequestId } = asked;
      const codes = { oldCode: await codeTo(old), newCode: await codeTo(fresh) };
      const change = (over: object = {}) =>
        call(
          identityContactsRpc.changeOwnMobile,
          { oldRequestId, newRequestId, ...codes, ...over, client: laptop },
          me,
        );
      const wrong = (code: string): string => (code === '999999' ? '100000' : String(Number(code) + 1));
      await expect(change({ oldCode: wrong(codes.oldCode) })).rejects.toMatchObject({
        code: 'code.wrong',
        details: { field: 'oldCode' },
      });
      await expect(change({ newCode: wrong(codes.newCode) })).rejects.toMatchObject({
        code: 'code.wrong',
        details: { field: 'newCode' },
      });
      // Neither alone changes anything, nor is used up by the other's being wrong.
      expect(await mobileOf(me)).toBe(maskedOf(old));
      await change();
      expect(await mobileOf(me)).toBe(maskedOf(fresh));
      expect(await outcome(change())).toBe('code.expired');
      const { changes } = await changesOf(me.id);
      expect(changes).toMatchObject([{ field: 'mobile', changedAs: 'owner', state: 'proved' }]);
      // It is no change by another: codes go to the new number at once.
      const { username } = await call(identityAccountsRpc.me, {}, me);
      await spec.later(61);
      await askCode(username, 'sms');
      await eventually(() => expect(spec.codesOf({ mobile: fresh })).toHaveLength(2));
      const token = await stopToken(() => smsTo(old));
      expect(smsTo(old).join()).not.toContain('کسی دیگر');
      await stop(token);
      const admins = await call(identityAccountsRpc.read, { accountId: me.id }, admin);
      expect(admins.mobile).toBe(maskedOf(old));
    });

    it('needs one that codes can go to, and that nobody else has put there', async () => {
      const fresh = anyMobile();
      expect(await outcome(askCodes(fresh, await staff('sms_customer')))).toBe('contactChange.noMobile');
      const old = anyMobile();
      const me = await staff('sms_customer', old);
      expect(await outcome(askCodes(old, me))).toBe('input.invalid');
      expect(await outcome(askCodes('0912', me))).toBe('input.invalid');
      expect(await outcome(askCodes(fresh, await staff('professor', anyMobile())))).toBe('account.readOnly');
      await spec.identity.sql(
        `INSERT INTO contact_changes (id, account_id, field, changed_by, changed_as, held_until)
         VALUES ($1, $2, 'mobile', $3, 'support', now() + interval '1 hour') RETURNING id`,
        [uuidv7(), me.id, support.id],
      );
      expect(await outcome(askCodes(fresh, me))).toBe('contactChange.mobileHeld');
      expect(spec.codesOf({ mobile: fresh })).toEqual([]);
    });

    it('one change is open at a time; codes of another account change nothing; so many an hour', async () => {
      const [mine, theirs, fresh] = [anyMobile(), anyMobile(), anyMobile()];
      const [me, thief] = [await staff('sms_customer', mine), await staff('sms_customer', theirs)];
      const asked = await askCodes(fresh, me);
      const change = (as: Staff, over: object = {}) =>
        call(
          identityContactsRpc.changeOwnMobile,
          {
            ...{ oldRequestId: asked.oldRequestId, newRequestId: asked.newRequestId, client: laptop },
            ...codes,
            ...over,
          },
          as,
        );
      const codes = { oldCode: await codeTo(mine), newCode: await codeTo(fresh) };
      expect(await outcome(change(thief))).toBe('code.expired');
      expect(await outcome(askCodes(anyMobile(), me))).toBe('code.tooSoon');
      await spec.later(61);
      await askCodes(anyMobile(), me);
      expect(await outcome(change(me))).toBe('code.expired');
      expect(await mobileOf(me)).toBe(maskedOf(mine));
      for (let asks = 2; asks < 5; asks += 1) {
        await spec.later(61);
        await askCodes(anyMobile(), me);
      }
      await spec.later(61);
      expect(await outcome(askCodes(anyMobile(), me))).toBe('code.tooMany');
    });
  });

  it('every move of a change that is not in its table is refused', async () => {
    const person = await customer();
    await correct(person.id, { email: 'moves@example.net' });
    const token = await stopToken(() => mailsTo(person.email));
    const be = (state: string): Promise<unknown> =>
      spec.identity.sql('UPDATE contact_changes SET state = $2 WHERE account_id = $1 RETURNING id', [
        person.id,
        state,
      ]);
    for (const from of contactChangeStates) {
      for (const [to, act] of [
        ['stopped', () => stop(token)],
        ['approved', () => call(identityContactsRpc.approve, { accountId: person.id }, admin)],
      ] as const) {
        await be(from);
        const isAllowed = contactMoves[from].includes(to);
        expect([from, to, await outcome(act())]).toEqual([
          from,
          to,
          isAllowed ? 'ok' : 'contactChange.notHeld',
        ]);
      }
    }
  });
});
