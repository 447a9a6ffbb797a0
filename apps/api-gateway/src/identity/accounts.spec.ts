import { identityAccountsRpc, identityAuditRpc, identityBarcodesRpc } from '@peyk/contracts/identity';
import type { AccountDetailsDto, AuditEntryDto, AuditQueryDto, ProfileDto } from '@peyk/contracts/identity';
import { ask, fieldsOfError, startGateway, tokenOf } from '../testing/gateway.fixture';
import type { RunningGateway } from '../testing/gateway.fixture';

const api = '/api/v1';
const accountId = '0198f000-0000-7000-8000-0000000000e1';
const at = '2026-11-21T08:00:00.000Z';
const username = { username: '1405', kind: 'student_code' } as const;
const grant = { role: 'student', scopes: [] } as const;
const details: AccountDetailsDto = {
  id: accountId,
  name: 'زهرا احمدی',
  usernames: [username],
  grants: [{ role: 'student', scopes: [] }],
  disabled: false,
  nationalCode: '001*****78',
  mobile: '0912***4567',
  resellerId: null,
  incomplete: false,
  createdAt: at,
  email: null,
  reseller: null,
  password: 'own',
  mobileChangedAt: null,
  updatedAt: at,
};
const profile: ProfileDto = {
  ...{ id: accountId, username: '1405', name: 'زهرا احمدی', roles: ['student'], usernames: [username] },
  ...{ grants: [], nationalCode: null, mobile: null, email: null, reseller: null, editable: true },
};
const barcode = { text: 'A'.repeat(50), expiresAt: at, svg: '<svg/>' };
const owner = { accountId, name: 'زهرا احمدی', username: '1405', roles: ['student' as const] };
const draft = { name: 'زهرا', usernames: [username], grants: [grant], nationalCode: '۰۰۱۲۳۴۵۶۷۹' };
const entry: AuditEntryDto = {
  seq: 7,
  at,
  action: 'account.updated',
  actor: { accountId, name: 'مدیر' },
  accountId,
  accountName: '=HYPERLINK("x")',
  reason: 'تیکت ۱۷، «نام»',
  changes: [{ field: 'name', before: 'الف', after: null }],
  address: '192.0.2.7',
  device: 'Firefox',
  requestId: 'panel-click-17',
};

describe('routes of accounts, barcodes and the audit log', () => {
  let gateway: RunningGateway;
  const token = tokenOf({ roles: ['admin'] });
  beforeAll(async () => {
    gateway = await startGateway();
    const { services } = gateway;
    services.on(identityAccountsRpc.list, () => ({ accounts: [] }));
    for (const contract of [
      identityAccountsRpc.create,
      identityAccountsRpc.read,
      identityAccountsRpc.update,
      identityAccountsRpc.setRoles,
      identityAccountsRpc.disable,
      identityAccountsRpc.enable,
      identityAccountsRpc.issuePassword,
      identityAccountsRpc.addUsername,
      identityAccountsRpc.removeUsername,
    ] as const)
      services.on<object, AccountDetailsDto>(contract, () => details);
    services.on(identityAccountsRpc.signOut, () => ({}));
    services.on(identityAccountsRpc.unlock, () => ({}));
    services.on(identityAccountsRpc.updateMe, () => profile);
    services.on(identityBarcodesRpc.mine, () => barcode);
    services.on(identityBarcodesRpc.read, () => owner);
    services.on(identityAuditRpc.list, ({ cursor }: AuditQueryDto) =>
      cursor ? { entries: [{ ...entry, seq: 6 }] } : { entries: [entry], nextCursor: 'more' },
    );
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    gateway.services.calls.length = 0;
  });

  const of = `/accounts/${accountId}`;
  it.each([
    [
      'GET',
      '/accounts?search=%DB%B1&role=student&scope=school:1&disabled=true&limit=7',
      undefined,
      identityAccountsRpc.list,
      { search: '۱', role: 'student', scope: 'school:1', disabled: true, limit: 7 },
      { accounts: [] },
    ],
    ['POST', '/accounts', draft, identityAccountsRpc.create, draft, details],
    ['GET', of, undefined, identityAccountsRpc.read, { accountId }, details],
    [
      'PUT',
      of,
      { mobile: null, reason: 'x' },
      identityAccountsRpc.update,
      { accountId, mobile: null, reason: 'x' },
      details,
    ],
    [
      'PUT',
      `${of}/roles`,
      { grants: [grant] },
      identityAccountsRpc.setRoles,
      { accountId, grants: [grant] },
      details,
    ],
    ['POST', `${of}/disable`, {}, identityAccountsRpc.disable, { accountId }, details],
    ['POST', `${of}/enable`, {}, identityAccountsRpc.enable, { accountId }, details],
    ['POST', `${of}/issue-password`, {}, identityAccountsRpc.issuePassword, { accountId }, details],
    ['POST', `${of}/sign-out`, {}, identityAccountsRpc.signOut, { accountId }, undefined],
    ['POST', `${of}/unlock`, {}, identityAccountsRpc.unlock, { accountId }, undefined],
    [
      'POST',
      `${of}/usernames`,
      username,
      identityAccountsRpc.addUsername,
      { accountId, ...username },
      details,
    ],
    [
      'DELETE',
      `${of}/usernames/${encodeURIComponent('کد/۱')}`,
      undefined,
      identityAccountsRpc.removeUsername,
      { accountId, username: 'کد/۱' },
      details,
    ],
    ['PUT', '/me', { name: 'ز' }, identityAccountsRpc.updateMe, { name: 'ز' }, profile],
    ['GET', '/me/barcode', undefined, identityBarcodesRpc.mine, {}, barcode],
    [
      'POST',
      '/barcodes/read',
      { text: barcode.text },
      identityBarcodesRpc.read,
      { text: barcode.text },
      owner,
    ],
    [
      'GET',
      `/audit?accountId=${accountId}&action=sign_in.&from=${at}`,
      undefined,
      identityAuditRpc.list,
      { accountId, action: 'sign_in.', from: at },
      { entries: [entry], nextCursor: 'more' },
    ],
  ] as const)('IDN-202 %s %s', async (method, path, json, contract, input, answer) => {
    const response = await ask(gateway, method, api + path, { token, json });
    expect(response.status).toBe(
      answer === undefined ? 204 : path === '/accounts' && method === 'POST' ? 201 : 200,
    );
    if (answer === undefined) expect(response.text).toBe('');
    else expect(response.body).toEqual(answer);
    expect(gateway.services.calls.map((call) => [call.name, call.input])).toEqual([[contract.name, input]]);
  });

  it('IDN-221 export the audit log page by page as CSV, safe from formula injection', async () => {
    const response = await ask(gateway, 'GET', `${api}/audit.csv?actorId=${accountId}`, { token });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
    ]);
    const [heading, first = '', ...rest] = response.text.split('\r\n');
    expect(heading).toMatch(/^\ufeff?شماره,زمان/);
    expect(first).toContain(`7,${at},account.updated,${accountId},مدیر`);
    expect(first).toContain(`"'=HYPERLINK(""x"")"`);
    expect(first).toContain('name: الف -> -');
    expect(rest.join('')).toContain(`6,${at}`);
    expect(gateway.services.calls.map(({ input }) => input)).toEqual([
      { actorId: accountId, limit: 200 },
      { actorId: accountId, limit: 200, cursor: 'more' },
    ]);
  });

  it('refuse what is no action, no kind of username, no scope, and fields that nobody may set', async () => {
    const refused = async (method: string, path: string, json?: unknown): Promise<string[]> => {
      const response = await ask(gateway, method, api + path, { token, json });
      expect(response.status).toBe(400);
      return fieldsOfError(response).map(({ field, rule }) => `${field} ${rule}`);
    };
    expect(await refused('GET', `/audit?action=${encodeURIComponent("' OR 1")}`)).toEqual(['action matches']);
    expect(await refused('GET', '/accounts?scope=planet:1')).toEqual(['scope matches']);
    expect(await refused('GET', `/accounts?search=${encodeURIComponent('\u0000')}`)).toEqual([
      'search isText',
    ]);
    expect(await refused('POST', `${of}/usernames`, { username: 'a', kind: 'king' })).toEqual(['kind isIn']);
    expect(await refused('POST', '/accounts', { ...draft, passwordHash: 'x' })).toEqual([
      'passwordHash unknown',
    ]);
    expect(await refused('PUT', '/me', { roles: ['admin'] })).toEqual(['roles unknown']);
    expect(await refused('POST', '/barcodes/read', { text: 'A'.repeat(1_000) })).toEqual(['text maxLength']);
    expect(gateway.services.calls).toEqual([]);
  });
});
