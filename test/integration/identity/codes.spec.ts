import { randomUUID } from 'node:crypto';
import { DomainError } from '@peyk/contracts';
import { identityCodesRpc } from '@peyk/contracts/identity';
import type { ClientDto, CodeChannelName, CodeRequestedDto, SignInResultDto } from '@peyk/contracts/identity';
import { eventually } from '@peyk/testing';
import { toPersianDigits } from '@peyk/persian';
import { addressHourMax, OneTimeCodes, personDayMax } from '../../../apps/identity/src/codes/one-time-codes';
import { anyMobile, codeIn, PeopleSpec } from './people.fixture';
import { laptop } from './replica';

describe('one-time codes', () => {
  let spec: PeopleSpec;
  beforeAll(async () => {
    spec = await PeopleSpec.start();
  });
  afterAll(() => spec.stop());
  beforeEach(() => {
    spec.bale.faults = [];
  });

  const request = (
    username: string,
    options: { purpose?: 'sign_in' | 'reset_password'; channel?: CodeChannelName; client?: ClientDto } = {},
  ): Promise<CodeRequestedDto> =>
    spec.identity.call(identityCodesRpc.request, {
      username,
      purpose: options.purpose ?? 'sign_in',
      channel: options.channel,
      client: options.client ?? laptop,
    });
  // Each try from another address: the budget of an address is another matter.
  let calls = 0;
  const signIn = (requestId: string, code: string, remember?: boolean): Promise<SignInResultDto> =>
    spec.identity.call(identityCodesRpc.signIn, {
      requestId,
      code,
      remember,
      client: { address: `198.51.${Math.floor((calls += 1) / 250)}.${calls % 250}`, device: laptop.device },
    });
  const outcome = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'ok',
      (error: unknown) =>
        error instanceof DomainError
          ? [error.code, error.details?.['triesLeft']].join(' ').trim()
          : String(error),
    );
  const wrongFor = (code: string): string => String(code === '999999' ? 100_000 : Number(code) + 1);

  describe('by which way', () => {
    it('IDN-002 IDN-003 Bale sends it to whoever is there by the registered mobile, and it signs in', async () => {
      const person = await spec.person();
      spec.bale.join(person.mobile);
      const { requestId, resendAfterSeconds } = await request(` ${person.username.toUpperCase()} `);
      expect(resendAfterSeconds).toBe(60);
      const { way, code } = await spec.onlyCodeOf(person);
      expect(way).toBe('bale_otp');
      const { session, setPassword } = await signIn(requestId, ` ${toPersianDigits(code)} `, true);
      expect(setPassword).toBeUndefined();
      expect(session).toMatchObject({ account: { id: person.id }, persistent: true });
      expect(await outcome(signIn(requestId, code))).toBe('code.expired');
    });

    it('SMS where the person is not on Bale, in at most two parts', async () => {
      const person = await spec.person();
      const { requestId } = await request(person.username);
      const { way, code } = await spec.onlyCodeOf(person);
      expect(way).toBe('sms');
      expect(spec.sms.byKey.get(`code-${requestId}`)?.text.length).toBeLessThanOrEqual(134);
      expect((await signIn(requestId, code)).session?.persistent).toBe(false);
    });

    it('SMS at once where that was chosen, though Bale would do', async () => {
      const person = await spec.person();
      spec.bale.join(person.mobile);
      await request(person.username, { channel: 'sms' });
      expect((await spec.onlyCodeOf(person)).way).toBe('sms');
    });

    it.each(['drop', 'tooMany', 'notOk'] as const)('SMS where Bale fails: %s', async (kind) => {
      const person = await spec.person();
      spec.bale.join(person.mobile);
      spec.bale.faults = [{ kind, api: 'safir', count: null, ms: 0 }];
      await request(person.username);
      expect((await spec.onlyCodeOf(person)).way).toBe('sms');
    });

    it('SMS where the credit at Bale is used up', async () => {
      const person = await spec.person();
      spec.bale.join(person.mobile);
      spec.bale.settings.credit = 0;
      await request(person.username);
      expect((await spec.onlyCodeOf(person)).way).toBe('sms');
      spec.bale.settings.credit = 1_000_000;
    });

    it('Bale by a new token where the old one was forgotten there', async () => {
      const person = await spec.person();
      spec.bale.join(person.mobile);
      spec.bale.faults = [{ kind: 'tokenEnds', api: 'safir', count: 1, ms: 0 }];
      await request(person.username);
      expect((await spec.onlyCodeOf(person)).way).toBe('bale_otp');
    });

    it('tries again where every way failed', async () => {
      const person = await spec.person();
      spec.sms.refuse = 1;
      await request(person.username);
      expect((await spec.onlyCodeOf(person)).way).toBe('sms');
      expect(spec.sms.refuse).toBe(0);
    });

    it('IDN-209 e-mail for a new password where it was chosen, and nowhere else', async () => {
      const person = await spec.person();
      spec.bale.join(person.mobile);
      spec.mailbox.refuse = 1;
      const { requestId } = await request(person.username, { purpose: 'reset_password', channel: 'email' });
      // The first was refused, so Bale was next; the mail is not sent again then.
      expect((await spec.onlyCodeOf(person)).way).toBe('bale_otp');
      await spec.later(61);
      const again = await request(person.username, { purpose: 'reset_password', channel: 'email' });
      const mail = await eventually(() => {
        const found = spec.mailbox.mails.find(({ to }) => to.includes(person.email));
        if (!found) throw new Error('no mail yet');
        return found;
      });
      expect(mail.subject).toBe('کد تعیین رمز عبور تازه به پیک');
      const [code = ''] = codeIn(mail.text);
      const redeem = (id: string): Promise<string | null> =>
        spec.identity.app
          .get(OneTimeCodes)
          .redeem(
            { requestId: id, code, purpose: 'reset_password' },
            async (_tx, { accountId }) => accountId,
          );
      expect(await outcome(redeem(requestId))).toBe('code.expired');
      expect(await redeem(again.requestId)).toBe(person.id);
      expect(spec.codesOf(person)).toHaveLength(1);
    });

    it('e-mail does not sign in', async () => {
      const { username } = await spec.person();
      await expect(request(username, { channel: 'email' })).rejects.toMatchObject({
        code: 'input.invalid',
        details: { fields: [{ field: 'channel' }] },
      });
    });

    it('the answer does not wait for the sending', async () => {
      const person = await spec.person();
      let release = (): void => undefined;
      spec.sms.hold = new Promise((resolve) => (release = resolve));
      try {
        await request(person.username);
        expect(spec.codesOf(person)).toEqual([]);
      } finally {
        spec.sms.hold = undefined;
        release();
      }
      await spec.onlyCodeOf(person);
    });
  });

  describe('what a code opens', () => {
    it('IDN-205 five tries, then not even the right one', async () => {
      const person = await spec.person();
      const { requestId } = await request(person.username);
      const { code } = await spec.onlyCodeOf(person);
      const outcomes: string[] = [];
      for (const typed of [1, 2, 3, 4, 5].map(() => wrongFor(code)).concat(code))
        outcomes.push(await outcome(signIn(requestId, typed)));
      expect(outcomes).toEqual([
        'code.wrong 4',
        'code.wrong 3',
        'code.wrong 2',
        'code.wrong 1',
        'code.wrong 0',
        'code.tooManyTries',
      ]);
    });

    it('IDN-205 nothing after two minutes', async () => {
      const person = await spec.person();
      const { requestId, expiresAt } = await request(person.username);
      const { code } = await spec.onlyCodeOf(person);
      const [row] = await spec.identity.sql<{ seconds: number }>(
        'SELECT extract(epoch FROM expires_at - created_at)::float8 AS seconds, expires_at FROM one_time_codes WHERE id = $1',
        [requestId],
      );
      expect(Math.round(row?.seconds ?? 0)).toBe(120);
      expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
      await spec.identity.sql('UPDATE one_time_codes SET expires_at = now() WHERE id = $1', [requestId]);
      expect(await outcome(signIn(requestId, code))).toBe('code.expired');
    });

    it('a newer code takes the place of the older', async () => {
      const person = await spec.person();
      const first = await request(person.username);
      const { code } = await spec.onlyCodeOf(person);
      await spec.later(61);
      const second = await request(person.username);
      const codes = await eventually(() => {
        expect(spec.codesOf(person)).toHaveLength(2);
        return spec.codesOf(person);
      });
      expect(await outcome(signIn(first.requestId, code))).toBe('code.expired');
      expect(await outcome(signIn(second.requestId, codes[1]?.code ?? ''))).toBe('ok');
    });

    it('not another purpose, nor another request', async () => {
      const [person, other] = [await spec.person(), await spec.person()];
      const mine = await request(person.username, { purpose: 'reset_password' });
      const theirs = await request(other.username);
      const { code } = await spec.onlyCodeOf(person);
      expect(await outcome(signIn(mine.requestId, code))).toBe('code.expired');
      expect(await outcome(signIn(theirs.requestId, code))).toMatch(/^code\.wrong/);
      expect(await outcome(signIn(randomUUID(), code))).toBe('code.expired');
    });

    it('IDN-207 nothing but setting an own password while it is an issued one', async () => {
      const person = await spec.person({ mustSetPassword: true });
      const { requestId } = await request(person.username);
      const { code } = await spec.onlyCodeOf(person);
      const { session, setPassword } = await signIn(requestId, code);
      expect(session).toBeUndefined();
      expect(setPassword?.token).toEqual(expect.any(String));
      expect(await spec.identity.sql('SELECT 1 FROM sessions WHERE account_id = $1', [person.id])).toEqual(
        [],
      );
    });

    it('not an account that was disabled meanwhile', async () => {
      const person = await spec.person();
      const { requestId } = await request(person.username);
      const { code } = await spec.onlyCodeOf(person);
      await spec.identity.sql('UPDATE accounts SET disabled = true WHERE id = $1', [person.id]);
      expect(await outcome(signIn(requestId, code))).toBe('login.failed');
    });

    it('IDN-205 one of twenty that bring the right code at once gets in', async () => {
      const person = await spec.person();
      const { requestId } = await request(person.username);
      const { code } = await spec.onlyCodeOf(person);
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(signIn(requestId, code))));
      expect(outcomes.filter((text) => text === 'ok')).toHaveLength(1);
      const sessions = await spec.identity.sql('SELECT 1 FROM sessions WHERE account_id = $1', [person.id]);
      expect(sessions).toHaveLength(1);
    });

    it('IDN-205 five of a hundred guesses at once are looked at', async () => {
      const person = await spec.person();
      const { requestId } = await request(person.username);
      const { code } = await spec.onlyCodeOf(person);
      const outcomes = await Promise.all(
        Array.from({ length: 100 }, () => outcome(signIn(requestId, wrongFor(code)))),
      );
      expect(outcomes.filter((text) => text.startsWith('code.wrong'))).toHaveLength(5);
      expect(outcomes.filter((text) => text === 'code.tooManyTries')).toHaveLength(95);
    });

    it('what fails inside leaves the code good for the tries that are left', async () => {
      const codes = spec.identity.app.get(OneTimeCodes);
      const mobile = anyMobile();
      const { requestId } = await codes.request({
        mobile,
        purpose: 'verify_mobile',
        asker: 'stranger',
        client: laptop,
      });
      const { code } = await spec.onlyCodeOf({ mobile });
      const redeem = (fails: boolean): Promise<unknown> =>
        codes.redeem({ requestId, code, purpose: 'verify_mobile' }, async (_tx, redeemed) => {
          if (fails) throw new DomainError('rate.limited');
          return redeemed;
        });
      expect(await outcome(redeem(true))).toBe('rate.limited');
      expect(await redeem(false)).toEqual({ accountId: null, mobile });
      expect(await outcome(redeem(false))).toBe('code.expired');
    });
  });

  describe('the budget of sends', () => {
    const from = (address: string): ClientDto => ({ ...laptop, address });
    /** Signs in by a code from home; the browser with its cookie. */
    const atHome = async (username: string, mobile: string): Promise<ClientDto> => {
      const home = from('198.18.7.1');
      const { requestId } = await request(username, { client: home });
      const { code } = await spec.onlyCodeOf({ mobile });
      const { session } = await spec.identity.call(identityCodesRpc.signIn, {
        requestId,
        code,
        client: home,
      });
      await spec.later(86_401);
      return { ...home, deviceToken: session?.deviceToken };
    };

    it('a minute between, five an hour, ten a day, over all purposes', async () => {
      const person = await spec.person();
      const refusal = async (): Promise<[string, number]> => {
        const error = await request(person.username, { purpose: 'reset_password' }).then(
          () => undefined,
          (refused: unknown) => refused as DomainError,
        );
        return [error?.code ?? 'ok', Number(error?.details?.['retryAfterSeconds'])];
      };
      for (let sent = 1; sent <= 10; sent += 1) {
        await request(person.username);
        const [code, wait] = await refusal();
        if (sent % 5 !== 0) {
          expect(code).toBe('code.tooSoon');
          expect(wait).toBeGreaterThan(30);
          expect(wait).toBeLessThanOrEqual(60);
        } else {
          expect(code).toBe('code.tooMany');
        }
        await spec.later(61);
        if (sent === 5) {
          const [tooMany, seconds] = await refusal();
          expect(tooMany).toBe('code.tooMany');
          expect(seconds).toBeGreaterThan(3_000);
          expect(seconds).toBeLessThanOrEqual(3_600 - 5 * 61);
          await spec.later(3_600);
        }
      }
      await spec.later(3_600);
      const [code, seconds] = await refusal();
      expect(code).toBe('code.tooMany');
      expect(seconds).toBeGreaterThan(70_000);
      await spec.later(86_400);
      expect((await refusal())[0]).toBe('ok');
    });

    describe('IDN-205 IDN-211 a stranger uses up', () => {
      const from = (address: string, deviceToken?: string): ClientDto => ({
        ...laptop,
        address,
        deviceToken,
      });
      const ask = (username: string, client: ClientDto): Promise<string> =>
        outcome(request(username, { client }));
      /** So many addresses that nobody signed in from, each asking once; what they are answered, by how often. */
      let crowds = 0;
      const crowd = async (username: string, size: number): Promise<Record<string, number>> => {
        crowds += 1;
        const counts: Record<string, number> = {};
        for (let at = 1; at <= size; at += 1) {
          const answer = await ask(username, from(`2001:db9:${crowds.toString(16)}:${at.toString(16)}::1`));
          counts[answer] = (counts[answer] ?? 0) + 1;
        }
        return counts;
      };
      it('the budget of the own address only, and takes no code from anybody', async () => {
        const person = await spec.person();
        const stranger = from('203.0.113.80');
        const mine = await request(person.username);
        const { code } = await spec.onlyCodeOf(person);
        expect(await ask(person.username, stranger)).toBe('ok');
        expect(await ask(person.username, stranger)).toBe('code.tooSoon');
        for (let sent = 2; sent <= 5; sent += 1) {
          await spec.later(61);
          expect(await ask(person.username, stranger)).toBe('ok');
        }
        await spec.later(61);
        expect(await ask(person.username, stranger)).toBe('code.tooMany');
        expect(await ask(person.username, laptop)).toBe('ok');
        // The stranger's codes did not take its place; its own successor just did.
        expect(await outcome(signIn(mine.requestId, code))).toBe('code.expired');
        const other = await spec.person();
        const theirs = await request(other.username);
        expect(await ask(other.username, stranger)).toBe('ok');
        const [first] = await eventually(() => {
          expect(spec.codesOf(other)).toHaveLength(2);
          return spec.codesOf(other);
        });
        expect(await outcome(signIn(theirs.requestId, first?.code ?? ''))).toBe('ok');
      });

      it('thirty a day from all addresses together; the owner still has those of the own device, and of home', async () => {
        const person = await spec.person();
        const browser = await atHome(person.username, person.mobile);
        const { stranger, known_network: home } = personDayMax;
        // One was sent to sign in.
        expect(await crowd(person.username, stranger + 5)).toEqual({ ok: stranger - 1, 'code.tooMany': 6 });
        // Without the cookie, at another address of the network.
        expect(await ask(person.username, from('198.18.7.2'))).toBe('ok');
        expect(await ask(person.username, from('198.18.8.2'))).toBe('code.tooMany');
        for (let at = stranger + 1; at < home; at += 1)
          expect([at, await ask(person.username, from(`198.18.7.${at}`))]).toEqual([at, 'ok']);
        expect(await ask(person.username, from('198.18.7.250'))).toBe('code.tooMany');
        // Wherever it is taken.
        expect(await ask(person.username, { ...browser, address: '203.0.113.99' })).toBe('ok');
        expect(await ask(person.username, browser)).toBe('code.tooSoon');
        // A device of another account is a stranger's.
        const other = await spec.person();
        const others = await atHome(other.username, other.mobile);
        expect(await ask(person.username, { ...others, address: '203.0.113.98' })).toBe('code.tooMany');
        expect(await ask(other.username, browser)).toBe('ok');
      });

      it('the same of a username that nobody has, and of a mobile that signs up', async () => {
        const { stranger } = personDayMax;
        const expected = { ok: stranger, 'code.tooMany': 3 };
        expect(await crowd((await spec.person()).username, stranger + 3)).toEqual(expected);
        expect(await crowd(`nobody-${randomUUID()}`, stranger + 3)).toEqual(expected);
        const codes = spec.identity.app.get(OneTimeCodes);
        const mobile = anyMobile();
        const answers: string[] = [];
        for (let at = 1; at <= stranger + 1; at += 1) {
          const client = from(`2001:db9:ffff:${at.toString(16)}::1`);
          answers.push(
            await outcome(codes.request({ mobile, purpose: 'verify_mobile', asker: 'stranger', client })),
          );
        }
        expect(answers.filter((answer) => answer === 'ok')).toHaveLength(stranger);
        await spec.identity.sql(`UPDATE one_time_codes SET created_at = created_at - interval '1 day'`);
        expect(
          await outcome(
            codes.request({ mobile, purpose: 'verify_mobile', asker: 'stranger', client: from('::5') }),
          ),
        ).toBe('ok');
      });
    });

    it('an address cannot have codes sent to everybody', async () => {
      const askFrom = (address: string): Promise<string> =>
        outcome(
          spec.identity.call(identityCodesRpc.request, {
            username: `nobody-${randomUUID()}`,
            purpose: 'sign_in',
            client: { ...laptop, address },
          }),
        );
      expect(await askFrom('2001:db8:1:2::1')).toBe('ok');
      await spec.identity.sql(
        `INSERT INTO one_time_codes SELECT gen_random_uuid(), purpose, person_key, account_id, mobile_sealed, code_hash,
           tries_left, created_at, expires_at, used_at, address, device, network, budget_key
         FROM one_time_codes, generate_series(2, $1) WHERE network = (SELECT network FROM one_time_codes WHERE address = $2)`,
        [addressHourMax, '2001:db8:1:2::1'],
      );
      expect(await askFrom('2001:db8:1:2:3::4')).toBe('code.tooMany');
      expect(await askFrom('2001:db8:1:3::1')).toBe('ok');
      // Nor does it keep anybody from an own device there.
      const person = await spec.person();
      const browser = await atHome(person.username, person.mobile);
      const there = { ...browser, address: '2001:db8:1:2::9' };
      expect(await outcome(request(person.username, { client: there }))).toBe('ok');
      await spec.identity.sql(
        `UPDATE one_time_codes SET created_at = now() - interval '1 hour' WHERE address = '2001:db8:1:2::1'`,
      );
      expect(await askFrom('2001:db8:1:2:3::4')).toBe('ok');
    });

    it('one of ten requests at once is served, also the first ones ever', async () => {
      const person = await spec.person();
      for (const who of [person.username, `nobody-${randomUUID()}`]) {
        const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcome(request(who))));
        expect(outcomes.sort()).toEqual([...Array<string>(9).fill('code.tooSoon'), 'ok']);
      }
      await spec.onlyCodeOf(person);
    });
  });

  describe('usernames that nobody has', () => {
    it('IDN-205 are answered as those that somebody has, whatever comes next', async () => {
      const transcript = async (username: string): Promise<unknown[]> => {
        const first = await request(username);
        const seen: unknown[] = [Object.keys(first).sort(), await outcome(request(username))];
        for (let turn = 0; turn < 6; turn += 1) seen.push(await outcome(signIn(first.requestId, '12345')));
        await spec.later(61);
        const second = await request(username, { purpose: 'reset_password', channel: 'email' });
        seen.push(await outcome(signIn(second.requestId, '123456')));
        for (let turn = 0; turn < 3; turn += 1) {
          await spec.later(61);
          seen.push(await outcome(request(username)));
        }
        await spec.later(61);
        return [...seen, await outcome(request(username)), await outcome(signIn(first.requestId, '1'))];
      };
      const known = await transcript((await spec.person()).username);
      const disabled = await spec.person();
      await spec.identity.sql('UPDATE accounts SET disabled = true WHERE id = $1', [disabled.id]);
      expect(await transcript(`nobody-${randomUUID()}`)).toEqual(known);
      expect(await transcript(disabled.username)).toEqual(known);
      const nowhere = await spec.person({ mobile: null, email: null });
      expect(await transcript(nowhere.username)).toEqual(known);
      expect(spec.codesOf(disabled)).toEqual([]);
      expect(known.at(-2)).toBe('code.tooMany');
    });

    it('IDN-205 take the same time', async () => {
      const known = await Promise.all(Array.from({ length: 40 }, () => spec.person()));
      const timesOf = { known: [] as number[], unknown: [] as number[] };
      // In turn, so that what else the machine does meets both.
      for (const { username } of known) {
        for (const [kind, name] of [
          ['known', username],
          ['unknown', `nobody-${randomUUID()}`],
        ] as const) {
          const began = performance.now();
          await request(name);
          timesOf[kind].push(performance.now() - began);
        }
      }
      const median = (times: number[]): number => times.sort((a, b) => a - b)[times.length / 2] ?? 0;
      const ratio = median(timesOf.known) / median(timesOf.unknown);
      expect(ratio).toBeGreaterThan(0.5);
      expect(ratio).toBeLessThan(2);
    });
  });

  it('the code stands in no log line, no table and no event', async () => {
    const person = await spec.person();
    spec.bale.join(person.mobile);
    // Every way fails once before one takes it.
    spec.bale.faults = [{ kind: 'notOk', api: 'safir', count: null, ms: 0 }];
    spec.sms.refuse = 1;
    const { requestId } = await request(person.username);
    const { code } = await spec.onlyCodeOf(person);
    await outcome(signIn(requestId, wrongFor(code)));
    await signIn(requestId, code);
    await spec.identity.event('identity.session.started', 'accountId', person.id);
    expect(spec.logged.join('\n')).toContain(requestId);
    const alone = new RegExp(`(?<![\\da-f.])${code}(?![\\da-f])`);
    const tables = await spec.identity.sql<{ name: string }>(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    const places: [string, string][] = [
      ['log', spec.logged.join('\n')],
      ['events', JSON.stringify(spec.identity.events)],
    ];
    for (const { name } of tables) {
      const rows = await spec.identity.sql<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      places.push([name, rows.map(({ row }) => row).join('\n')]);
    }
    expect(places.filter(([, text]) => alone.test(text)).map(([place]) => place)).toEqual([]);
    expect(spec.logged.join('\n')).not.toContain(person.mobile);
  });

  it('forgets what is over', async () => {
    const person = await spec.person();
    const { requestId } = await request(person.username);
    const codes = spec.identity.app.get(OneTimeCodes);
    await spec.identity.sql(
      `UPDATE one_time_codes SET expires_at = now() - interval '25 hours' WHERE id = $1`,
      [requestId],
    );
    expect(await codes.forgetOld()).toBe(1);
    await spec.later(86_401);
    expect(await codes.forgetBudgets()).toBeGreaterThan(0);
    expect(await spec.identity.sql('SELECT 1 FROM code_budgets')).toEqual([]);
  });
});
