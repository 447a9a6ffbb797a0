import { randomUUID } from 'node:crypto';
import { DomainError } from '@peyk/contracts';
import { identityBaleRpc, identityCodesRpc } from '@peyk/contracts/identity';
import type { SignInResultDto } from '@peyk/contracts/identity';
import { Transactions } from '@peyk/database';
import { eventually } from '@peyk/testing';
import { AccountsService } from '../../../apps/identity/src/accounts/accounts.service';
import { HousekeepingJob } from '../../../apps/identity/src/housekeeping.job';
import { baleRoutes } from '../../../apps/simulators/src/bale/bale-routes';
import { anyMobile, PeopleSpec } from './people.fixture';
import type { Person } from './people.fixture';
import { laptop, startReplica } from './replica';

describe('Bale chats', () => {
  let spec: PeopleSpec;
  beforeAll(async () => {
    spec = await PeopleSpec.start();
  });
  afterAll(() => spec.stop());
  beforeEach(() => {
    spec.bale.faults = [];
  });

  const act = (route: string, body: unknown): unknown =>
    baleRoutes(spec.bale)[route]?.({ query: new URLSearchParams(), body });
  const texts = (mobile: string): string[] =>
    spec.bale.messages.filter((message) => message.mobile === mobile).map(({ text }) => text);
  /** The last thing that the bot said to this person, which is the `count`th. */
  const reply = (mobile: string, count: number): Promise<string> =>
    eventually(() => {
      expect(texts(mobile)).toHaveLength(count);
      return texts(mobile).at(-1) ?? '';
    });

  /** An access token of this person, as a sign-in by code gives it. */
  async function tokenOf(person: Person): Promise<{ token: string }> {
    const { requestId } = await spec.identity.call(identityCodesRpc.request, {
      username: person.username,
      purpose: 'sign_in',
      channel: 'sms',
      client: laptop,
    });
    const code = await eventually(() => {
      const last = spec
        .codesOf(person)
        .filter(({ way }) => way === 'sms')
        .at(-1);
      if (!last) throw new Error('no code yet');
      return last.code;
    });
    const result: SignInResultDto = await spec.identity.call(identityCodesRpc.signIn, {
      requestId,
      code,
      client: laptop,
    });
    await spec.later(61);
    return { token: result.session?.accessToken ?? '' };
  }

  async function linkOf(as: { token: string }): Promise<string> {
    return (await spec.identity.call(identityBaleRpc.link, {}, as)).url;
  }
  const statusOf = (as: { token: string }): Promise<{ available: boolean; linkedAt: string | null }> =>
    spec.identity.call(identityBaleRpc.status, {}, as);

  /** Somebody who linked the chat. */
  async function linked(): Promise<{ person: Person; as: { token: string } }> {
    const person = await spec.person();
    spec.bale.join(person.mobile);
    const as = await tokenOf(person);
    act('POST /bale/start', { mobile: person.mobile, link: await linkOf(as) });
    await reply(person.mobile, 1);
    act('POST /bale/contact', { mobile: person.mobile });
    await reply(person.mobile, 2);
    return { person, as };
  }

  it('IDN-206 NTF-007 a person links the chat by the own contact, and codes come there', async () => {
    const person = await spec.person();
    spec.bale.join(person.mobile);
    const as = await tokenOf(person);
    expect(await statusOf(as)).toEqual({ available: true, linkedAt: null });
    const link = await linkOf(as);
    expect(link).toMatch(/^https:\/\/ble\.ir\/peyk_bot\?start=[\w-]{32}$/);
    act('POST /bale/start', { mobile: person.mobile, link });
    expect(await reply(person.mobile, 1)).toContain('ارسال شماره‌ی من');
    expect(spec.bale.messages.at(-1)?.replyMarkup).toMatchObject({ keyboard: [[{ request_contact: true }]] });
    expect((await statusOf(as)).linkedAt).toBeNull();
    act('POST /bale/contact', { mobile: person.mobile });
    expect(await reply(person.mobile, 2)).toContain('پیوند خورد');
    expect((await statusOf(as)).linkedAt).not.toBeNull();
    await spec.identity.call(identityCodesRpc.request, {
      username: person.username,
      purpose: 'sign_in',
      client: laptop,
    });
    expect(await reply(person.mobile, 3)).toMatch(/کد ورود: \d{6}/);
    expect(spec.bale.codes.filter(({ mobile }) => mobile === person.mobile)).toEqual([]);
    const audited = await spec.identity.sql<{ action: string }>(
      `SELECT action FROM audit_entries WHERE account_id = $1 AND action LIKE 'bale.%'`,
      [person.id],
    );
    expect(audited).toEqual([{ action: 'bale.linked' }]);
  });

  it('IDN-003 neither a contact of somebody else nor another number links', async () => {
    const person = await spec.person();
    const thief = { mobile: anyMobile() };
    spec.bale.join(person.mobile);
    spec.bale.join(thief.mobile);
    const as = await tokenOf(person);
    // The thief got hold of the link.
    act('POST /bale/start', { mobile: thief.mobile, link: await linkOf(as) });
    await reply(thief.mobile, 1);
    act('POST /bale/contact', { mobile: thief.mobile, of: person.mobile });
    expect(await reply(thief.mobile, 2)).toContain('مخاطب خود شما نیست');
    act('POST /bale/contact', { mobile: thief.mobile });
    expect(await reply(thief.mobile, 3)).toContain('یکی نیست');
    // A card of a number that is on Bale with nobody carries no owner at all.
    act('POST /bale/contact', { mobile: thief.mobile, of: anyMobile() });
    expect(await reply(thief.mobile, 4)).toContain('مخاطب خود شما نیست');
    expect((await statusOf(as)).linkedAt).toBeNull();
  });

  it('a link that ran out, was replaced, used or made up begins nothing', async () => {
    const { person, as } = await linked();
    const [first, second] = [await linkOf(as), await linkOf(as)];
    await spec.identity.sql(`UPDATE bale_link_tokens SET expires_at = now() WHERE account_id = $1`, [
      person.id,
    ]);
    const other = anyMobile();
    spec.bale.join(other);
    let replies = 0;
    for (const link of [first, second, 'x'.repeat(32), 'short', '\u0000\u0000', undefined]) {
      act('POST /bale/start', { mobile: other, link });
      expect(await reply(other, (replies += 1))).toContain('اتصال به بله');
    }
    act('POST /bale/contact', { mobile: other });
    expect(await reply(other, (replies += 1))).toContain('اتصال به بله');
    expect((await statusOf(as)).linkedAt).not.toBeNull();
  });

  it('what is no command is not answered, and what comes after it is', async () => {
    const mobile = anyMobile();
    spec.bale.join(mobile);
    act('POST /bale/start', { mobile });
    await reply(mobile, 1);
    for (const text of ['سلام', '/help', '\u0000', 'x'.repeat(4_000)])
      act('POST /bale/say', { mobile, text });
    act('POST /bale/start', { mobile });
    await reply(mobile, 2);
  });

  it('unlinked codes go by the number again; unlinking again is no error', async () => {
    const { person, as } = await linked();
    await spec.identity.call(identityBaleRpc.unlink, {}, as);
    await spec.identity.call(identityBaleRpc.unlink, {}, as);
    expect((await statusOf(as)).linkedAt).toBeNull();
    await spec.identity.call(identityCodesRpc.request, {
      username: person.username,
      purpose: 'sign_in',
      client: laptop,
    });
    await eventually(() =>
      expect(spec.bale.codes.filter(({ mobile }) => mobile === person.mobile)).toHaveLength(1),
    );
    expect(texts(person.mobile)).toHaveLength(2);
  });

  it('IDN-004 another mobile in the account ends the link at once', async () => {
    const { person, as } = await linked();
    const mobile = anyMobile();
    await spec.identity.app
      .get(Transactions)
      .run((tx) =>
        spec.identity.app
          .get(AccountsService)
          .change(tx, person.id, 'account.updated', { actor: { service: 'spec' } }, () => ({ mobile })),
      );
    expect((await statusOf(as)).linkedAt).toBeNull();
    await spec.identity.call(identityCodesRpc.request, {
      username: person.username,
      purpose: 'sign_in',
      client: laptop,
    });
    expect(await spec.onlyCodeOf({ mobile })).toMatchObject({ way: 'sms' });
    expect(texts(person.mobile)).toHaveLength(2);
    await spec.identity.app.get(HousekeepingJob).run();
    expect(await spec.identity.sql('SELECT 1 FROM bale_chats WHERE account_id = $1', [person.id])).toEqual(
      [],
    );
  });

  it('codes go on by the number where the person stopped the bot, and where the bot fails', async () => {
    const { person } = await linked();
    act('POST /bale/block', { mobile: person.mobile });
    await spec.identity.call(identityCodesRpc.request, {
      username: person.username,
      purpose: 'sign_in',
      client: laptop,
    });
    await eventually(() =>
      expect(spec.bale.codes.filter(({ mobile }) => mobile === person.mobile)).toHaveLength(1),
    );
    const other = await linked();
    await spec.later(61);
    spec.bale.faults = [{ kind: 'notOk', api: 'bot', count: null, ms: 0 }];
    await spec.identity.call(identityCodesRpc.request, {
      username: other.person.username,
      purpose: 'sign_in',
      client: laptop,
    });
    await eventually(() =>
      expect(spec.bale.codes.filter(({ mobile }) => mobile === other.person.mobile)).toHaveLength(1),
    );
  });

  it('an account without a mobile, and a disabled one, have nothing to link', async () => {
    const person = await spec.person();
    const as = await tokenOf(person);
    await spec.identity.sql('UPDATE accounts SET mobile_index = NULL, mobile_sealed = NULL WHERE id = $1', [
      person.id,
    ]);
    await expect(linkOf(as)).rejects.toEqual(new DomainError('bale.noMobile'));
    await expect(spec.identity.call(identityBaleRpc.status, {})).rejects.toMatchObject({
      code: 'access.tokenMissing',
    });
  });

  it('reads on after Bale failed, and two replicas answer once', async () => {
    const replica = await startReplica(spec.identity.config);
    try {
      for (const kind of ['notOk', 'drop', 'tooMany'] as const)
        spec.bale.faults.push({ kind, api: 'bot', count: 1, ms: 0 });
      // The polls that wait now are let go, and meet the faults.
      spec.bale.release();
      await eventually(() => expect(spec.bale.faults).toEqual([]));
      // And one meets the first reply.
      spec.bale.faults.push({ kind: 'drop', api: 'bot', count: 1, ms: 0 });
      const mobiles = Array.from({ length: 10 }, () => anyMobile());
      for (const mobile of mobiles) {
        spec.bale.join(mobile);
        act('POST /bale/start', { mobile, link: randomUUID().replaceAll('-', '') });
      }
      for (const mobile of mobiles) expect(await reply(mobile, 1)).toContain('دیگر معتبر نیست');
      // Another replica goes on where this one stopped.
      await replica.close();
      const [mobile = ''] = mobiles;
      act('POST /bale/start', { mobile });
      await reply(mobile, 2);
      for (const other of mobiles.slice(1)) expect(texts(other)).toHaveLength(1);
    } finally {
      await replica.close().catch(() => undefined);
    }
  });
});
