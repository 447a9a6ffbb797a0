import type { InboundPartDto, ThreadDto } from '@peyk/contracts/sms';
import { eventually } from '@peyk/testing';
import { ThreadsService } from '../../../apps/sms-gateway/src/inbox/threads.service';
import { Core, refusal } from './fixture';

describe('ThreadsService', () => {
  let core: Core;
  let threads: ThreadsService;
  let linkId: string;
  let customerId: string;
  let number: string;
  let other: string;
  let otherLineId: string;
  let keys = 0;

  beforeAll(async () => {
    core = await Core.start();
    threads = new ThreadsService(core.source, core.transactions);
    linkId = await core.link();
  });
  afterAll(() => core.stop());
  beforeEach(async () => {
    customerId = core.world.customer();
    number = `98300${String(++keys).padStart(6, '0')}`;
    other = `98301${String(keys).padStart(6, '0')}`;
    await core.line(customerId, linkId, { number });
    otherLineId = await core.line(customerId, linkId, { number: other });
  });

  async function receive(...parts: Partial<InboundPartDto>[]): Promise<void> {
    const report = core.report(await core.session(), linkId);
    for (const over of parts)
      report.inbound({
        from: '989121234567',
        to: number,
        text: 'سلام',
        total: 1,
        part: 1,
        key: `t-${++keys}`,
        at: Date.now(),
        ...over,
      });
    await core.recorder.flush([report.dto]);
  }
  const list = async (filter: object = {}): Promise<ThreadDto[]> =>
    (await threads.list(customerId, filter)).threads;
  const texts = async (filter: object): Promise<string[]> =>
    (await list(filter)).map(({ lastText }) => lastText);

  it('SMS-019 has one thread a line and number, the newest first, with what is unread', async () => {
    await receive(
      { text: 'یک' },
      { text: 'دو' },
      { from: '989350000001', text: 'سه' },
      { to: other, text: 'چهار' },
    );
    await receive({ text: 'پنج' });
    expect(await list()).toMatchObject([
      { from: '989121234567', line: number, messages: 3, unread: 3, lastText: 'پنج' },
      { from: '989121234567', line: other, messages: 1, unread: 1, lastText: 'چهار' },
      { from: '989350000001', line: number, messages: 1, unread: 1, lastText: 'سه' },
    ]);
    expect(await threads.unread(customerId)).toEqual({ messages: 5, threads: 3 });
    const first = await threads.list(customerId, { limit: 2 });
    expect(first.threads).toHaveLength(2);
    expect((await threads.list(customerId, { limit: 2, cursor: first.nextCursor })).threads).toMatchObject([
      { lastText: 'سه' },
    ]);
  });

  it('a deliver_sm that comes twice, or a message not whole yet, is in no thread twice', async () => {
    const once = { key: 'the-same', text: 'یک' };
    await receive(once);
    await receive(once, { reference: 9, total: 2, part: 1, text: 'نیم' });
    expect(await list()).toMatchObject([{ messages: 1, unread: 1, lastText: 'یک' }]);
  });

  it('SMS-019 is searched by number in any digits and by the text of any message, and filtered', async () => {
    await receive(
      { text: 'نوبت ۱۰۰٪ رزرو' },
      { text: 'باشه' },
      { from: '989350000001', to: other, text: 'قیمت' },
    );
    expect(await texts({ search: '۰۹۱۲ ۱۲۳' })).toEqual(['باشه']);
    expect(await texts({ search: '935' })).toEqual(['قیمت']);
    expect(await texts({ search: 'نوبت' })).toEqual(['باشه']);
    expect(await texts({ search: '%' })).toEqual([]);
    expect(await texts({ search: '_' })).toEqual([]);
    expect(await texts({ lineId: otherLineId })).toEqual(['قیمت']);
    const [newest] = await list();
    expect(await texts({ from: newest?.lastAt })).toContain('قیمت');
    expect(await texts({ to: '2020-01-01T00:00:00Z' })).toEqual([]);
  });

  it('SMS-019 Persian is found however it was written, by beginnings of the words of one message', async () => {
    await receive({ text: 'سلام، قيمت كتاب‌ها؟' }, { from: '989350000001', to: other, text: 'آدرس ۱۲' });
    for (const search of ['قیمت', 'کتابها', 'كتاب قیم', 'سلام'])
      expect([search, await texts({ search })]).toEqual([search, ['سلام، قيمت كتاب‌ها؟']]);
    for (const search of ['ادرس', 'آدرس 12', '١٢'])
      expect([search, await texts({ search })]).toEqual([search, ['آدرس ۱۲']]);
    for (const search of ['یمت', 'سلام آدرس', 'قیمت | آدرس', '؟', ':*'])
      expect([search, await texts({ search })]).toEqual([search, []]);
    expect((await threads.list(core.world.customer(), { search: 'سلام' })).threads).toEqual([]);
  });

  it('a word of more messages than can be sorted is found all the same, and what was received before, too', async () => {
    await receive({ text: 'تکراری' }, { from: '989350000001', to: other, text: 'تکراری دیگر' });
    const [newest] = await list();
    await core.sql(
      `INSERT INTO inbox_messages (id, customer_id, line_id, from_number, to_number, body, received_at)
       SELECT ('00000001-0000-7000-8000-' || lpad(to_hex(no), 12, '0'))::uuid, customer_id, line_id, from_number, to_number, body, received_at
       FROM inbox_messages, generate_series(1, 6000) AS no WHERE id = $1`,
      [newest?.lastId],
    );
    await core.sql('DELETE FROM inbox_words');
    expect(await texts({ search: 'تکراری' })).toEqual([]);
    while (await core.inbox.search.fill());
    expect(await core.sql('SELECT FROM inbox_words WHERE customer_id = $1', [customerId])).toHaveLength(
      6_002,
    );
    expect(await texts({ search: 'تکراری' })).toEqual(['تکراری دیگر', 'تکراری']);
  });

  it('what is seen is no more unread, what comes after it is; and nothing becomes unread again', async () => {
    await receive({ text: 'یک' }, { text: 'دو' }, { text: 'سه' });
    const [thread] = await list();
    const { id: threadId, lastId } = thread as ThreadDto;
    const { messages } = await threads.read(customerId, { threadId });
    expect(messages.map(({ text }) => text)).toEqual(['سه', 'دو', 'یک']);
    const [, second, first] = messages;
    expect(await threads.see(customerId, { threadId, upTo: second?.id ?? '' })).toMatchObject({ unread: 1 });
    expect(await threads.see(customerId, { threadId, upTo: first?.id ?? '' })).toMatchObject({ unread: 1 });
    await receive({ text: 'چهار' });
    expect(await threads.see(customerId, { threadId, upTo: lastId })).toMatchObject({
      unread: 1,
      messages: 4,
    });
    expect(await texts({ unread: true })).toEqual(['چهار']);
    // An id that is yet to come sees what there is, and not what follows.
    const future = 'ffffffff-ffff-7fff-bfff-ffffffffffff';
    expect(await threads.see(customerId, { threadId, upTo: future })).toMatchObject({ unread: 0 });
    await receive({ text: 'پنج' });
    expect(await threads.unread(customerId)).toEqual({ messages: 1, threads: 1 });
    expect(await texts({ unread: false })).toEqual([]);
  });

  it('what came before but is stored later is not behind what was seen', async () => {
    await core.sql(`CREATE FUNCTION store_slowly() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(0.5); RETURN NEW; END $$`);
    await core.sql(`CREATE TRIGGER slow BEFORE INSERT ON inbox_messages FOR EACH ROW
      WHEN (NEW.body = 'slow') EXECUTE FUNCTION store_slowly()`);
    try {
      const slow = receive({ text: 'slow' });
      await eventually(async () => {
        const [row] = await core.sql<{ sleeping: number }>(
          "SELECT count(*)::int AS sleeping FROM pg_stat_activity WHERE wait_event = 'PgSleep'",
        );
        if (row?.sleeping !== 1) throw new Error('not yet');
      });
      await receive({ text: 'quick' });
      const [thread] = await list();
      await threads.see(customerId, { threadId: thread?.id ?? '', upTo: thread?.lastId ?? '' });
      await slow;
    } finally {
      await core.sql('DROP FUNCTION store_slowly CASCADE');
    }
    expect(await list()).toMatchObject([{ messages: 2, unread: 0, lastText: 'quick' }]);
  });

  it('counts right when messages come in while others are seen', async () => {
    await receive({ text: '0' });
    const [thread] = await list();
    const threadId = thread?.id ?? '';
    await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        await receive({ text: String(index) });
        const { thread: now } = await threads.read(customerId, { threadId, limit: 1 });
        await threads.see(customerId, { threadId, upTo: now.lastId });
      }),
    );
    const [row] = await core.sql<{ counted: number; unread: number; messages: number }>(
      `SELECT (SELECT count(*)::int FROM inbox_messages m WHERE m.customer_id = t.customer_id AND m.id > t.seen_id) AS counted,
         unread, messages FROM inbox_threads t WHERE id = $1`,
      [threadId],
    );
    expect(row).toMatchObject({ messages: 11, unread: row?.counted });
  });

  it("SMS-020 shows the secretary's answer behind what it answers, page by page", async () => {
    const line = `98302${String(++keys).padStart(6, '0')}`;
    const lineId = await core.line(customerId, linkId, { number: line, secretary_text: 'دریافت شد' });
    await receive({ to: line, text: 'یک' }, { to: line, text: 'دو' });
    await core.secretary.sendDue();
    await core.write();
    const [thread] = await list({ lineId });
    const { messages } = await threads.read(customerId, { threadId: thread?.id ?? '' });
    expect(messages).toMatchObject([
      { direction: 'received', text: 'دو' },
      { direction: 'answered', text: 'دریافت شد', state: 'queued' },
      { direction: 'received', text: 'یک' },
    ]);
    const page = await threads.read(customerId, { threadId: thread?.id ?? '', limit: 1 });
    const rest = await threads.read(customerId, { threadId: thread?.id ?? '', cursor: page.nextCursor });
    expect([...page.messages, ...rest.messages]).toEqual(messages);
    expect(rest.nextCursor).toBeUndefined();
  });

  it("nobody comes to another's thread", async () => {
    await receive({});
    const stranger = core.world.customer();
    const [thread] = await list();
    const threadId = thread?.id ?? '';
    expect((await threads.list(stranger, {})).threads).toEqual([]);
    expect(await refusal(threads.read(stranger, { threadId }))).toBe('thread.notFound');
    expect(await refusal(threads.see(stranger, { threadId, upTo: thread?.lastId ?? '' }))).toBe(
      'thread.notFound',
    );
    expect(await threads.unread(stranger)).toEqual({ messages: 0, threads: 0 });
    expect(await threads.unread(customerId)).toEqual({ messages: 1, threads: 1 });
  });

  it('SMS-019 shows own answers and sends to this number between what was received, with state, parts and price', async () => {
    await receive({ text: 'قیمت چند است؟' });
    const [thread] = await list();
    const lineId = thread?.lineId ?? '';
    const say = async (text: string, numbers = ['09121234567']): Promise<string> => {
      const request = { lineId, text, recipients: { numbers }, idempotencyKey: `reply-${++keys}-key` };
      const send = await core.sends.create(customerId, request);
      await threads.noteSend(customerId, request, send.id);
      await threads.noteSend(customerId, request, send.id);
      return send.id;
    };
    const reply = await say('صد هزار تومان');
    await say('به دیگری', ['09350000001']);
    await say('به دو نفر', ['09121234567', '09350000001']);
    await receive({ text: 'ممنون' });
    const second = await say('خواهش می‌کنم');
    const read = (page: object = {}) => threads.read(customerId, { threadId: thread?.id ?? '', ...page });
    const { messages } = await read();
    expect(messages.map(({ text }) => text)).toEqual([
      'خواهش می‌کنم',
      'ممنون',
      'صد هزار تومان',
      'قیمت چند است؟',
    ]);
    expect(messages[2]).toMatchObject({ id: reply, direction: 'sent', parts: 1, sendState: 'queued' });
    expect(messages[2]?.costRials).toBeGreaterThan(0);
    const first = await read({ limit: 1 });
    expect(first.messages.map(({ id }) => id)).toContain(second);
    const older = await read({ limit: 1, cursor: first.nextCursor });
    expect(older.messages.map(({ text }) => text)).toEqual(['صد هزار تومان', 'قیمت چند است؟']);
    // Another customer's thread is nobody else's to write into.
    const stranger = core.world.customer();
    await threads.noteSend(stranger, { lineId, recipients: { numbers: ['09121234567'] } }, reply);
    expect((await read()).messages).toHaveLength(4);
  });
});
