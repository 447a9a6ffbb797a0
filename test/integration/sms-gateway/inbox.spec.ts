import { smsEvents } from '@peyk/contracts/sms';
import type { InboundPartDto } from '@peyk/contracts/sms';
import { encodeUcs2 } from '@peyk/persian';
import { Core, refusal } from './fixture';

describe('InboxService', () => {
  let core: Core;
  let linkId: string;
  let customerId: string;
  let strangerId: string;
  let number: string;
  let keys = 0;

  beforeAll(async () => {
    core = await Core.start();
    linkId = await core.link();
    strangerId = core.fakes.customer();
  });
  afterAll(() => core.stop());
  beforeEach(async () => {
    customerId = core.fakes.customer();
    number = `98200${String(++keys).padStart(6, '0')}`;
    await core.line(customerId, linkId, { number });
  });

  const part = (over: Partial<InboundPartDto> = {}): InboundPartDto => ({
    from: '989121234567',
    to: number,
    text: 'سلام',
    total: 1,
    part: 1,
    key: `key-${++keys}`,
    at: Date.now(),
    ...over,
  });
  async function receive(...parts: InboundPartDto[]): Promise<void> {
    const session = await core.session();
    const report = core.report(session, linkId);
    for (const one of parts) report.inbound(one);
    await core.recorder.recordReports([report.dto]);
  }
  /** What comes out of order is joined once it is quiet. */
  const quiet = (): Promise<void> => core.inbox.assembleDue(Date.now() + 6_000);
  const texts = async (owner = customerId, filter: object = {}): Promise<string[]> =>
    (await core.inbox.list(owner, filter)).messages.map((message) => message.text);

  it('SMS-019 SMS-210 brings a message to the owner of the line, and to nobody else', async () => {
    await receive(part({ from: '+989121234567', to: `+${number}` }));
    const { messages } = await core.inbox.list(customerId, {});
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ from: '989121234567', to: number, text: 'سلام' });
    expect(await texts(strangerId)).toEqual([]);
    const [event] = await (async () => {
      await core.events('');
      return core.broker.published.filter(
        (one) =>
          one.type === smsEvents.inboxReceived.name &&
          (one.payload as { customerId: string }).customerId === customerId,
      );
    })();
    expect(event?.payload).toMatchObject({ inboxId: messages[0]?.id, customerId, from: '989121234567' });
  });

  it('SMS-210 the same deliver_sm again is one message', async () => {
    const once = part();
    await receive(once);
    await receive(once, once);
    expect(await texts()).toEqual(['سلام']);
  });

  it('SMS-019 joins parts that come in any order, over several reports, some of them twice', async () => {
    const parts = [1, 2, 3].map((no) => part({ reference: 7, total: 3, part: no, text: `«${no}»` }));
    const [a, b, c] = parts as [InboundPartDto, InboundPartDto, InboundPartDto];
    await receive(c);
    await receive(a, c);
    expect(await texts()).toEqual([]);
    await receive(b);
    await quiet();
    expect(await texts()).toEqual(['«1»«2»«3»']);
    await receive(a, b, c);
    expect(await texts()).toEqual(['«1»«2»«3»']);
  });

  it('SMS-019 a later message with the same reference is another message', async () => {
    for (const [no, round] of ['a', 'b'].entries()) {
      const at = Date.now() - (2 - no) * 60_000;
      await receive(
        part({ reference: 7, total: 2, part: 2, text: `2${round}`, at }),
        part({ reference: 7, total: 2, part: 1, text: `1${round}`, at }),
      );
    }
    await quiet();
    expect(await texts()).toEqual(['1b2b', '1a2a']);
  });

  it('SMS-019 keeps messages of two senders with one reference apart', async () => {
    const of = (from: string, no: number): InboundPartDto =>
      part({ from, reference: 9, total: 2, part: no, text: `${from.slice(-1)}${no}` });
    await receive(of('989120000001', 1), of('989120000002', 1), of('989120000002', 2));
    expect(await texts()).toEqual(['2122']);
    await receive(of('989120000001', 2));
    expect(await texts()).toEqual(['1112', '2122']);
  });

  it('SMS-019 a part that came long ago completes nothing', async () => {
    await receive(
      part({ reference: 3, total: 2, part: 1, text: 'old', at: Date.now() - 25 * 3_600_000 }),
      part({ reference: 3, total: 2, part: 2, text: 'new' }),
    );
    // What it is the rest of never came: it is shown for itself.
    expect(await texts()).toEqual(['old[…]']);
    const [message] = (await core.inbox.list(customerId, {})).messages;
    expect(message).toMatchObject({ missingParts: 1 });
  });

  it('SMS-210 a line that nobody has, or that is of another link, stops nothing and shows nowhere', async () => {
    const otherLink = await core.link();
    const session = await core.session();
    await core.recorder.recordReports([
      core.report(session, otherLink).inbound(part({ text: 'not of this link' })).dto,
    ]);
    await receive(part({ to: '98999999' }), part({ text: 'own' }));
    expect(await texts()).toEqual(['own']);
    // It is answered on the wire, so it is kept for who can say whose it is.
    const { messages, total } = await core.inbox.listUnlined({ linkId });
    expect(messages).toMatchObject([
      { linkId, link: 'spec', from: '989121234567', to: '98999999', text: 'سلام' },
    ]);
    expect(total).toBe(1);
    expect((await core.inbox.listUnlined({ linkId: otherLink })).messages).toMatchObject([
      { text: 'not of this link' },
    ]);
  });

  it('what comes to a line that was retired is for nobody but administrators', async () => {
    await core.sql('UPDATE lines SET retired_at = now(), active = false WHERE number = $1', [number]);
    await receive(part({ text: 'too late' }));
    expect(await texts()).toEqual([]);
    expect((await core.inbox.listUnlined({ linkId })).messages[0]).toMatchObject({ text: 'too late' });
  });

  it.each(['+98', '0098', '98', '0', ''])(
    'our number written with "%s" in front is our line',
    async (front) => {
      const bare = `3000${String(++keys).padStart(6, '0')}`;
      await core.line(customerId, linkId, { number: keys % 2 === 0 ? `98${bare}` : bare });
      await receive(part({ to: `${front}${bare}`, text: front }));
      expect(await texts()).toEqual([front]);
    },
  );

  describe('parts of two messages with one reference', () => {
    const long = (name: string, no: number, over: Partial<InboundPartDto> = {}): InboundPartDto =>
      part({ reference: 7, total: 2, part: no, text: `${name}${no}`, ...over });

    it.each([1, 2])('part %i is left over: it was joined with the new message', async (no) => {
      await receive(long('A', no));
      await receive(long('B', 1), long('B', 2));
      await quiet();
      expect(await texts()).toEqual(['B1B2']);
    });

    it('parts that come again after their answers made two messages', async () => {
      await receive(long('A', 1), long('A', 2));
      await receive(long('A', 1));
      await receive(long('A', 2));
      await quiet();
      expect(await texts()).toEqual(['A1A2']);
      // What begins alike and goes on otherwise is another message.
      await receive(long('A', 1), long('C', 2));
      expect(await texts()).toEqual(['A1C2', 'A1A2']);
    });

    it('an emoji cut between two parts became two U+FFFD', async () => {
      const whole = encodeUcs2('ab😀');
      const octets = (no: number, from: number, to: number): InboundPartDto =>
        long('', no, { alphabet: 'ucs2', octets: whole.subarray(from, to).toString('base64') });
      await receive(octets(1, 0, 6), octets(2, 6, 8));
      expect(await texts()).toEqual(['ab😀']);
    });

    it('the rest that never comes: after a day it is stored, its gap marked, and counted once', async () => {
      await receive(long('A', 2));
      await core.inbox.assembleDue(Date.now() + 23 * 3_600_000);
      expect(await texts()).toEqual([]);
      await core.inbox.assembleDue(Date.now() + 24 * 3_600_000 + 1_000);
      await core.inbox.assembleDue(Date.now() + 25 * 3_600_000);
      expect(await texts()).toEqual(['[…]A2']);
      const [{ received } = { received: 0 }] = await core.sql<{ received: number }>(
        'SELECT sum(received)::int AS received FROM activity WHERE customer_id = $1',
        [customerId],
      );
      expect(received).toBe(1);
    });
  });

  it('SMS-019 SMS-214 pages newest first, and finds a sender in any writing', async () => {
    for (let no = 0; no < 5; no++)
      await receive(part({ text: `m${no}`, from: no % 2 === 0 ? '989121234567' : 'Bank' }));
    expect(await texts()).toEqual(['m4', 'm3', 'm2', 'm1', 'm0']);
    const page = await core.inbox.list(customerId, { limit: 2 });
    expect(page.messages.map(({ text }) => text)).toEqual(['m4', 'm3']);
    expect(await texts(customerId, { limit: 2, cursor: page.nextCursor })).toEqual(['m2', 'm1']);
    expect(await texts(customerId, { from: '۰۹۱۲ ۱۲۳ ۴۵۶۷' })).toEqual(['m4', 'm2', 'm0']);
    expect(await texts(customerId, { from: 'Bank' })).toEqual(['m3', 'm1']);
    expect(await refusal(core.inbox.list(customerId, { cursor: 'eA' }))).toBe('input.invalid');
  });

  describe('the secretary', () => {
    const lineOf = async (): Promise<string> =>
      (await core.sql<{ id: string }>('SELECT id FROM lines WHERE number = $1', [number]))[0]?.id ?? '';
    const answers = async (): Promise<string[]> => {
      await core.secretary.sendDueAnswers();
      const { sends } = await core.sendReads.list(customerId, {});
      return sends.map((send) => send.text);
    };

    it('SMS-020 answers a received message once a day each, by the message and whatever comes again (SMS-211)', async () => {
      const lineId = await lineOf();
      await core.lines.setSecretary(customerId, { lineId, text: 'پیام شما رسید.' });
      const first = part({ text: 'سلام' });
      await receive(first);
      await receive(first);
      await receive(part({ text: 'کسی هست؟' }));
      expect(await answers()).toEqual(['پیام شما رسید.']);
      expect(await answers()).toEqual(['پیام شما رسید.']);
      const [send] = (await core.sendReads.list(customerId, {})).sends;
      expect(send).toMatchObject({
        lane: 'otp',
        recipients: 1,
        money: { quotedRials: expect.any(Number) as number },
      });
      expect(send?.money.quotedRials).toBeGreaterThan(0);
      // A day later the same person is answered again.
      await core.sql(
        `UPDATE secretary_answers SET answered_at = now() - interval '25 hours' WHERE line_id = $1`,
        [lineId],
      );
      await receive(part({ text: 'سلام دوباره' }));
      expect(await answers()).toHaveLength(2);
    });

    it('SMS-211 does not answer what no mobile sent, nor without a text, nor on a line of somebody else', async () => {
      const lineId = await lineOf();
      await receive(part());
      await core.lines.setSecretary(customerId, { lineId, text: 'پاسخ' });
      await receive(part({ from: '982000999' }), part({ from: 'BANK' }));
      expect(await answers()).toEqual([]);
      expect(await refusal(core.lines.setSecretary(strangerId, { lineId, text: 'پاسخ' }))).toEqual(
        'line.notFound',
      );
      expect(await refusal(core.lines.setSecretary(customerId, { lineId, text: ' ' }))).toEqual(
        'send.textEmpty',
      );
      await core.lines.setSecretary(customerId, { lineId, text: null });
      await receive(part({ from: '989121110000' }));
      expect(await answers()).toEqual([]);
    });

    it('SMS-212 notes an opt-out before the secretary is asked, in any writing of it', async () => {
      const lineId = await lineOf();
      await core.lines.setSecretary(customerId, { lineId, text: 'پاسخ' });
      const wishes = ['لغو ۱۱', 'لغو11', '١١', ' 11 ', '11.', '«۱۱»', 'لغو!', '«لغو  ۱۱»', 'لـــغو\u200c11'];
      await receive(...wishes.map((text, index) => part({ text, from: `98912000000${index}` })));
      await receive(
        part({ text: '110', from: '989120000090' }),
        part({ text: 'لطفا لغو کنید', from: '989120000091' }),
        part({ text: '...', from: '989120000092' }),
      );
      expect(await answers()).toEqual(['پاسخ', 'پاسخ', 'پاسخ']);
      const rows = await core.sql<{ msisdn: number }>(
        'SELECT msisdn FROM opt_outs WHERE line_id = $1 ORDER BY msisdn',
        [lineId],
      );
      expect(rows.map(({ msisdn }) => msisdn - 989_120_000_000)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    });

    it('SMS-212 the words are those of the class of the line', async () => {
      const lineId = await lineOf();
      await core.sql(`UPDATE line_classes SET opt_out_words = ARRAY['stop'] WHERE line_class = 'service'`);
      try {
        await receive(part({ text: '11' }), part({ text: ' STOP. ', from: '989120000001' }));
      } finally {
        await core.sql(
          `UPDATE line_classes SET opt_out_words = ARRAY['لغو 11', '11', 'لغو'] WHERE line_class = 'service'`,
        );
      }
      expect(await core.sql('SELECT msisdn FROM opt_outs WHERE line_id = $1', [lineId])).toEqual([
        { msisdn: 989_120_000_001 },
      ]);
    });
  });
});
