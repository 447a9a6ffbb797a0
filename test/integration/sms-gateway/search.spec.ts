import type { SendRequestDto } from '@peyk/contracts/sms';
import { uuidv7 } from '@peyk/database';
import { Client } from 'pg';
import { AdministrationLog } from '../../../apps/sms-gateway/src/administration/administration.log';
import { SendAdministration } from '../../../apps/sms-gateway/src/sends/send-administration';
import { Core, refusal } from './fixture';

describe('sends by words', () => {
  let core: Core;
  let linkId: string;
  let administration: SendAdministration;

  beforeAll(async () => {
    core = await Core.start();
    linkId = await core.link();
    administration = new SendAdministration(
      core.source,
      core.transactions,
      core.sendReads,
      core.sendControl,
      new AdministrationLog(core.outbox),
      { siteAccountId: uuidv7() },
    );
  });
  afterAll(() => core.stop());

  interface Owner {
    readonly id: string;
    readonly lineId: string;
    send(over: Partial<SendRequestDto>): Promise<string>;
    find(search: string, over?: object): Promise<string[]>;
  }
  const owner = async (): Promise<Owner> => {
    const id = core.fakes.customer();
    const lineId = await core.line(id, linkId);
    return {
      id,
      lineId,
      send: async (over) => (await core.sends.create(id, core.request(lineId, over))).id,
      find: async (search, over) =>
        (await core.sendReads.list(id, { search, ...over })).sends.map((send) => send.id),
    };
  };

  it('SMS-017 Persian is found however it was typed, by beginnings of its words, in any order', async () => {
    const { send, find } = await owner();
    const id = await send({ title: 'كمپين يلدا ۱۴۰۵', text: 'مشتری گرامی، آب‌میوه می\u200cرسد!' });
    const searches = [
      'کمپین',
      'كمپين',
      'یلدا',
      'يلد',
      '1405',
      '١٤٠٥',
      'اب میوه',
      'ابمیوه',
      'میوه',
      'گرامی مشتر',
      'میرسد',
      ' ',
      '',
    ];
    for (const search of searches) expect([search, await find(search)]).toEqual([search, [id]]);
    for (const search of ['لدا', 'کمپینها', 'یلدا نوروز', '405', '!', '%', '_'])
      expect([search, await find(search)]).toEqual([search, []]);
  });

  it("a hostile search finds nothing and breaks nothing, and nobody finds another's", async () => {
    const [one, other] = [await owner(), await owner()];
    await one.send({ title: 'محرمانه' });
    await other.send({ title: 'آشکار' });
    const hostile = [
      "'",
      "':*",
      "محرمانه' | '",
      '& | !',
      'محرمانه <-> ',
      '\\',
      "'; DROP TABLE sends --",
      'ا'.repeat(100),
    ];
    for (const search of hostile) expect([search, await other.find(search)]).toEqual([search, []]);
    expect(await other.find('محرمانه')).toEqual([]);
    expect(await one.find('محرمانه | آشکار')).toEqual([]);
  });

  it('keeps to the filters and pages while it searches', async () => {
    const { send, find, id: customerId } = await owner();
    const ids: string[] = [];
    for (let no = 0; no < 5; no++)
      ids.unshift(
        await send({
          title: no === 3 ? 'دیگر' : `خبر ${no}`,
          recipients: { numbers: no === 1 ? ['09120000001', '09120000002'] : ['09120000001'] },
        }),
      );
    const found = ids.filter((_, at) => at !== 1);
    expect(await find('خبر')).toEqual(found);
    expect(await find('خبر', { sort: 'oldest' })).toEqual([...found].reverse());
    expect(await find('خبر', { kind: 'group' })).toEqual([ids[3]]);
    expect(await find('خبر', { to: new Date(0).toISOString() })).toEqual([]);
    const page = await core.sendReads.list(customerId, { search: 'خبر', limit: 3 });
    expect(page.sends.map((one) => one.id)).toEqual(found.slice(0, 3));
    expect(await find('خبر', { limit: 3, cursor: page.nextCursor })).toEqual(found.slice(3));
  });

  it('administrators search the sends of all, and the text of a code is found by nobody', async () => {
    const [one, other] = [await owner(), await owner()];
    const ids = [await one.send({ text: 'همایش پاییزه' }), await other.send({ title: 'همایش' })].reverse();
    const code = await one.send({ title: 'ورود', text: 'کد همایش: ۹۸۷۶۵', lane: 'otp' });
    const list = async (search: string, over = {}): Promise<string[]> =>
      (await administration.list({ search, ...over })).sends.map((send) => send.id);
    expect(await list('همایش')).toEqual(ids);
    expect(await list('همایش', { customerId: one.id })).toEqual([ids[1]]);
    const first = await administration.list({ search: 'همایش', limit: 1 });
    expect(await list('همایش', { cursor: first.nextCursor })).toEqual([ids[1]]);
    for (const search of ['۹۸۷۶۵', '98765', '9876']) {
      expect(await list(search)).toEqual([]);
      expect(await one.find(search)).toEqual([]);
    }
    expect(await list('ورود')).toEqual([code]);
  });

  it('a send that is changed before its time is found by what it says now, as is each of its occurrences', async () => {
    const { send, find, id: customerId } = await owner();
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const id = await send({
      title: 'پیشین',
      text: 'متن',
      sendAt: soon,
      repeat: { every: 'daily', times: 3 },
    });
    await core.sendEdits.change(customerId, { sendId: id, title: 'کنونی', text: 'نوشته' });
    expect([await find('پیشین'), await find('متن'), await find('کنونی نوشته')]).toEqual([[], [], [id]]);
    await core.sql(`UPDATE sends SET send_at = now() WHERE id = $1`, [id]);
    await core.sendSchedule.fireDue();
    expect(await find('کنونی')).toHaveLength(2);
  });

  it('sends of before are found as soon as the leader came to them, the newest first', async () => {
    const { send, find } = await owner();
    const ids: string[] = [];
    for (let no = 0; no < 3; no++) ids.unshift(await send({ title: 'دیرینه' }));
    await send({ title: 'کد', text: 'دیرینه', lane: 'otp' });
    const forget = (): Promise<object[]> => core.sql('DELETE FROM send_words');
    await forget();
    expect(await find('دیرینه')).toEqual([]);
    await core.sql('DELETE FROM word_marks');
    while (await core.sendReads.search.fill());
    expect(await find('دیرینه')).toEqual(ids);
    // What is known to be complete is not looked at again; what is of the last hour is.
    await core.sql(`UPDATE word_marks SET upto = $1`, [ids[0]]);
    await forget();
    while (await core.sendReads.search.fill());
    expect(await find('دیرینه')).toEqual([]);
    const [mark] = await core.sql<{ upto: string }>('SELECT upto FROM word_marks');
    expect(mark && ids[2] && mark.upto < ids[2]).toBe(true);
    while (await core.sendReads.search.fill());
    expect(await find('دیرینه')).toEqual(ids);
  });

  it('a search that takes too long ends, and says so', async () => {
    const { send, find } = await owner();
    await send({ title: 'دیرکرد' });
    const blocker = new Client({ connectionString: core.database.url });
    await blocker.connect();
    try {
      await blocker.query('BEGIN; LOCK TABLE send_words IN ACCESS EXCLUSIVE MODE');
      expect(await refusal(find('دیرکرد'))).toBe('search.tooSlow');
    } finally {
      await blocker.end();
    }
    expect(await find('دیرکرد')).toHaveLength(1);
  });
});
