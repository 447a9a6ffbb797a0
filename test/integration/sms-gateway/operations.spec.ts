import { randomUUID } from 'node:crypto';
import { smsEvents } from '@peyk/contracts/sms';
import type { KeyScope } from '@peyk/contracts';
import type {
  AdministeredDto,
  Intervention,
  LineChangedDto,
  LinkAssignmentDto,
  LinkTestDto,
} from '@peyk/contracts/sms';
import type { Caller, MessagingRuntime } from '@peyk/messaging';
import { eventually } from '@peyk/testing';
import { AdministrationLog } from '../../../apps/sms-gateway/src/administration/administration.log';
import { LineAdministration } from '../../../apps/sms-gateway/src/lines/line-administration';
import { LinePool } from '../../../apps/sms-gateway/src/lines/line-pool';
import { LinkAdministration } from '../../../apps/sms-gateway/src/links/link-administration';
import { DoubtsService } from '../../../apps/sms-gateway/src/doubts/doubts.service';
import { operatorTls, testAuthority } from '../sms-dispatch-worker/certificates';
import { SendAdministration } from '../../../apps/sms-gateway/src/sends/send-administration';
import { Core, refusal } from './fixture';
import type { Session } from './fixture';

describe('Operations', () => {
  let core: Core;
  let customerId: string;
  let siteAccountId: string;
  let session: Session;
  let doubts: DoubtsService;
  let administration: LineAdministration;
  let linkAdministration: LinkAdministration;
  const newLinkAdministration = (runtime = core.runtime): LinkAdministration =>
    new LinkAdministration(
      core.source,
      core.transactions,
      core.links,
      core.passwords,
      new AdministrationLog(core.outbox),
      runtime,
    );
  const without = <T extends object>(from: T, ...names: (keyof T)[]): Partial<T> =>
    Object.fromEntries(
      Object.entries(from).filter(([name]) => !names.includes(name as keyof T)),
    ) as Partial<T>;

  beforeAll(async () => {
    core = await Core.start();
    customerId = core.fakes.customer();
    siteAccountId = core.fakes.customer();
    session = await core.session();
    doubts = new DoubtsService(core.source, { siteAccountId });
    administration = new LineAdministration(
      core.source,
      core.transactions,
      core.outbox,
      new AdministrationLog(core.outbox),
      { siteAccountId, siteLineId: randomUUID() },
    );
    linkAdministration = newLinkAdministration();
  });
  afterAll(() => core.stop());

  describe('a link', () => {
    it('tells when the operator said throttled, each time once, whatever the heartbeats repeat', async () => {
      const linkId = await core.link({ binds: 1 });
      const beat = (throttled: number, own = session) =>
        core.links.heartbeat(
          core.heartbeat(own, { binds: [{ linkId, bindNos: [0] }], links: [{ linkId, throttled }] }),
        );
      for (const throttled of [0, 2, 2, 2, 5]) await beat(throttled);
      // Another life of a worker begins at nothing.
      const second = await core.session();
      for (const throttled of [1, 1]) await beat(throttled, second);
      const { throttles } = await core.links.read(linkId);
      const sum = (worker: string): number =>
        throttles.filter((row) => row.worker === worker).reduce((total, row) => total + row.times, 0);
      expect(sum('spec')).toBe(6);
      const { minutes = -1 } =
        (
          await core.sql<{ minutes: number }>(
            `SELECT count(*)::int AS minutes FROM link_throttles WHERE link_id = $1 AND minute <> date_trunc('minute', minute)`,
            [linkId],
          )
        )[0] ?? {};
      expect(minutes).toBe(0);
    });

    it('tells since when a bind is in its state, and a repeated heartbeat does not move it', async () => {
      await core.sql('UPDATE links SET active = false');
      await core.sql(`UPDATE worker_sessions SET state = 'closed'`);
      const linkId = await core.link({ binds: 2, window_size: 7 });
      const own = await core.session();
      const bind = async () => (await core.links.read(linkId)).binds[0];
      await core.links.heartbeat(core.heartbeat(own));
      const connecting = await bind();
      expect(connecting).toMatchObject({ state: 'connecting', worker: 'spec' });
      const bound = core.heartbeat(own, { binds: [{ linkId, bindNos: [0, 1] }] });
      await core.links.heartbeat(bound);
      const first = await bind();
      await core.links.heartbeat(bound);
      expect(await bind()).toEqual(first);
      expect(first?.state).toBe('bound');
      expect(Date.parse(first?.since ?? '')).toBeGreaterThanOrEqual(Date.parse(connecting?.since ?? ''));
      expect(await core.links.read(linkId)).toMatchObject({
        window: 7,
        active: true,
        host: '127.0.0.1',
        port: 2775,
      });
      expect(await core.links.read(linkId)).toMatchObject({
        bindTimeoutMs: 30_000,
        receiptRule: 'every_part',
        receiptWins: 'delivered',
        receiptFinalWaitSeconds: 0,
      });
      const text = JSON.stringify(await core.links.read(linkId));
      expect(text).not.toContain('secret');
    });

    it('counts what workers hold, what may be on the wire, and refusals by status', async () => {
      const linkId = await core.link();
      const lineId = await core.line(customerId, linkId);
      const sendId = await core.send(customerId, lineId, 10);
      const [batch] = await core.assign(sendId, session);
      const at = (index: number) => ({ batchId: batch?.id ?? '', index });
      const report = core.report(session, linkId).started(at(0).batchId, 6);
      const said = report.failed(at(0), 0x45).failed(at(1), 0x45).failed(at(2), 0x0b).sent(at(3), 'w-4').dto;
      await core.recorder.recordReports([said]);
      expect(await core.links.read(linkId)).toMatchObject({
        givenOut: 6,
        inFlight: 2,
        backlog: 6,
        errors: [
          { status: 0x45, messages: 2 },
          { status: 0x0b, messages: 1 },
        ],
      });
      // A report that comes twice counts nothing twice; what is older than an hour is not of it.
      await core.recorder.recordReports([said]);
      await core.recorder.recordReports([core.report(session, linkId).failed(at(4), 0x45).dto]);
      expect((await core.links.read(linkId)).errors[0]).toEqual({ status: 0x45, messages: 3 });
      await core.sql(`UPDATE link_errors SET minute = minute - interval '61 minutes' WHERE link_id = $1`, [
        linkId,
      ]);
      expect((await core.links.read(linkId)).errors).toEqual([]);
      expect(await refusal(core.links.read(randomUUID()))).toBe('link.notFound');
    });
  });

  it('SMS-212 the words that opt out are data of the line class', async () => {
    expect(await administration.listClasses()).toEqual({
      lineClasses: [
        { lineClass: 'advertising', optOutWords: ['لغو 11', '11', 'لغو'] },
        { lineClass: 'service', optOutWords: ['لغو 11', '11', 'لغو'] },
      ],
    });
  });

  describe('a link of an administrator', () => {
    const wanted = {
      name: 'ارسال آسیا',
      host: 'smpp.operator.example',
      port: 2775,
      systemId: 'peyk',
      password: 'p4ss',
      partsPerSecond: 100,
      window: 20,
      binds: 3,
    };
    const told = async (): Promise<AdministeredDto[]> => {
      core.outbox.onApplicationBootstrap();
      await eventually(async () => expect(await core.sql('SELECT 1 FROM outbox LIMIT 1')).toEqual([]));
      return core.broker.published
        .filter(({ type }) => type === smsEvents.administered.name)
        .map(({ payload }) => payload as AdministeredDto);
    };

    it('is made switched off, changed and deleted, each told with what it was before, never with its password', async () => {
      const made = await linkAdministration.create(customerId, wanted);
      expect(made).toMatchObject({
        ...without(wanted, 'password', 'binds'),
        active: false,
        hasPassword: true,
      });
      expect(made.binds).toHaveLength(3);
      expect(await refusal(linkAdministration.create(customerId, wanted))).toBe('link.nameTaken');
      const { id: linkId } = made;
      await linkAdministration.change(customerId, { linkId, window: 20 });
      await linkAdministration.change(customerId, { linkId, window: 30, password: 'n3w', active: true });
      const [created, changed, ...more] = (await told()).filter(({ action }) => action.startsWith('link.'));
      expect(more).toEqual([]);
      expect(created).toMatchObject({ action: 'link.created', by: customerId, customerId: null });
      expect(created?.fields).toContainEqual({ field: 'host', before: null, after: wanted.host });
      expect(changed?.fields).toEqual([
        { field: 'link', before: wanted.name, after: wanted.name },
        { field: 'active', before: 'false', after: 'true' },
        { field: 'window', before: '20', after: '30' },
        { field: 'password', before: null, after: '***' },
      ]);
      expect(JSON.stringify(await told())).not.toMatch(/p4ss|n3w/);
      expect(JSON.stringify(await core.links.read(linkId))).not.toMatch(/p4ss|n3w/);
      const lineId = await core.line(customerId, linkId);
      expect(await refusal(linkAdministration.remove(customerId, linkId))).toBe('link.inUse');
      await core.sql('DELETE FROM lines WHERE id = $1', [lineId]);
      await linkAdministration.remove(customerId, linkId);
      expect(await refusal(core.links.read(linkId))).toBe('link.notFound');
      expect((await told()).at(-1)).toMatchObject({ action: 'link.deleted' });
      expect(await refusal(linkAdministration.remove(customerId, linkId))).toBe('link.notFound');
      expect(await refusal(linkAdministration.change(customerId, { linkId, window: 1 }))).toBe(
        'link.notFound',
      );
    });

    it('its certificates must be ones, and are told to workers with the name that they must have', async () => {
      const tls = { ...wanted, name: 'tls', tls: true, active: true, binds: 1 };
      for (const caCertificate of ['x', testAuthority.replace('MII', 'XXX'), operatorTls.key])
        expect(await refusal(linkAdministration.create(customerId, { ...tls, caCertificate }))).toBe(
          'input.invalid',
        );
      const { id } = await linkAdministration.create(customerId, { ...tls, caCertificate: testAuthority });
      await core.sql(`UPDATE worker_sessions SET state = 'closed'`);
      const own = await core.session();
      const answered = (await core.links.heartbeat(core.heartbeat(own))).links.find((l) => l.linkId === id);
      expect(answered?.tls).toEqual({ caCertificate: testAuthority, name: wanted.host });
      await linkAdministration.change(customerId, { linkId: id, active: false });
    });

    it('that was switched off, or has fewer binds since, gets them back from its workers at once', async () => {
      const linkId = await core.link({ name: 'fewer', binds: 3 });
      await core.sql(`UPDATE worker_sessions SET state = 'closed'`);
      const own = await core.session();
      const beat = async (bindNos: number[]): Promise<number[]> =>
        (await core.links.heartbeat(core.heartbeat(own, { binds: [{ linkId, bindNos }] }))).links.find(
          (link) => link.linkId === linkId,
        )?.bindNos ?? [];
      expect(await beat([])).toEqual([0, 1, 2]);
      expect(await beat([0, 1, 2])).toEqual([0, 1, 2]);
      await linkAdministration.change(customerId, { linkId, binds: 1 });
      expect(await beat([0, 1, 2])).toEqual([0]);
      expect(await beat([0])).toEqual([0]);
      await linkAdministration.change(customerId, { linkId, binds: 2, active: false });
      expect(await beat([0])).toEqual([]);
      expect(await beat([])).toEqual([]);
      // Nothing is given to a worker for a link that is off.
      expect(await core.sql('SELECT FROM link_binds WHERE link_id = $1', [linkId])).toEqual([]);
      await linkAdministration.change(customerId, { linkId, active: true });
      expect(await beat([])).toEqual([0, 1]);
    });

    it('its password stands nowhere in clear text, and workers get it; one put in by SQL is sealed by the next start', async () => {
      const { id } = await linkAdministration.create(customerId, { ...wanted, name: 'sealed', active: true });
      const bySql = await core.link({ name: 'by SQL', password: 'fr0m-sql' });
      await core.passwords.onModuleInit();
      const rows = await core.sql<{ password: string; sealed: string }>(
        `SELECT password, encode(sealed_password, 'escape') AS sealed FROM links WHERE id IN ($1, $2)`,
        [id, bySql],
      );
      expect(rows.map(({ password }) => password)).toEqual(['', '']);
      expect(JSON.stringify(rows)).not.toMatch(/p4ss|fr0m/);
      await core.sql(`UPDATE worker_sessions SET state = 'closed'`);
      const { links } = await core.links.heartbeat(core.heartbeat(await core.session()));
      const told = (linkId: string) => links.find((link) => link.linkId === linkId)?.password;
      expect([told(id), told(bySql)]).toEqual(['p4ss', 'fr0m-sql']);
      const [first] = await core.sql<{ id: string; bytes: Buffer }>(
        'SELECT id, sealed_password AS bytes FROM links WHERE id = $1',
        [id],
      );
      // Bound to its link: bytes that are put into another row open nothing.
      expect(() =>
        core.passwords.open({ id: bySql, password: '', sealedPassword: first?.bytes ?? null }),
      ).toThrow();
      await linkAdministration.change(customerId, { linkId: id, password: '', active: false });
      expect(await core.links.read(id)).toMatchObject({ hasPassword: false });
      await linkAdministration.change(customerId, { linkId: bySql, active: false });
    });

    it('is tested by a worker, one test at a time', async () => {
      const linkId = await core.link({ name: 'tested' });
      const tested: LinkAssignmentDto[] = [];
      let answer: ((result: LinkTestDto) => void) | undefined;
      const rpc = {
        call: (_contract: unknown, link: LinkAssignmentDto) => {
          tested.push(link);
          return new Promise<LinkTestDto>((resolve) => (answer = resolve));
        },
      };
      const runtime = { ...core.runtime, rpc } as unknown as MessagingRuntime;
      const testing = newLinkAdministration(runtime);
      const first = testing.test(linkId);
      await eventually(() => expect(tested).toHaveLength(1));
      expect(tested[0]).toMatchObject({ linkId, password: 'secret', bindNos: [] });
      expect(await refusal(testing.test(linkId))).toBe('link.testRuns');
      const result: LinkTestDto = { outcome: 'answered', status: null, fault: null, tookMs: 5, smsc: 'X' };
      answer?.(result);
      expect(await first).toEqual(result);
      const second = testing.test(linkId);
      await eventually(() => expect(tested).toHaveLength(2));
      answer?.(result);
      await second;
      expect(await refusal(testing.test(randomUUID()))).toBe('link.notFound');
    });
  });

  describe('sends of customers', () => {
    it('are seen by administrators, and paused, resumed and cancelled with a reason that the audit log keeps', async () => {
      const sends = new SendAdministration(
        core.source,
        core.transactions,
        core.sendReads,
        core.sendControl,
        new AdministrationLog(core.outbox),
        { siteAccountId },
      );
      const owner = core.fakes.customer();
      const lineId = await core.line(owner, await core.link());
      const sendId = await core.send(owner, lineId, 5);
      const code = await core.send(owner, lineId, 1);
      await core.sql(`UPDATE sends SET lane = 'otp' WHERE id = $1`, [code]);
      const page = await sends.list({ customerId: owner, limit: 1 });
      expect(page.sends).toMatchObject([{ id: code, customerId: owner, text: '' }]);
      const rest = await sends.list({ customerId: owner, cursor: page.nextCursor });
      expect(rest.sends).toMatchObject([{ id: sendId, customerId: owner }]);
      expect((await sends.list({})).sends.length).toBeGreaterThan(2);
      const act = (what: Intervention, id = sendId) =>
        sends.intervene(customerId, { sendId: id, act: what, reason: 'شکایت گیرنده' });
      expect((await act('pause')).state).toBe('paused');
      await act('pause');
      expect((await act('resume')).state).toMatch(/queued|sending/);
      expect((await act('cancel')).state).toMatch(/cancell/);
      expect(await refusal(act('pause', randomUUID()))).toBe('send.notFound');
      core.outbox.onApplicationBootstrap();
      await eventually(async () => expect(await core.sql('SELECT 1 FROM outbox LIMIT 1')).toEqual([]));
      const told = core.broker.published
        .filter(({ type }) => type === smsEvents.administered.name)
        .map(({ payload }) => payload as AdministeredDto)
        .filter((done) => done.customerId === owner);
      expect(told.map(({ action, by, reason }) => [action, by, reason])).toEqual(
        ['send.paused', 'send.resumed', 'send.cancelled'].map((action) => [
          action,
          customerId,
          'شکایت گیرنده',
        ]),
      );
    });

    it("of another are opened with their full report by an administrator, which the audit log keeps once; by nobody else, nor by an administrator's key", async () => {
      const sends = new SendAdministration(
        core.source,
        core.transactions,
        core.sendReads,
        core.sendControl,
        new AdministrationLog(core.outbox),
        { siteAccountId },
      );
      const owner = core.fakes.customer();
      const lineId = await core.line(owner, await core.link());
      const sendId = await core.send(owner, lineId, 5);
      const code = await core.send(owner, lineId, 1);
      await core.sql(`UPDATE sends SET lane = 'otp' WHERE id = $1`, [code]);
      const caller = (accountId: string, reach: Caller['reach'], keyScopes?: KeyScope[]): Caller => ({
        principal: {
          kind: 'user',
          accountId,
          sessionId: randomUUID(),
          name: 'آزمون',
          roles: ['admin'],
          scopes: {},
          stamp: 1,
          ...(keyScopes && { keyScopes }),
        },
        token: undefined,
        reach,
      });
      const admin = caller(customerId, 'any');
      expect(await sends.read(admin, sendId)).toMatchObject({ id: sendId, customerId: owner, text: 'سلام' });
      expect(await sends.read(admin, code)).toMatchObject({ id: code, customerId: owner, text: '' });
      expect((await sends.readable(admin, sendId)).id).toBe(sendId);
      expect(await sends.read(caller(owner, 'own'), code)).toMatchObject({ text: 'سلام' });
      expect(await refusal(sends.readable(caller(customerId, 'own'), sendId))).toBe('send.notFound');
      expect(await refusal(sends.readable(caller(customerId, 'any', ['sms.read']), sendId))).toBe(
        'send.notFound',
      );
      core.outbox.onApplicationBootstrap();
      await eventually(async () => expect(await core.sql('SELECT 1 FROM outbox LIMIT 1')).toEqual([]));
      const told = core.broker.published
        .filter(({ type }) => type === smsEvents.administered.name)
        .map(({ payload }) => payload as AdministeredDto)
        .filter((done) => done.customerId === owner);
      expect(told.map(({ action, by }) => [action, by])).toEqual([
        ['send.opened', customerId],
        ['send.opened', customerId],
      ]);
    });
  });

  describe('doubts', () => {
    it('of all customers are listed page by page, until each is settled', async () => {
      const linkId = await core.link({ name: 'doubtful' });
      const sends: string[] = [];
      for (const count of [3, 2]) {
        const owner = core.fakes.customer();
        const sendId = await core.send(owner, await core.line(owner, linkId), count);
        const [batch] = await core.assign(sendId, session);
        const report = core.report(session, linkId);
        for (let index = 0; index < count; index++) report.inDoubt({ batchId: batch?.id ?? '', index });
        await core.recorder.recordReports([report.dto]);
        sends.push(sendId);
      }
      const places: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await doubts.list({ linkId, limit: 2, cursor });
        expect(page.total).toBe(5);
        places.push(...page.doubts.map((row) => `${sends.indexOf(row.sendId)}/${row.position}`));
        cursor = page.nextCursor;
      } while (cursor);
      expect(places).toEqual(['0/1', '0/2', '0/3', '1/1', '1/2']);
      const [first] = (await doubts.list({ linkId })).doubts;
      expect(first).toMatchObject({ msisdn: '98912***0000', operator: 'mci', link: 'doubtful', parts: 1 });
      expect(first?.since).not.toBeNull();
      const ours = await core.send(siteAccountId, await core.line(siteAccountId, linkId), 1);
      const [batch] = await core.assign(ours, session);
      await core.recorder.recordReports([
        core.report(session, linkId).inDoubt({ batchId: batch?.id ?? '', index: 0 }).dto,
      ]);
      expect((await doubts.list({ sendId: ours })).doubts).toMatchObject([{ customerId: null }]);
      await core.doubts.resolveDoubt({ sendId: ours, as: 'failed' }, customerId);
      const [one = '', two = ''] = sends;
      await core.doubts.resolveDoubt({ sendId: one, position: 2, as: 'failed' }, customerId);
      await core.doubts.resolveDoubt({ sendId: two, as: 'sent' }, customerId);
      const left = await doubts.list({ linkId });
      expect([left.total, left.doubts.map(({ position }) => position)]).toEqual([2, [1, 3]]);
      expect(await doubts.list({ sendId: two })).toEqual({ doubts: [], total: 0 });
      for (const sendId of sends) await core.expectSound(sendId);
      expect(await refusal(doubts.list({ cursor: 'eA' }))).toBe('input.invalid');
    });
  });

  describe('lines', () => {
    it('SMS-208 of all customers are listed and searched', async () => {
      const linkId = await core.link({ name: 'lines' });
      const owner = core.fakes.customer();
      const numbers = ['982100000001', '982100000002', '982100000013'];
      for (const number of numbers) await core.line(owner, linkId, { number });
      const first = await administration.list({ linkId, limit: 2 });
      const rest = await administration.list({ linkId, limit: 2, cursor: first.nextCursor });
      expect([...first.lines, ...rest.lines].map(({ number }) => number)).toEqual(numbers);
      expect(first.lines[0]).toMatchObject({ customerId: owner, linkId, link: 'lines', shared: false });
      expect(rest.nextCursor).toBeUndefined();
      const found = await administration.list({ customerId: owner, search: '۱۳' });
      expect(found.lines.map(({ number }) => number)).toEqual(['982100000013']);
      expect((await administration.list({ linkId, search: '%' })).lines).toEqual([]);
      // The platform's own account is nobody's: there is no name to ask for.
      const ours = await core.line(siteAccountId, linkId);
      expect((await administration.list({ customerId: siteAccountId, linkId })).lines).toMatchObject([
        { id: ours, customerId: null },
      ]);
    });

    it('SMS-208 tells of each change who made it and what it was before, and of none where nothing differs', async () => {
      const lineId = await core.line(siteAccountId, await core.link(), { number: '982100000077' });
      const owner = core.fakes.customer();
      const told = async (): Promise<LineChangedDto[]> => {
        core.outbox.onApplicationBootstrap();
        await eventually(async () => expect(await core.sql('SELECT 1 FROM outbox LIMIT 1')).toEqual([]));
        return core.broker.published
          .filter(({ type }) => type === smsEvents.lineChanged.name)
          .map(({ payload }) => payload as LineChangedDto)
          .filter((event) => event.lineId === lineId);
      };
      await administration.change(customerId, { lineId, active: true, hoursTo: 24 });
      expect(await told()).toEqual([]);
      expect(await refusal(administration.change(customerId, { lineId, hoursFrom: 24 }))).toBe(
        'input.invalid',
      );
      await administration.change(customerId, { lineId, customerId: owner, hoursFrom: 9, hoursTo: 21 });
      const before = {
        customerId: null,
        hoursFrom: 0,
        hoursTo: 24,
        active: true,
        shared: false,
        lineClass: 'service',
      };
      expect(await told()).toEqual([
        {
          lineId,
          number: '982100000077',
          by: customerId,
          before,
          after: { ...before, customerId: owner, hoursFrom: 9, hoursTo: 21 },
        },
      ]);
    });

    it('SMS-208 changes only what is named; another owner gets no secretary of the one before', async () => {
      const linkId = await core.link();
      const [owner, next] = [core.fakes.customer(), core.fakes.customer()];
      const lineId = await core.line(owner, linkId, { secretary_text: 'سلام', hours_from: 8, hours_to: 20 });
      expect(await administration.change(customerId, { lineId, hoursTo: 21 })).toMatchObject({
        hoursFrom: 8,
        hoursTo: 21,
        active: true,
        secretaryText: 'سلام',
        customerId: owner,
      });
      expect(
        await administration.change(customerId, { lineId, customerId: next, active: false }),
      ).toMatchObject({
        customerId: next,
        active: false,
        secretaryText: null,
      });
      expect((await core.lines.listOf(owner)).lines.map(({ id }) => id)).not.toContain(lineId);
      expect(await refusal(core.lines.usable(next, lineId))).toBe('line.disabled');
      expect(await refusal(administration.change(customerId, { lineId, hoursFrom: 21 }))).toBe(
        'input.invalid',
      );
      expect(await refusal(administration.change(customerId, { lineId: randomUUID() }))).toBe(
        'line.notFound',
      );
    });

    it('SMS-208 is made for a customer, refused twice, retired, and goes to the next customer from the pool', async () => {
      const linkId = await core.link();
      const owner = core.fakes.customer();
      const wanted = {
        number: '+98 (21) ۹۰۰۰۰۱',
        linkId,
        lineClass: 'advertising' as const,
        customerId: owner,
      };
      const made = await administration.create(customerId, { ...wanted, hoursFrom: 8, hoursTo: 22 });
      expect(made).toMatchObject({
        number: '9821900001',
        customerId: owner,
        lineClass: 'advertising',
        hoursFrom: 8,
        hoursTo: 22,
        active: true,
        retiredAt: null,
      });
      const again = { ...wanted, number: '9821900001' };
      expect(await refusal(administration.create(customerId, again))).toBe('line.numberTaken');
      expect(await refusal(administration.addToPool(customerId, again))).toBe('line.numberTaken');
      expect(await refusal(administration.create(customerId, { ...again, linkId: randomUUID() }))).toBe(
        'link.notFound',
      );
      for (const bad of [{ number: '12' }, { number: 'a b' }, { number: '100', hoursFrom: 5, hoursTo: 5 }])
        expect(await refusal(administration.create(customerId, { ...wanted, ...bad }))).toBe('input.invalid');
      const sendId = await core.send(owner, made.id, 1);
      expect(await refusal(administration.retire(customerId, made.id))).toBe('line.inUse');
      await core.sql(`UPDATE sends SET state = 'finished' WHERE id = $1`, [sendId]);
      // One that was missed is over.
      await core.sql(`UPDATE sends SET state = 'missed' WHERE line_id = $1`, [made.id]);
      expect((await administration.retire(customerId, made.id)).retiredAt).not.toBeNull();
      expect((await core.lines.listOf(owner)).lines).toEqual([]);
      expect(await refusal(core.lines.usable(owner, made.id))).toBe('line.notFound');
      expect(await refusal(administration.change(customerId, { lineId: made.id, active: true }))).toBe(
        'line.notFound',
      );
      const pooled = await administration.addToPool(customerId, { ...again, lineClass: 'service' });
      expect(await refusal(administration.create(customerId, again))).toBe('line.numberTaken');
      expect((await administration.listPool({})).lines).toMatchObject([
        { id: pooled.id, lineClass: 'service' },
      ]);
      const next = core.fakes.customer();
      await core.source.transaction((tx) => new LinePool(core.source).handOut(tx, next));
      expect((await administration.listPool({})).total).toBe(0);
      expect((await core.lines.listOf(next)).lines).toMatchObject([
        { id: made.id, number: '9821900001', lineClass: 'service', active: true },
      ]);
      const other = await administration.addToPool(customerId, { ...again, number: '9821900002' });
      await administration.removeFromPool(customerId, other.id);
      expect(await refusal(administration.removeFromPool(customerId, other.id))).toBe('line.notFound');
    });
  });
});
