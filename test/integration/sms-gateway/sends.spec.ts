import { randomUUID } from 'node:crypto';
import { DomainError } from '@peyk/contracts';
import { billingHoldsRpc } from '@peyk/contracts/billing';
import { smsEvents } from '@peyk/contracts/sms';
import { targetingListsRpc, targetingRecipientsRpc } from '@peyk/contracts/targeting';
import type { SendRecipientsQueryDto, SendRequestDto } from '@peyk/contracts/sms';
import type { QueryRunner } from 'typeorm';
import { eventually } from '@peyk/testing';
import { SendRecipients } from '../../../apps/sms-gateway/src/sends/send-recipients';
import { Core, refusal } from './fixture';

describe('SendsService', () => {
  let core: Core;
  let linkId: string;
  let customerId: string;
  let strangerId: string;
  let lineId: string;
  let strangersLineId: string;

  beforeAll(async () => {
    core = await Core.start();
    linkId = await core.link();
    customerId = core.fakes.customer();
    strangerId = core.fakes.customer();
    lineId = await core.line(customerId, linkId);
    strangersLineId = await core.line(strangerId, linkId);
  });
  afterAll(() => core.stop());
  afterEach(() => core.fakes.faults.clear());

  const request = (over: Partial<SendRequestDto> = {}): SendRequestDto => core.request(lineId, over);
  const create = (over: Partial<SendRequestDto> = {}) => core.sends.create(customerId, request(over));
  const sendsOf = (customer: string): Promise<{ id: string; state: string }[]> =>
    core.sql('SELECT id, state FROM sends WHERE customer_id = $1 ORDER BY id', [customer]);
  const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  /** As if its time had come. */
  const due = (sendId: string): Promise<object[]> =>
    core.sql(`UPDATE sends SET send_at = now() - interval '1 second' WHERE id = $1`, [sendId]);

  describe('quote', () => {
    it('SMS-005 SMS-008 SMS-213 SMS-204 says recipients, parts, price by operator and credit', async () => {
      const quote = await core.sends.quote(customerId, {
        lineId,
        text: 'س'.repeat(71),
        recipients: { numbers: ['09121234567', '09351234567', '+989121234567', 'x'] },
      });
      expect(quote).toMatchObject({
        recipients: 2,
        parts: 2,
        units: 71,
        language: 'fa',
        rows: [
          { operator: 'mci', recipients: 1, rialsPerPart: 1_330, totalRials: 2_660 },
          { operator: 'irancell', recipients: 1, rialsPerPart: 1_463, totalRials: 2_926 },
        ],
        totalRials: 5_586,
        enough: true,
        invalidNumbers: 1,
        duplicateNumbers: 1,
      });
    });

    it('SMS-011 prices the slice, of a list and of typed numbers', async () => {
      const listId = core.fakes.list(customerId, 100_000);
      const quote = (recipients: SendRequestDto['recipients']) =>
        core.sends.quote(customerId, { lineId, text: 'سلام', recipients });
      expect((await quote({ listId, row: 5_001, count: 5_000 })).recipients).toBe(5_000);
      expect((await quote({ listId, row: 99_991 })).totalRials).toBe(10 * 1_330);
      expect(await refusal(quote({ listId, row: 99_991, count: 11 }))).toBe('list.sliceOutOfRange');
      const numbers = ['09120000001', '09120000002', '09120000003'];
      expect((await quote({ numbers, row: 2 })).recipients).toBe(2);
      expect(await refusal(quote({ numbers, row: 4 }))).toBe('list.sliceOutOfRange');
    });

    it("SMS-208 guarantee 7: another customer's line and list are not there", async () => {
      const listId = core.fakes.list(strangerId, 5);
      const text = 'سلام';
      expect(
        await refusal(
          core.sends.quote(customerId, { lineId: strangersLineId, text, recipients: { listId } }),
        ),
      ).toBe('line.notFound');
      expect(await refusal(core.sends.quote(customerId, { lineId, text, recipients: { listId } }))).toBe(
        'list.notFound',
      );
    });

    it('says when an advertising line opens', async () => {
      const closed = await core.line(customerId, linkId, closedHours());
      const quote = await core.sends.quote(customerId, {
        lineId: closed,
        text: 'سلام',
        recipients: { numbers: ['09120000001'] },
      });
      expect(new Date(quote.startsAt).getTime()).toBeGreaterThan(Date.now());
    });
  });

  describe('create', () => {
    it('SMS-001 SMS-002 SMS-003 SMS-004 SMS-009 TGT-001 holds the price and queues the send', async () => {
      const send = await create({ title: 'خبر', recipients: { numbers: ['09120000001', '09350000001'] } });
      expect(send).toMatchObject({
        state: 'queued',
        title: 'خبر',
        kind: 'group',
        lane: 'transactional',
        recipients: 2,
        parts: 1,
        line: { id: lineId },
        counts: { queued: 2 },
        money: { quotedRials: 2_793, chargedRials: 0, settled: false },
      });
      expect(core.fakes.holds.get(send.id)).toMatchObject({
        amountRials: 2_793,
        customerId,
        state: 'open',
      });
      expect(await core.events(send.id, smsEvents.sendAccepted)).toEqual([
        { sendId: send.id, customerId, recipients: 2, quotedRials: 2_793 },
      ]);
    });

    it('SMS-013 SMS-217 one recipient is a single send', async () => {
      expect((await create()).kind).toBe('single');
    });

    /** The list is there when it is counted, and deleted before the send is laid down. */
    const deleteWhenCounted = (listId: string): jest.SpyInstance => {
      const answer = core.fakes.answer.bind(core.fakes);
      return jest.spyOn(core.fakes, 'answer').mockImplementation(async (name, input) => {
        const answered = await answer(name, input);
        if (name === targetingRecipientsRpc.count.name) core.fakes.lists.delete(listId);
        return answered;
      });
    };

    it('TGT-204 a list that is deleted at the same moment is refused: no send waits for recipients that are gone', async () => {
      for (const sendAt of [undefined, inHours(1)]) {
        const listId = core.fakes.list(customerId, 5);
        const asked = request({ recipients: { listId }, sendAt });
        const deleting = deleteWhenCounted(listId);
        expect(await refusal(core.sends.create(customerId, asked))).toBe('list.notFound');
        deleting.mockRestore();
        expect(await refusal(core.sends.create(customerId, asked))).toBe('list.notFound');
        const [row] = (await sendsOf(customerId)).slice(-1);
        expect(row?.state).toBe('refused');
        expect(core.fakes.holds.has(row?.id ?? '')).toBe(false);
        expect(await core.sendReads.usesOf({ listId, customerId })).toEqual([]);
      }
    });

    it('SMS-207 a send is not moved to a list that is deleted at the same moment', async () => {
      const before = core.fakes.list(customerId, 3);
      const { id } = await create({ recipients: { listId: before }, sendAt: inHours(1) });
      const listId = core.fakes.list(customerId, 5);
      const deleting = deleteWhenCounted(listId);
      const change = { sendId: id, text: 'دیگر', recipients: { listId } };
      expect(await refusal(core.sendEdits.change(customerId, change))).toBe('list.notFound');
      deleting.mockRestore();
      expect(await core.sendReads.read(customerId, id)).toMatchObject({
        state: 'scheduled',
        listId: before,
        recipients: 3,
        text: 'سلام',
      });
    });

    it('TGT-204 sends that have not ended are named as those that need their list', async () => {
      const listId = core.fakes.list(customerId, 2);
      const recipients = { listId };
      const sends = [
        await create({
          recipients,
          title: 'روزانه',
          sendAt: inHours(1),
          repeat: { every: 'daily', times: 3 },
        }),
        await create({ recipients, title: 'اکنون' }),
        await create({ recipients, title: 'دیگر' }),
      ];
      const uses = async (of = customerId): Promise<string[]> =>
        (await core.sendReads.usesOf({ listId, customerId: of })).map(
          ({ title, state }) => `${title} ${state}`,
        );
      expect(await uses()).toEqual(['روزانه scheduled', 'اکنون queued', 'دیگر queued']);
      expect(await uses(strangerId)).toEqual([]);
      await core.sendControl.pause(customerId, sends[0]?.id ?? '');
      await core.sendControl.pause(customerId, sends[1]?.id ?? '');
      expect(await uses()).toEqual(['روزانه suspended', 'اکنون paused', 'دیگر queued']);
      await core.sendControl.cancel(customerId, sends[0]?.id ?? '');
      await core.sendControl.cancel(customerId, sends[1]?.id ?? '');
      expect(await uses()).toEqual(['اکنون cancelling', 'دیگر queued']);
      for (const state of ['finished', 'cancelled', 'refused', 'missed'])
        await core
          .sql('UPDATE sends SET state = $2 WHERE list_id = $1 AND state <> $2', [listId, state])
          .then(async () => expect(await uses()).toEqual([]));
    });

    it('the same key with the same request is the same send, held once', async () => {
      const asked = request({ title: 'یک بار' });
      const [first, ...others] = await Promise.all(
        Array.from({ length: 5 }, () => core.sends.create(customerId, { ...asked })),
      );
      for (const other of others) expect(other.id).toBe(first?.id);
      const again = await core.sends.create(customerId, {
        recipients: { ...asked.recipients },
        text: asked.text,
        title: asked.title,
        lineId,
        idempotencyKey: asked.idempotencyKey,
      });
      expect(again.id).toBe(first?.id);
      const holds = [...core.fakes.holds.values()].filter((hold) => hold.holdId === first?.id);
      expect(holds).toHaveLength(1);
      expect(await core.events(first?.id ?? '', smsEvents.sendAccepted)).toHaveLength(1);
    });

    it('the same key with another request is refused, and the key of another customer is another key', async () => {
      const asked = request();
      const first = await core.sends.create(customerId, asked);
      expect(await refusal(core.sends.create(customerId, { ...asked, text: 'سلام!' }))).toBe(
        'idempotency.keyReused',
      );
      const other = await core.sends.create(strangerId, { ...asked, lineId: strangersLineId });
      expect(other.id).not.toBe(first.id);
    });

    it('SMS-209 without enough credit it is refused before anything is queued', async () => {
      const poor = core.fakes.customer(1_329);
      const line = await core.line(poor, linkId);
      const asked = core.request(line);
      expect(await refusal(core.sends.create(poor, asked))).toBe('wallet.insufficientCredit');
      const [send] = await sendsOf(poor);
      expect(send?.state).toBe('refused');
      await core.write();
      expect(await core.states(send?.id ?? '')).toEqual([]);
      expect(await core.batches(send?.id ?? '')).toEqual([]);
      expect(core.fakes.held(poor)).toBe(0);
      // The answer to a repetition is the same, also when there is credit by now.
      core.fakes.credit.set(poor, 1_000_000);
      expect(await refusal(core.sends.create(poor, asked))).toBe('wallet.insufficientCredit');
      expect(await core.events(send?.id ?? '', smsEvents.sendFinished)).toEqual([
        { sendId: send?.id, customerId: poor, state: 'refused' },
      ]);
      const refused = await core.sendReads.read(poor, send?.id ?? '');
      expect(refused).toMatchObject({
        refusal: 'wallet.insufficientCredit',
        counts: { queued: 0 },
        money: { chargedRials: 0, releasedRials: 1_330, settled: true },
      });
      expect((await core.sends.create(poor, core.request(line))).state).toBe('queued');
    });

    it('SMS-209 of sends at once only as many are accepted as the credit is for', async () => {
      const poor = core.fakes.customer(3 * 1_330);
      const line = await core.line(poor, linkId);
      const results = await Promise.all(
        Array.from({ length: 8 }, () => refusal(core.sends.create(poor, core.request(line)))),
      );
      expect(results.filter((result) => result === 'accepted')).toHaveLength(3);
      expect(core.fakes.held(poor)).toBe(3 * 1_330);
    });

    it("SMS-208 guarantee 7: another's line and list are not there, a line that is off is not used", async () => {
      expect(await refusal(create({ lineId: strangersLineId }))).toBe('line.notFound');
      expect(await refusal(create({ lineId: randomUUID() }))).toBe('line.notFound');
      const listId = core.fakes.list(strangerId, 2);
      expect(await refusal(create({ recipients: { listId } }))).toBe('list.notFound');
      const off = await core.line(customerId, linkId, { active: false });
      expect(await refusal(create({ lineId: off }))).toBe('line.disabled');
    });

    it('guarantee 8: a past time, a time too far, an empty text, too long a text: nothing is written', async () => {
      const before = await sendsOf(customerId);
      const holds = core.fakes.holds.size;
      const lists = core.fakes.lists.size;
      expect(await refusal(create({ sendAt: inHours(-1) }))).toBe('send.timePast');
      expect(await refusal(create({ sendAt: inHours(24 * 367) }))).toBe('send.timeTooFar');
      expect(await refusal(create({ text: ' \n ' }))).toBe('send.textEmpty');
      expect(await refusal(create({ text: 'س'.repeat(671) }))).toBe('send.textTooLong');
      expect(await refusal(create({ recipients: {} }))).toBe('input.invalid');
      expect(await refusal(create({ recipients: { numbers: [] } }))).toBe('list.empty');
      expect(await sendsOf(customerId)).toEqual(before);
      expect(core.fakes.holds.size).toBe(holds);
      expect(core.fakes.lists.size).toBe(lists);
    });

    it('SMS-205 nobody valid among the typed numbers: nothing is written', async () => {
      const before = await sendsOf(customerId);
      expect(await refusal(create({ recipients: { numbers: ['0211234', 'x'] } }))).toBe('list.empty');
      expect(await sendsOf(customerId)).toEqual(before);
    });

    it('a lane takes only so many recipients', async () => {
      const numbers = (count: number): string[] =>
        Array.from({ length: count }, (_, index) => `0912${String(index).padStart(7, '0')}`);
      expect((await create({ lane: 'otp' })).lane).toBe('otp');
      expect(await refusal(create({ lane: 'otp', recipients: { numbers: numbers(2) } }))).toBe(
        'send.laneNotAllowed',
      );
      expect((await create({ recipients: { numbers: numbers(100) } })).lane).toBe('transactional');
      expect((await create({ recipients: { numbers: numbers(101) } })).lane).toBe('bulk');
      expect(await refusal(create({ lane: 'transactional', recipients: { numbers: numbers(101) } }))).toBe(
        'send.laneNotAllowed',
      );
      // Of a slice it is the slice that counts.
      expect((await create({ lane: 'otp', recipients: { numbers: numbers(9), row: 9 } })).recipients).toBe(1);
    });

    it('SMS-011 takes row and count of a list and of typed numbers', async () => {
      const listId = core.fakes.list(customerId, 3_000);
      const send = await create({ recipients: { listId, row: 1_501, count: 1_200 } });
      // What it takes to send to the same again.
      expect(send).toMatchObject({ listId, row: 1_501, recipients: 1_200 });
      await core.write();
      const rows = await core.sql<{ seq: number; msisdn: number }>(
        'SELECT seq, msisdn FROM messages WHERE send_id = $1 ORDER BY seq',
        [send.id],
      );
      expect(rows.map(({ msisdn }) => msisdn)).toEqual(
        Array.from({ length: 1_200 }, (_, index) => 989_120_000_000 + 1_500 + index),
      );
      expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
      const typed = await create({
        recipients: { numbers: ['09120000001', '09120000002', '09120000003'], row: 2, count: 1 },
      });
      await core.write();
      expect((await core.message(typed.id, 1)).msisdn).toBe(989_120_000_002);
      expect(typed).toMatchObject({ row: 2, recipients: 1 });
      const again = await create({
        recipients: { listId: typed.listId, row: typed.row, count: typed.recipients },
      });
      await core.write();
      expect((await core.message(again.id, 1)).msisdn).toBe(989_120_000_002);
    });

    it('a crash between the row and the hold is taken up, with one hold', async () => {
      const asked = request();
      core.fakes.faults.set(billingHoldsRpc.place.name, {
        error: new DomainError('service.unavailable'),
        after: true,
        times: 1,
      });
      expect(await refusal(core.sends.create(customerId, asked))).toBe('service.unavailable');
      const [open] = (await sendsOf(customerId)).slice(-1);
      expect(open?.state).toBe('placing');
      // Not yet: the request may still be on its way.
      await core.sendSchedule.fireDue();
      expect((await core.read(open?.id ?? '')).state).toBe('placing');
      await core.sql(`UPDATE sends SET created_at = now() - interval '1 minute' WHERE id = $1`, [open?.id]);
      await core.sendSchedule.fireDue();
      expect((await core.read(open?.id ?? '')).state).toBe('queued');
      expect(core.fakes.holds.get(open?.id ?? '')?.state).toBe('open');
      expect((await core.sends.create(customerId, asked)).id).toBe(open?.id);
    });

    it('a repetition of an interrupted request goes on where it stopped', async () => {
      const asked = request();
      core.fakes.faults.set(billingHoldsRpc.place.name, {
        error: new DomainError('service.unavailable'),
        times: 1,
      });
      expect(await refusal(core.sends.create(customerId, asked))).toBe('service.unavailable');
      const again = await core.sends.create(customerId, asked);
      expect(again.state).toBe('queued');
      expect(await core.events(again.id, smsEvents.sendAccepted)).toHaveLength(1);
    });

    it('other services away: refused in bounded time, nothing written', async () => {
      const before = await sendsOf(customerId);
      for (const name of [targetingListsRpc.createTyped.name]) {
        core.fakes.faults.set(name, { error: new DomainError('service.unavailable'), times: 1 });
        expect(await refusal(create())).toBe('service.unavailable');
      }
      expect(await sendsOf(customerId)).toEqual(before);
    });
  });

  describe('in time', () => {
    it('SMS-006 SMS-207 waits for its time, then holds and goes', async () => {
      const send = await create({ sendAt: inHours(5) });
      expect(send).toMatchObject({ state: 'scheduled', counts: { queued: 1 } });
      expect(core.fakes.holds.has(send.id)).toBe(false);
      await core.sendSchedule.fireDue();
      await core.write();
      expect((await core.read(send.id)).state).toBe('scheduled');
      expect(await core.states(send.id)).toEqual([]);
      await due(send.id);
      await Promise.all([core.sendSchedule.fireDue(), core.sendSchedule.fireDue()]);
      expect((await core.read(send.id)).state).toBe('queued');
      expect(core.fakes.holds.get(send.id)?.amountRials).toBe(1_330);
      expect(await core.events(send.id, smsEvents.sendAccepted)).toHaveLength(1);
    });

    it('SMS-207 its recipients are seen before the time, page by page and by number', async () => {
      const listId = core.fakes.list(customerId, 500);
      const send = await create({ recipients: { listId, row: 101, count: 300 }, sendAt: inHours(3) });
      const recipients = new SendRecipients(core.runtime);
      const own = await core.sendReads.own(customerId, send.id);
      const query = (over: Partial<SendRecipientsQueryDto>) =>
        recipients.list(own, { sendId: send.id, ...over });
      const first = await query({ limit: 200 });
      expect(first.total).toBe(300);
      expect(first.recipients).toHaveLength(200);
      expect(first.recipients[0]).toEqual({ position: 1, msisdn: '989120000100', operator: 'mci' });
      const rest = await query({ limit: 200, cursor: first.nextCursor });
      expect(rest.recipients.map(({ position }) => position)).toEqual(
        Array.from({ length: 100 }, (_, at) => 201 + at),
      );
      expect(rest.nextCursor).toBeUndefined();
      expect(await query({ msisdn: '+98 912 000 0399' })).toEqual({
        recipients: [{ position: 300, msisdn: '989120000399', operator: 'mci' }],
        total: 1,
      });
      // Of the list, but before and behind what this send takes of it.
      for (const msisdn of ['09120000099', '09120000400'])
        expect(await query({ msisdn })).toEqual({ recipients: [], total: 0 });
      expect(await refusal(query({ msisdn: '0212' }))).toBe('input.invalid');
      core.fakes.lists.delete(listId);
      expect(await query({})).toEqual({ recipients: [], total: 0, listDeleted: true });
    });

    it('SMS-207 what could not be paid today is refused now', async () => {
      const poor = core.fakes.customer(100);
      const line = await core.line(poor, linkId);
      expect(await refusal(core.sends.create(poor, core.request(line, { sendAt: inHours(5) })))).toBe(
        'wallet.insufficientCredit',
      );
      expect(await sendsOf(poor)).toEqual([]);
    });

    it('SMS-207 credit is checked again when the time comes', async () => {
      const poor = core.fakes.customer(2_000);
      const line = await core.line(poor, linkId);
      const send = await core.sends.create(poor, core.request(line, { sendAt: inHours(5) }));
      core.fakes.credit.set(poor, 0);
      await due(send.id);
      await core.sendSchedule.fireDue();
      expect(await core.sendReads.read(poor, send.id)).toMatchObject({
        state: 'refused',
        refusal: 'wallet.insufficientCredit',
      });
      await core.write();
      expect(await core.states(send.id)).toEqual([]);
    });

    it('SMS-207 billing away when the time comes: it is tried again', async () => {
      const send = await create({ sendAt: inHours(5) });
      await due(send.id);
      core.fakes.faults.set(billingHoldsRpc.place.name, {
        error: new DomainError('service.unavailable'),
        times: 1,
      });
      await core.sendSchedule.fireDue();
      expect((await core.read(send.id)).state).toBe('placing');
      await core.sql(`UPDATE sends SET send_at = now() - interval '1 minute' WHERE id = $1`, [send.id]);
      await eventually(async () => {
        await core.sendSchedule.fireDue();
        expect((await core.read(send.id)).state).toBe('queued');
      });
    });

    it('SMS-207 is cancelled before its time: nothing held, nothing waits, nobody is billed', async () => {
      const send = await create({ sendAt: inHours(5) });
      const cancelled = await core.sendControl.cancel(customerId, send.id);
      expect(cancelled).toMatchObject({
        state: 'cancelled',
        counts: { queued: 0, cancelled: 1 },
        money: { chargedRials: 0, releasedRials: 1_330, settled: true },
      });
      await due(send.id);
      await core.sendSchedule.fireDue();
      expect((await core.read(send.id)).state).toBe('cancelled');
      expect(core.fakes.holds.has(send.id)).toBe(false);
      expect(await core.events(send.id)).toEqual([{ sendId: send.id, customerId, state: 'cancelled' }]);
      expect(await refusal(core.sendControl.pause(customerId, send.id))).toBe('send.wrongState');
    });

    it('SMS-007 repeats as often as asked, each time with a hold of its own, and once each', async () => {
      const send = await create({ sendAt: inHours(1), repeat: { every: 'daily', times: 3 } });
      const ofRepeat = (): Promise<{ id: string; state: string; send_at: Date; repeat_no: number }[]> =>
        core.sql(
          'SELECT id, state, send_at, repeat_no FROM sends WHERE id = $1 OR repeat_of = $1 ORDER BY repeat_no',
          [send.id],
        );
      // Due, and the next one not: the slower of two that fire would take that too.
      for (let round = 1; round <= 3; round++) {
        const waiting = (await ofRepeat()).filter(({ state }) => state === 'scheduled');
        expect(waiting).toHaveLength(1);
        const planned = waiting[0]?.send_at;
        await due(waiting[0]?.id ?? '');
        await Promise.all([core.sendSchedule.fireDue(), core.sendSchedule.fireDue()]);
        const [next] = (await ofRepeat()).filter(({ state }) => state === 'scheduled');
        if (round === 3) expect(next).toBeUndefined();
        else expect(next?.send_at.getTime()).toBe((planned?.getTime() ?? 0) + 24 * 3_600_000);
      }
      const all = await ofRepeat();
      expect(all.map(({ state, repeat_no }) => [state, repeat_no])).toEqual([
        ['queued', 1],
        ['queued', 2],
        ['queued', 3],
      ]);
      for (const { id } of all) expect(core.fakes.holds.get(id)?.amountRials).toBe(1_330);
    });

    it('SMS-007 begins now when no time is said', async () => {
      const send = await create({ repeat: { every: 'weekly', times: 2 } });
      expect(send.state).toBe('queued');
      const [next] = await core.sql<{ send_at: Date }>('SELECT send_at FROM sends WHERE repeat_of = $1', [
        send.id,
      ]);
      const days = ((next?.send_at.getTime() ?? 0) - Date.now()) / 86_400_000;
      expect(days).toBeGreaterThan(6.99);
      expect(days).toBeLessThan(7.01);
    });

    const occurrencesOf = (sendId: string): Promise<Record<string, unknown>[]> =>
      core.sql(
        `SELECT id, repeat_no AS no, state, refusal, settled, send_at FROM sends WHERE id = $1 OR repeat_of = $1 ORDER BY repeat_no`,
        [sendId],
      );
    /** As if the platform had been away since then: the repetition began so many hours ago. */
    const beganBefore = (sendId: string, hours: number): Promise<object[]> =>
      core.sql(
        `UPDATE sends SET send_at = now() - $2 * interval '1 hour', repeat_from = now() - $2 * interval '1 hour' WHERE id = $1`,
        [sendId, hours],
      );

    it('SMS-007 SMS-209 an immediate repeated send that is refused leaves no second occurrence behind', async () => {
      const poor = core.fakes.customer(1_000);
      const line = await core.line(poor, linkId);
      const asked = core.request(line, { repeat: { every: 'daily', times: 5 } });
      expect(await refusal(core.sends.create(poor, asked))).toBe('wallet.insufficientCredit');
      expect((await sendsOf(poor)).map(({ state }) => state)).toEqual(['refused']);
      // Nor one whose answer was lost and whose customer was disabled meanwhile.
      core.fakes.credit.set(poor, 1_000_000);
      core.fakes.faults.set(billingHoldsRpc.place.name, {
        error: new DomainError('service.unavailable'),
        times: 1,
      });
      const lost = core.request(line, { repeat: { every: 'daily', times: 5 } });
      expect(await refusal(core.sends.create(poor, lost))).toBe('service.unavailable');
      await core.sql('INSERT INTO customers (id, disabled, stamp) VALUES ($1, true, 1)', [poor]);
      await core.sql(
        `UPDATE sends SET created_at = now() - interval '1 minute' WHERE customer_id = $1 AND state = 'placing'`,
        [poor],
      );
      await core.sendSchedule.fireDue();
      expect((await sendsOf(poor)).map(({ state }) => state)).toEqual(['refused', 'refused']);
    });

    it('SMS-007 an immediate repeated send whose placing was taken up lays its second occurrence once', async () => {
      const asked = request({ repeat: { every: 'weekly', times: 3 } });
      core.fakes.faults.set(billingHoldsRpc.place.name, {
        error: new DomainError('service.unavailable'),
        after: true,
        times: 1,
      });
      expect(await refusal(core.sends.create(customerId, asked))).toBe('service.unavailable');
      const [first] = await Promise.all([
        core.sends.create(customerId, asked),
        core.sends.create(customerId, asked),
      ]);
      expect((await occurrencesOf(first.id)).map(({ no, state }) => [no, state])).toEqual([
        [1, 'queued'],
        [2, 'scheduled'],
      ]);
    });

    it('SMS-007 of five daily occurrences missed in an outage only the newest goes out', async () => {
      const send = await create({ sendAt: inHours(1), repeat: { every: 'daily', times: 8 } });
      // The fifth was planned half an hour ago.
      await beganBefore(send.id, 4 * 24 + 0.5);
      await Promise.all([core.sendSchedule.fireDue(), core.sendSchedule.fireDue()]);
      const all = await occurrencesOf(send.id);
      expect(all.map(({ no, state, refusal: why }) => [no, state, why])).toEqual([
        ...[1, 2, 3, 4].map((no) => [no, 'missed', 'send.superseded']),
        [5, 'queued', null],
        [6, 'scheduled', null],
      ]);
      const held = all.filter(({ id }) => core.fakes.holds.has(String(id)));
      expect(held.map(({ no }) => no)).toEqual([5]);
      expect(await core.events(send.id)).toEqual([{ sendId: send.id, customerId, state: 'missed' }]);
      expect(await core.sendReads.read(customerId, send.id)).toMatchObject({
        state: 'missed',
        refusal: 'send.superseded',
        repeatNo: 1,
        counts: { queued: 0 },
        money: { chargedRials: 0, settled: true },
      });
    });

    it('SMS-007 the newest is missed too when it is later than the stated time, and the next one waits', async () => {
      const send = await create({ sendAt: inHours(1), repeat: { every: 'weekly', times: 4 } });
      await beganBefore(send.id, 7 * 24 + 1.1);
      await core.sendSchedule.fireDue();
      expect((await occurrencesOf(send.id)).map(({ state, refusal: why }) => [state, why])).toEqual([
        ['missed', 'send.superseded'],
        ['missed', 'send.late'],
        ['scheduled', null],
      ]);
    });

    it('SMS-207 a send of 9:00 is not sent when the platform comes back at 23:00', async () => {
      const send = await create({ sendAt: inHours(1) });
      await core.sql(`UPDATE sends SET send_at = now() - interval '14 hours' WHERE id = $1`, [send.id]);
      await core.sendSchedule.fireDue();
      expect(await core.sendReads.read(customerId, send.id)).toMatchObject({
        state: 'missed',
        refusal: 'send.late',
      });
      expect(core.fakes.holds.has(send.id)).toBe(false);
      const soon = await create({ sendAt: inHours(1) });
      await core.sql(`UPDATE sends SET send_at = now() - interval '59 minutes' WHERE id = $1`, [soon.id]);
      await core.sendSchedule.fireDue();
      expect((await core.read(soon.id)).state).toBe('queued');
    });

    it('SMS-207 billing away for hours: what it held meanwhile is given back, the send is missed', async () => {
      const asked = request();
      const fault = { error: new DomainError('service.unavailable'), after: true, times: 1 };
      core.fakes.faults.set(billingHoldsRpc.place.name, fault);
      expect(await refusal(core.sends.create(customerId, asked))).toBe('service.unavailable');
      const [open] = (await sendsOf(customerId)).slice(-1);
      const id = open?.id ?? '';
      expect(core.fakes.holds.get(id)?.state).toBe('open');
      await core.sql(`UPDATE sends SET created_at = now() - interval '61 minutes' WHERE id = $1`, [id]);
      core.fakes.faults.set(billingHoldsRpc.release.name, { ...fault, times: 1 });
      await core.sendSchedule.fireDue();
      expect((await core.read(id)).state).toBe('placing');
      await core.sendPlacement.place(id, false);
      expect(await core.sendReads.read(customerId, id)).toMatchObject({
        state: 'missed',
        refusal: 'send.late',
      });
      expect(core.fakes.holds.get(id)).toMatchObject({ state: 'released', releasedRials: 1_330 });
    });

    it('SMS-007 SMS-204 prices of each occurrence are those of its day; what became dearer is marked', async () => {
      const send = await create({ sendAt: inHours(1), repeat: { every: 'daily', times: 4 } });
      const prices = core.fakes.prices;
      try {
        for (const [rials, planned] of [
          [1_400, null],
          [2_000, 1_400],
          [900, null],
        ] as const) {
          core.fakes.prices = { mci: rials };
          Object.assign(core.sendPrices, { known: new Map() });
          const [waiting] = (await occurrencesOf(send.id)).slice(-1);
          await due(String(waiting?.['id']));
          await core.sendSchedule.fireDue();
          expect((await core.sendReads.read(customerId, String(waiting?.['id']))).money).toMatchObject({
            quotedRials: rials,
            plannedRials: planned,
          });
          expect(core.fakes.holds.get(String(waiting?.['id']))?.amountRials).toBe(rials);
        }
      } finally {
        core.fakes.prices = prices;
        Object.assign(core.sendPrices, { known: new Map() });
      }
    });

    it('SMS-208 the line is looked at again: given away, switched off, of another class, on another link', async () => {
      const own = core.fakes.customer();
      const line = await core.line(own, linkId);
      const scheduled = async () =>
        (await core.sends.create(own, core.request(line, { sendAt: inHours(1), text: 'س'.repeat(134) }))).id;
      const [given, off, changed] = [await scheduled(), await scheduled(), await scheduled()];
      const other = await core.link();
      await core.sql('UPDATE lines SET customer_id = $2 WHERE id = $1', [line, strangerId]);
      await due(given);
      await core.sendSchedule.fireDue();
      expect(await core.sendReads.read(own, given)).toMatchObject({
        state: 'refused',
        refusal: 'line.notFound',
      });
      await core.sql('UPDATE lines SET customer_id = $2, active = false WHERE id = $1', [line, own]);
      await due(off);
      await core.sendSchedule.fireDue();
      expect(await core.sendReads.read(own, off)).toMatchObject({
        state: 'refused',
        refusal: 'line.disabled',
      });
      await core.sql('UPDATE lines SET active = true, is_66_char = true, link_id = $2 WHERE id = $1', [
        line,
        other,
      ]);
      await due(changed);
      await core.sendSchedule.fireDue();
      expect(await core.read(changed)).toMatchObject({
        state: 'queued',
        linkId: other,
        parts: 3,
        quotedRials: 3 * 1_330,
        plannedRials: 2 * 1_330,
      });
      for (const id of [given, off]) expect(core.fakes.holds.has(id)).toBe(false);
    });

    it('SMS-207 a service that has to be asked is away: the send waits, and nothing of it is half done', async () => {
      const send = await create({ sendAt: inHours(1), repeat: { every: 'daily', times: 2 } });
      await due(send.id);
      core.fakes.faults.set(targetingRecipientsRpc.count.name, {
        error: new DomainError('service.unavailable'),
        times: 1,
      });
      await core.sendSchedule.fireDue().catch(() => undefined);
      expect((await occurrencesOf(send.id)).map(({ state }) => state)).toEqual(['scheduled']);
    });

    it('SMS-207 a scheduled send is paused: it waits beyond its time, and is resumed or given another time', async () => {
      const send = await create({ sendAt: inHours(1), repeat: { every: 'daily', times: 3 } });
      expect((await core.sendControl.pause(customerId, send.id)).state).toBe('suspended');
      expect((await core.sendControl.pause(customerId, send.id)).state).toBe('suspended');
      expect((await core.sendControl.resume(customerId, send.id)).state).toBe('scheduled');
      expect((await core.sendControl.resume(customerId, send.id)).state).toBe('scheduled');
      await core.sendControl.pause(customerId, send.id);
      await core.sql(`UPDATE sends SET send_at = now() - interval '2 minutes' WHERE id = $1`, [send.id]);
      await core.sendSchedule.fireDue();
      expect((await occurrencesOf(send.id)).map(({ state }) => state)).toEqual(['suspended']);
      expect(await refusal(core.sendControl.resume(customerId, send.id))).toBe('send.timePast');
      await core.sendEdits.change(customerId, { sendId: send.id, sendAt: inHours(2) });
      expect((await core.sendControl.resume(customerId, send.id)).state).toBe('scheduled');
      expect((await core.sendControl.pause(customerId, send.id)).state).toBe('suspended');
      expect((await core.sendControl.cancel(customerId, send.id)).state).toBe('cancelled');
    });

    it('SMS-207 is edited before its time: text, title, recipients and time, priced anew, the same once more is the same', async () => {
      const send = await create({ sendAt: inHours(1), repeat: { every: 'daily', times: 3 } });
      const sendAt = inHours(3);
      const change = {
        sendId: send.id,
        title: 'نوروز',
        text: 'س'.repeat(71),
        recipients: { numbers: ['09120000001', '09120000002', '0912'] },
        sendAt,
      };
      const changed = await core.sendEdits.change(customerId, change);
      expect(changed).toMatchObject({
        state: 'scheduled',
        title: 'نوروز',
        text: 'س'.repeat(71),
        kind: 'group',
        parts: 2,
        recipients: 2,
        sendAt,
        money: { quotedRials: 4 * 1_330 },
      });
      const again = await core.sendEdits.change(customerId, change);
      expect({ ...again, listId: '' }).toEqual({ ...changed, listId: '' });
      expect((await core.sendEdits.change(customerId, { sendId: send.id, title: '' })).text).toBe(
        changed.text,
      );
      await due(send.id);
      await core.sendSchedule.fireDue();
      expect(core.fakes.holds.get(send.id)?.amountRials).toBe(4 * 1_330);
      const [, next] = await occurrencesOf(send.id);
      expect(next).toMatchObject({ no: 2, send_at: new Date(new Date(sendAt).getTime() + 86_400_000) });
      expect((await core.sendReads.read(customerId, String(next?.['id']))).recipients).toBe(2);
      expect(await refusal(core.sendEdits.change(customerId, change))).toBe('send.wrongState');
    });

    it('SMS-207 guarantee 8: a change that a new send would not be let through with changes nothing', async () => {
      const poor = core.fakes.customer(2_000);
      const line = await core.line(poor, linkId);
      const send = await core.sends.create(poor, core.request(line, { sendAt: inHours(1), lane: 'otp' }));
      const before = await core.read(send.id);
      const asked = (over: object) => refusal(core.sendEdits.change(poor, { sendId: send.id, ...over }));
      expect(await asked({ sendAt: inHours(-1) })).toBe('send.timePast');
      expect(await asked({ sendAt: inHours(24 * 367) })).toBe('send.timeTooFar');
      expect(await asked({ text: '\u200c' })).toBe('send.textEmpty');
      expect(await asked({ text: 'س'.repeat(71) })).toBe('wallet.insufficientCredit');
      expect(await asked({ recipients: { numbers: ['09120000001', '09120000002'] } })).toBe(
        'send.laneNotAllowed',
      );
      expect(await asked({ recipients: { numbers: ['x'] } })).toBe('list.empty');
      expect(await refusal(core.sendEdits.change(strangerId, { sendId: send.id, title: 'x' }))).toBe(
        'send.notFound',
      );
      expect(await core.read(send.id)).toEqual(before);
    });

    it('SMS-007 an occurrence is moved alone, and not behind the next one', async () => {
      const send = await create({ sendAt: inHours(1), repeat: { every: 'daily', times: 3 } });
      await due(send.id);
      await core.sendSchedule.fireDue();
      const second = String((await occurrencesOf(send.id))[1]?.['id']);
      expect(
        await refusal(core.sendEdits.change(customerId, { sendId: second, sendAt: inHours(49.1) })),
      ).toBe('send.timeBehindNext');
      await core.sendEdits.change(customerId, { sendId: second, sendAt: inHours(48) });
      await due(second);
      await core.sendSchedule.fireDue();
      const third = (await occurrencesOf(send.id))[2];
      expect(new Date(String(third?.['send_at'])).getTime()).toBeCloseTo(Date.now() + 49 * 3_600_000, -5);
    });

    it('SMS-207 what is changed while it fires is sent as it was changed, or the change is refused', async () => {
      for (let round = 0; round < 5; round++) {
        const send = await create({ sendAt: inHours(1) });
        await due(send.id);
        const text = 'س'.repeat(71);
        const [changed] = await Promise.all([
          refusal(core.sendEdits.change(customerId, { sendId: send.id, text })),
          core.sendSchedule.fireDue(),
        ]);
        await core.sendSchedule.fireDue();
        const stands = await core.read(send.id);
        expect(stands.state).toBe('queued');
        expect(core.fakes.holds.get(send.id)?.amountRials).toBe(stands.quotedRials);
        expect([stands.body === text, stands.parts]).toEqual(changed === 'accepted' ? [true, 2] : [false, 1]);
      }
    });

    it('SMS-007 who cancels while an occurrence fires leaves nothing scheduled', async () => {
      for (let round = 0; round < 5; round++) {
        const send = await create({ sendAt: inHours(1), repeat: { every: 'daily', times: 3 } });
        await due(send.id);
        // Both to their end: while it is placed it cannot be cancelled, and that is said.
        await Promise.allSettled([
          core.sendSchedule.fireDue(),
          core.sendControl
            .cancel(customerId, send.id)
            .catch(() => core.sendControl.cancel(customerId, send.id)),
        ]);
        await core.sendSchedule.fireDue();
        await core.sendControl.cancel(customerId, send.id);
        expect((await occurrencesOf(send.id)).filter(({ state }) => state === 'scheduled')).toEqual([]);
      }
    });

    it('SMS-007 cancelling one ends the repetition; a refused one does not', async () => {
      const poor = core.fakes.customer(2_000);
      const line = await core.line(poor, linkId);
      const send = await core.sends.create(
        poor,
        core.request(line, { sendAt: inHours(1), repeat: { every: 'daily', times: 5 } }),
      );
      core.fakes.credit.set(poor, 0);
      await due(send.id);
      await core.sendSchedule.fireDue();
      expect((await core.read(send.id)).state).toBe('refused');
      const [next] = await core.sql<{ id: string; state: string }>(
        'SELECT id, state FROM sends WHERE repeat_of = $1',
        [send.id],
      );
      expect(next?.state).toBe('scheduled');
      core.fakes.credit.set(poor, 1_000_000);
      await due(next?.id ?? '');
      await core.sendSchedule.fireDue();
      expect((await core.read(next?.id ?? '')).state).toBe('queued');
      await core.sendControl.cancel(poor, next?.id ?? '');
      await core.write();
      await core.close();
      expect(
        await core.sql('SELECT 1 FROM sends WHERE repeat_of = $1 AND state <> $2', [send.id, 'cancelled']),
      ).toEqual([]);
    });
  });

  describe('reading', () => {
    it('asks once for the contracts of a whole page', async () => {
      const reader = core.fakes.customer();
      const ownLine = await core.line(reader, linkId);
      for (let no = 0; no < 10; no += 1) await core.sends.create(reader, core.request(ownLine));
      const runners = Object.getPrototypeOf(core.source.createQueryRunner()) as QueryRunner;
      const query = jest.spyOn(runners, 'query');
      const { sends } = await core.sendReads.list(reader, {});
      const asked = query.mock.calls.filter(([text]) => text.includes('FROM "links"'));
      query.mockRestore();
      expect(sends).toHaveLength(10);
      expect(asked).toHaveLength(1);
    });

    it("guarantee 7: another's send is not there, whatever is asked of it", async () => {
      const { id } = await create();
      expect(await refusal(core.sendReads.read(strangerId, id))).toBe('send.notFound');
      for (const act of ['pause', 'resume', 'cancel'] as const)
        expect(await refusal(core.sendControl[act](strangerId, id))).toBe('send.notFound');
      expect((await core.read(id)).state).toBe('queued');
      expect(
        (await core.sendReads.list(strangerId, { search: '' })).sends.map((send) => send.id),
      ).not.toContain(id);
    });

    it('SMS-012 SMS-013 SMS-014 SMS-017 SMS-018 SMS-214 lists own sends, newest first, by page, state, kind and words', async () => {
      const owner = core.fakes.customer();
      const line = await core.line(owner, linkId);
      const ids: string[] = [];
      for (let i = 0; i < 5; i++) {
        const numbers = i === 0 ? ['09120000001'] : ['09120000001', '09120000002'];
        const send = await core.sends.create(
          owner,
          core.request(line, { title: `خبر ${i} 50%_\\`, text: `متن ${i}`, recipients: { numbers } }),
        );
        ids.unshift(send.id);
      }
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await core.sendReads.list(owner, { limit: 2, cursor });
        seen.push(...page.sends.map((send) => send.id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toEqual(ids);
      const find = async (filter: object): Promise<number> =>
        (await core.sendReads.list(owner, filter)).sends.length;
      expect(await find({ kind: 'single' })).toBe(1);
      expect(await find({ state: 'paused' })).toBe(0);
      expect(await find({ search: 'متن 3' })).toBe(1);
      expect(await find({ search: '50%_\\' })).toBe(5);
      expect(await find({ search: '%_' })).toBe(0);
      expect(await refusal(core.sendReads.list(owner, { cursor: 'bm90LWEtdXVpZA' }))).toBe('input.invalid');
    });

    it('a one-time code is in no answer and is not found by searching for it', async () => {
      const owner = core.fakes.customer();
      const line = await core.line(owner, linkId);
      const asked = (over: object) => core.request(line, { text: 'کد ورود: ۱۲۳۴۵۶، AB12', ...over });
      const { id, text } = await core.sends.create(owner, asked({ lane: 'otp' }));
      const hidden = 'کد ورود: ••••••، ••••';
      expect(text).toBe(hidden);
      expect((await core.sendReads.read(owner, id)).text).toBe(hidden);
      expect((await core.sendReads.list(owner, {})).sends.map((send) => send.text)).toEqual([hidden]);
      expect((await core.sendReads.list(owner, { search: '۱۲۳۴۵۶' })).sends).toEqual([]);
      expect((await core.read(id)).body).toContain('۱۲۳۴۵۶');
      await core.sends.create(owner, asked({ lane: 'transactional' }));
      expect((await core.sendReads.list(owner, { search: '۱۲۳۴۵۶' })).sends).toHaveLength(1);
    });

    it('SMS-208 shows own lines only', async () => {
      const { lines } = await core.lines.listOf(strangerId);
      expect(lines.map((line) => line.id)).toEqual([strangersLineId]);
    });
  });
});

/** Sending hours that are over or to come now, whatever the time. */
function closedHours(): { hours_from: number; hours_to: number } {
  const hour =
    Number(
      new Intl.DateTimeFormat('en', { timeZone: 'Asia/Tehran', hour: 'numeric', hour12: false }).format(),
    ) % 24;
  return { hours_from: (hour + 2) % 24, hours_to: ((hour + 3) % 24) + 1 };
}
