import { smsTemplateGroupsRpc, smsTemplatesRpc } from '@peyk/contracts/sms';
import type { TemplateDto } from '@peyk/contracts/sms';
import { ask, fieldsOfError, startGateway, tokenOf } from '../testing/gateway.fixture';
import type { RunningGateway } from '../testing/gateway.fixture';

const api = '/api/v1';
const id = '0198f000-0000-7000-8000-0000000000e1';
const groupId = '0198f000-0000-7000-8000-0000000000f1';
const at = '2026-11-21T08:00:00.000Z';
const draft = { title: 'نوبت', text: 'نوبت شما فرداست', groupId };
const measure = { language: 'fa', parts: 1, units: 15, ucs2Letters: 'نوبتشمافردا' } as const;
const template: TemplateDto = { id, ...draft, ...measure, createdAt: at, updatedAt: at };
const group = { id: groupId, name: 'گروه', templates: 1 };

describe('routes of templates', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway();
    gateway.services.on(smsTemplatesRpc.create, () => template);
    gateway.services.on(smsTemplatesRpc.list, () => ({ templates: [template] }));
    gateway.services.on(smsTemplatesRpc.read, () => template);
    gateway.services.on(smsTemplatesRpc.update, () => template);
    gateway.services.on(smsTemplatesRpc.delete, () => ({}));
    gateway.services.on(smsTemplateGroupsRpc.create, () => group);
    gateway.services.on(smsTemplateGroupsRpc.list, () => ({ groups: [group] }));
    gateway.services.on(smsTemplateGroupsRpc.rename, () => group);
    gateway.services.on(smsTemplateGroupsRpc.delete, () => ({}));
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    gateway.services.calls.length = 0;
  });

  it.each([
    ['POST', '/templates', draft, 201, smsTemplatesRpc.create, draft, template],
    [
      'GET',
      `/templates?groupId=${groupId}&search=%D9%86&limit=7`,
      undefined,
      200,
      smsTemplatesRpc.list,
      { groupId, search: 'ن', limit: 7 },
      { templates: [template] },
    ],
    ['GET', `/templates/${id}`, undefined, 200, smsTemplatesRpc.read, { templateId: id }, template],
    ['PUT', `/templates/${id}`, draft, 200, smsTemplatesRpc.update, { templateId: id, ...draft }, template],
    ['DELETE', `/templates/${id}`, undefined, 204, smsTemplatesRpc.delete, { templateId: id }, undefined],
    ['POST', '/template-groups', { name: 'گ' }, 201, smsTemplateGroupsRpc.create, { name: 'گ' }, group],
    ['GET', '/template-groups', undefined, 200, smsTemplateGroupsRpc.list, {}, { groups: [group] }],
    [
      'PUT',
      `/template-groups/${groupId}`,
      { name: 'گ' },
      200,
      smsTemplateGroupsRpc.rename,
      { groupId, name: 'گ' },
      group,
    ],
    [
      'DELETE',
      `/template-groups/${groupId}`,
      undefined,
      204,
      smsTemplateGroupsRpc.delete,
      { groupId },
      undefined,
    ],
  ] as const)('SMS-021 %s %s', async (method, path, json, status, contract, input, answer) => {
    const response = await ask(gateway, method, api + path, { token: tokenOf(), json });
    expect(response.status).toBe(status);
    if (answer === undefined) expect(response.text).toBe('');
    else expect(response.body).toEqual(answer);
    expect(gateway.services.calls.map((call) => [call.name, call.input])).toEqual([[contract.name, input]]);
  });

  it('take no group for null, and name what is too long', async () => {
    const token = tokenOf();
    await ask(gateway, 'PUT', `${api}/templates/${id}`, { token, json: { ...draft, groupId: null } });
    expect(gateway.services.calls[0]?.input).toMatchObject({ templateId: id, groupId: null });
    const json = { ...draft, title: 'ت'.repeat(101), text: '' };
    const refused = await ask(gateway, 'POST', `${api}/templates`, { token, json });
    expect(fieldsOfError(refused)).toEqual([
      { field: 'title', rule: 'maxLength', message: '«عنوان» حداکثر ۱۰۰ نویسه می‌پذیرد.' },
      { field: 'text', rule: 'minLength', message: '«متن» نباید خالی باشد.' },
    ]);
    expect(gateway.services.calls).toHaveLength(1);
  });
});
