import { randomUUID } from 'node:crypto';
import { maxPartsPerMessage } from '@peyk/contracts';
import { maxTemplateGroups, maxTemplates } from '@peyk/contracts/sms';
import type { TemplateDraftDto, TemplateDto, TemplateGroupDto, TemplatesQueryDto } from '@peyk/contracts/sms';
import { TemplateGroupsService } from '../../../apps/sms-gateway/src/templates/template-groups.service';
import { TemplatesService } from '../../../apps/sms-gateway/src/templates/templates.service';
import { Core, refusal } from './fixture';

describe('templates', () => {
  let core: Core;
  let templates: TemplatesService;
  let groups: TemplateGroupsService;
  let customerId: string;
  let strangerId: string;

  beforeAll(async () => {
    core = await Core.start();
    templates = new TemplatesService(core.source, core.transactions);
    groups = new TemplateGroupsService(core.source, core.transactions);
  });
  afterAll(() => core.stop());
  beforeEach(() => {
    customerId = core.fakes.customer();
    strangerId = core.fakes.customer();
  });

  const create = (over: Partial<TemplateDraftDto> = {}, owner = customerId): Promise<TemplateDto> =>
    templates.create(owner, { title: 'یادآوری', text: 'جلسه فردا ساعت ۱۰', ...over });
  const group = (name: string, owner = customerId): Promise<TemplateGroupDto> =>
    groups.create(owner, { name });
  const titles = async (filter: TemplatesQueryDto = {}, owner = customerId): Promise<string[]> =>
    (await templates.list(owner, filter)).templates.map(({ title }) => title);
  const groupsOf = async (owner = customerId): Promise<[string, number][]> =>
    (await groups.list(owner)).groups.map(({ name, templates: count }) => [name, count]);
  const outcomes = async (tries: Promise<unknown>[]): Promise<string[]> =>
    (await Promise.all(tries.map((one) => refusal(one)))).sort();

  it('SMS-021 SMS-022 SMS-023 is kept letter by letter, read, changed as a whole and deleted', async () => {
    const text = ' سلام كاربر عزيز،\r\nنوبت\u200cشما ۱۲/۳ است. ';
    const { id: groupId } = await group('نوبت');
    const made = await create({ title: '  نوبت \n فردا ', text, groupId });
    expect(made).toMatchObject({ title: 'نوبت فردا', text, groupId });
    expect(await templates.read(customerId, made.id)).toEqual(made);

    const changed = await templates.update(customerId, { templateId: made.id, title: 'لغو', text: 'لغو شد' });
    expect(changed).toMatchObject({ id: made.id, title: 'لغو', text: 'لغو شد', groupId: null });
    expect(changed.createdAt).toBe(made.createdAt);
    expect(await titles({ search: 'نوبت' })).toEqual([]);
    expect(await titles({ search: 'شد' })).toEqual(['لغو']);

    await templates.remove(customerId, made.id);
    expect(await refusal(templates.read(customerId, made.id))).toBe('template.notFound');
    expect(await refusal(templates.remove(customerId, made.id))).toBe('template.notFound');
    expect(await refusal(templates.update(customerId, { templateId: made.id, title: 'x', text: 'x' }))).toBe(
      'template.notFound',
    );
    expect(await titles()).toEqual([]);
  });

  it('SMS-010 SMS-204 says the length that a quote of its text says, and that text is what is sent', async () => {
    const lineId = await core.line(customerId, await core.link());
    for (const text of ['س'.repeat(71), 'a'.repeat(161), 'سلام 😀', 'abc€', ' دو\nخط ']) {
      await create({ text });
      const [template] = (await templates.list(customerId, { limit: 1 })).templates;
      const recipients = { numbers: ['09120000001'] };
      const quote = await core.sends.quote(customerId, { lineId, text: template?.text ?? '', recipients });
      expect(template).toMatchObject({
        text,
        parts: quote.parts,
        units: quote.units,
        language: quote.language,
        ucs2Letters: quote.ucs2Letters,
      });
      const send = await core.sends.create(
        customerId,
        core.request(lineId, { text: template?.text ?? '', recipients }),
      );
      expect(send).toMatchObject({ text, parts: template?.parts });
      await templates.update(customerId, { templateId: template?.id ?? '', title: 'x', text: 'دیگر' });
      expect((await core.sendReads.read(customerId, send.id)).text).toBe(text);
    }
  });

  it('SMS-023 lists newest first, page by page, by group and by part of title or text', async () => {
    const { id: groupId } = await group('خبر');
    for (let no = 1; no <= 5; no += 1)
      await create({ title: `t${no}`, text: `متن ${no}`, groupId: no % 2 ? groupId : null });
    expect(await titles()).toEqual(['t5', 't4', 't3', 't2', 't1']);
    expect(await titles({ groupId })).toEqual(['t5', 't3', 't1']);
    expect(await titles({ groupId, search: 'متن ۳' })).toEqual(['t3']);

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await templates.list(customerId, { limit: 2, groupId, ...(cursor ? { cursor } : {}) });
      expect(page.templates.length).toBeLessThanOrEqual(2);
      seen.push(...page.templates.map(({ title }) => title));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(['t5', 't3', 't1']);
    expect((await templates.list(customerId, { limit: 5 })).nextCursor).toBeUndefined();
    expect(await refusal(templates.list(customerId, { cursor: 'eA' }))).toBe('input.invalid');
    expect(await refusal(templates.list(customerId, { groupId: randomUUID() }))).toBe(
      'templateGroup.notFound',
    );
  });

  it('SMS-023 finds what was written in Arabic letters by Persian ones and the reverse; nothing is a wildcard', async () => {
    await create({ title: 'مشتري كليدي', text: 'تخفیف ۱۰٪ VIP' });
    await create({ title: 'قدیمی', text: 'می\u200cآییم 50_a\\b' });
    for (const search of ['مشتری کلیدی', 'مشتري', 'كليد', 'vip', '10', '١٠', ' کلیدی '])
      expect([search, await titles({ search })]).toEqual([search, ['مشتري كليدي']]);
    for (const search of ['ميآييم', 'میآییم', '۵۰_A', 'a\\b'])
      expect([search, await titles({ search })]).toEqual([search, ['قدیمی']]);
    for (const search of ['%', 'م_ت', 'قدیمی می', "'; DROP TABLE templates --"])
      expect([search, await titles({ search })]).toEqual([search, []]);
    expect(await titles({ search: '  ' })).toHaveLength(2);
  });

  it('SMS-024 groups are made, listed by the Persian alphabet with their counts, renamed and deleted without their templates', async () => {
    const made: TemplateGroupDto[] = [];
    for (const name of ['یادآوری', 'گروه ۱۰', 'گروه ۲', 'پیام', 'آگهی']) made.push(await group(name));
    const [reminders, ten] = made;
    expect(reminders).toMatchObject({ name: 'یادآوری', templates: 0 });
    const { id } = await create({ groupId: reminders?.id });
    await create({ groupId: reminders?.id });
    await create({ groupId: ten?.id });
    await create();
    expect(await groupsOf()).toEqual([
      ['آگهی', 0],
      ['پیام', 0],
      ['گروه ۲', 0],
      ['گروه ۱۰', 1],
      ['یادآوری', 2],
    ]);
    const groupId = reminders?.id ?? '';
    expect(await groups.rename(customerId, { groupId, name: ' نوبت ' })).toEqual({
      id: groupId,
      name: 'نوبت',
      templates: 2,
    });
    await groups.remove(customerId, groupId);
    expect((await templates.read(customerId, id)).groupId).toBeNull();
    expect(await titles()).toHaveLength(4);
    expect((await groupsOf()).map(([name]) => name)).not.toContain('نوبت');
    expect(await refusal(groups.remove(customerId, groupId))).toBe('templateGroup.notFound');
    expect(await refusal(groups.rename(customerId, { groupId, name: 'نو' }))).toBe('templateGroup.notFound');
    expect(await refusal(create({ groupId }))).toBe('templateGroup.notFound');
  });

  it('SMS-024 two groups of a customer have no name that looks the same; another customer may have it', async () => {
    const { id: groupId } = await group('مشتري كليدي ۱');
    for (const name of ['مشتری کلیدی 1', ' مشتری  کلیدی ١ ', 'مشتری\u200f کلیدی ۱'])
      expect([name, await refusal(group(name))]).toEqual([name, 'templateGroup.nameTaken']);
    const other = await group('VIP');
    expect(await refusal(group('vip'))).toBe('templateGroup.nameTaken');
    expect(await refusal(groups.rename(customerId, { groupId: other.id, name: 'مشتری کلیدی ۱' }))).toBe(
      'templateGroup.nameTaken',
    );
    // Its own name in another writing is no other group's.
    expect((await groups.rename(customerId, { groupId, name: 'مشتری کلیدی ۱' })).name).toBe('مشتری کلیدی ۱');
    expect((await group('VIP', strangerId)).name).toBe('VIP');
    expect(await groupsOf()).toHaveLength(2);
  });

  it("guarantee 7: another customer's template and group are not there, to read, change, fill or delete", async () => {
    const { id: groupId } = await group('خصوصی');
    const { id: templateId } = await create({ title: 'راز', groupId });
    const own = await create({ title: 'من' }, strangerId);
    expect(await titles({}, strangerId)).toEqual(['من']);
    expect(await titles({ search: 'راز' }, strangerId)).toEqual([]);
    expect(await groupsOf(strangerId)).toEqual([]);
    const draft = { title: 'دزد', text: 'دزد' };
    const tries: [string, () => Promise<unknown>][] = [
      ['template', () => templates.read(strangerId, templateId)],
      ['template', () => templates.update(strangerId, { templateId, ...draft })],
      ['template', () => templates.remove(strangerId, templateId)],
      ['templateGroup', () => templates.list(strangerId, { groupId })],
      ['templateGroup', () => create({ groupId }, strangerId)],
      ['templateGroup', () => templates.update(strangerId, { templateId: own.id, ...draft, groupId })],
      ['templateGroup', () => groups.rename(strangerId, { groupId, name: 'دزد' })],
      ['templateGroup', () => groups.remove(strangerId, groupId)],
    ];
    for (const [noun, tried] of tries) expect(await refusal(tried())).toBe(`${noun}.notFound`);
    expect(await templates.read(customerId, templateId)).toMatchObject({ title: 'راز', groupId });
    expect(await templates.read(strangerId, own.id)).toEqual(own);
    expect(await groupsOf()).toEqual([['خصوصی', 1]]);
  });

  it('guarantee 8: an empty or unsendable draft is refused, and nothing of it is written', async () => {
    const { id: templateId } = await create();
    const before = await templates.read(customerId, templateId);
    // Ten parts of a long Persian text, and one letter more.
    const longest = 'س'.repeat(67 * maxPartsPerMessage);
    const wrong: [string, Partial<TemplateDraftDto>][] = [
      ['input.invalid', { title: ' \u200f ' }],
      ['send.textEmpty', { text: ' \n ' }],
      ['send.textTooLong', { text: `${longest}س` }],
      ['templateGroup.notFound', { groupId: randomUUID() }],
    ];
    for (const [code, over] of wrong) {
      const draft = { title: 't', text: 'x', ...over };
      expect([over, await refusal(templates.create(customerId, draft))]).toEqual([over, code]);
      expect([over, await refusal(templates.update(customerId, { templateId, ...draft }))]).toEqual([
        over,
        code,
      ]);
    }
    expect(await refusal(group('\u200c'))).toBe('input.invalid');
    expect((await templates.list(customerId, {})).templates).toEqual([before]);
    expect(await groupsOf()).toEqual([]);
    expect((await create({ text: longest })).parts).toBe(maxPartsPerMessage);
  });

  describe('bounds and races', () => {
    const fillTemplates = (count: number): Promise<object[]> =>
      core.sql(
        `INSERT INTO templates (id, customer_id, title, body, folded, created_at, updated_at)
         SELECT gen_random_uuid(), $1, 't', 'x', 'x', now(), now() FROM generate_series(1, $2::int)`,
        [customerId, count],
      );
    const fillGroups = (count: number): Promise<object[]> =>
      core.sql(
        `INSERT INTO template_groups (id, customer_id, name, folded_name)
         SELECT gen_random_uuid(), $1, 'g' || n, 'g' || n FROM generate_series(1, $2::int) n`,
        [customerId, count],
      );

    it('of one name ten groups at once make one', async () => {
      const tries = Array.from({ length: 10 }, (_, no) => group(no % 2 ? 'یک گروه' : 'يك گروه'));
      expect(await outcomes(tries)).toEqual([
        'accepted',
        ...Array<string>(9).fill('templateGroup.nameTaken'),
      ]);
      expect(await groupsOf()).toHaveLength(1);
    });

    it('two groups that are renamed to one name at once: one is', async () => {
      const made = [await group('الف'), await group('ب')];
      const tries = made.map(({ id: groupId }) => groups.rename(customerId, { groupId, name: 'پ' }));
      expect(await outcomes(tries)).toEqual(['accepted', 'templateGroup.nameTaken']);
      expect((await groupsOf()).filter(([name]) => name === 'پ')).toHaveLength(1);
    });

    it(`a customer has ${maxTemplates} templates, not one more, however many come at once`, async () => {
      await fillTemplates(maxTemplates - 2);
      const tries = Array.from({ length: 8 }, () => create());
      expect(await outcomes(tries)).toEqual([
        'accepted',
        'accepted',
        ...Array<string>(6).fill('template.tooMany'),
      ]);
      const [first] = (await templates.list(customerId, { limit: 1 })).templates;
      expect(await refusal(create())).toBe('template.tooMany');
      // A full house is still one to work in, and another customer has room.
      expect(
        await refusal(templates.update(customerId, { templateId: first?.id ?? '', title: 'نو', text: 'نو' })),
      ).toBe('accepted');
      expect(await refusal(create({}, strangerId))).toBe('accepted');
      await templates.remove(customerId, first?.id ?? '');
      expect(await refusal(create())).toBe('accepted');
    });

    it(`and ${maxTemplateGroups} groups`, async () => {
      await fillGroups(maxTemplateGroups - 1);
      const tries = ['الف', 'ب', 'پ'].map((name) => group(name));
      expect(await outcomes(tries)).toEqual(['accepted', 'templateGroup.tooMany', 'templateGroup.tooMany']);
      expect(await groupsOf()).toHaveLength(maxTemplateGroups);
      expect(await refusal(group('الف', strangerId))).toBe('accepted');
    });

    it('a group that is deleted while templates come into it leaves them whole, in no group', async () => {
      for (let round = 0; round < 5; round += 1) {
        const { id: groupId } = await group(`دور ${round}`);
        const { id: templateId } = await create({ groupId });
        const answers = await outcomes([
          ...Array.from({ length: 4 }, () => create({ groupId })),
          ...Array.from({ length: 4 }, () =>
            templates.update(customerId, { templateId, title: 'نو', text: 'نو', groupId }),
          ),
          groups.remove(customerId, groupId),
        ]);
        for (const answer of answers) expect(['accepted', 'templateGroup.notFound']).toContain(answer);
        expect(answers[0]).toBe('accepted');
        expect((await templates.read(customerId, templateId)).groupId).toBeNull();
      }
      const { templates: all } = await templates.list(customerId, { limit: 200 });
      expect(all.map(({ groupId }) => groupId).filter((groupId) => groupId !== null)).toEqual([]);
    });
  });
});
