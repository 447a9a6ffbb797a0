import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reachOf, roles, rpcContracts } from '@peyk/contracts';
import { billingWalletsRpc } from '@peyk/contracts/billing';
import { smsLinesRpc } from '@peyk/contracts/sms';
import { targetingListsRpc } from '@peyk/contracts/targeting';
import type { Permission, Reach, Role, RpcContract, UserPrincipal } from '@peyk/contracts';
import type { TopupDto } from '@peyk/contracts/billing';
import type { NewApiKeyDto, OwnSessionsDto } from '@peyk/contracts/identity';
import type { SendDto } from '@peyk/contracts/sms';
import type { RecipientListDto } from '@peyk/contracts/targeting';
import { eventually, testMessaging } from '@peyk/testing';
import { ApiClient } from '../support/api';
import type { ApiError } from '../support/api';
import { demo } from '../support/system';
import type { PeykSystem } from '../support/system';
import { platform } from './platform';

jest.setTimeout(300_000);

interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Undefined: anybody may. */
  readonly permission: Permission | undefined;
  readonly pathFields: readonly string[];
  readonly hasBody: boolean;
}

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly text: string;
}

interface OpenApiOperation {
  readonly operationId: string;
  readonly 'x-permission'?: Permission;
  readonly requestBody?: unknown;
}

/** Every route of the committed document: a new one is walked without being named here. */
const operations: readonly Operation[] = Object.entries(
  (
    JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as {
      paths: Record<string, Record<string, OpenApiOperation>>;
    }
  ).paths,
).flatMap(([path, byMethod]) =>
  Object.entries(byMethod).map(([method, operation]) => ({
    id: operation.operationId,
    method: method.toUpperCase(),
    path: path.replace('/api/v1', ''),
    permission: operation['x-permission'],
    pathFields: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
    hasBody: operation.requestBody !== undefined,
  })),
);
const guarded = operations.filter(({ permission }) => permission);
const aboutThings = guarded.filter(({ pathFields }) => pathFields.length > 0);

/** Bodies with which a route about one thing comes as far as looking for it; a new such route needs one here. */
const bodies: Readonly<Record<string, unknown>> = {
  smsLinesSetSecretary: { text: null },
  smsTemplatesUpdate: { title: 'عنوان', text: 'متن' },
  smsTemplateGroupsRename: { name: 'نام' },
  smsLinesChange: { active: true },
  smsLinksChange: { name: 'access' },
  smsOptOutsRemove: { reason: 'آزمون' },
  smsOptOutsRemoveAny: { reason: 'آزمون' },
  smsSendsIntervene: { act: 'pause', reason: 'آزمون' },
  smsSendsChange: { title: 'آزمون' },
  gatewayDeadLettersRedrive: { limit: 1 },
  smsInboxSeen: { upTo: randomUUID() },
  smsMessagesSettleDoubt: { as: 'sent', messageIds: [randomUUID()] },
  identityAccountsUpdate: { name: 'نام', reason: 'درخواست خود او' },
  identityAccountsSetRoles: { grants: [{ role: 'sms_customer', scopes: [] }] },
  identityAccountsAddUsername: { username: 'access-target-3', kind: 'chosen' },
  identityImportsFile: {},
  billingCorrectionsApprove: {},
  billingCorrectionsRefuse: { note: 'اشتباه بود' },
  billingBanksSwitch: { enabled: true },
  billingPlansSave: { title: 'طرح', description: 'آزمون', priceRials: 10, trialRials: 0, active: false },
  billingCampaignsSave: {
    title: 'آزمون',
    percent: 1,
    planCode: 'access',
    validFrom: '2030-01-01T00:00:00Z',
    validUntil: '2030-01-02T00:00:00Z',
  },
  billingUsersTransfer: { amountRials: 1, idempotencyKey: 'access-transfer' },
  billingTopupRequestsRefuse: { reason: 'نه' },
  billingClubRewardsRefuse: { reason: 'نه' },
  billingTariffsAdd: {
    level: 'gold',
    lineClass: 'service',
    language: 'fa',
    operator: 'mci',
    rialsPerPart: 1_000,
    validFrom: '2090-01-01T00:00:00Z',
  },
  billingLevelsSave: { title: 'طلایی' },
  billingLevelsSet: { level: 'standard', reason: 'آزمون' },
  billingTiersReplace: { tiers: [], validFrom: '2090-01-01T00:00:00Z' },
};
/** Path fields that name nobody's own thing: they may stand in any answer. */
const everybodys: readonly string[] = ['bank', 'kind', 'level', 'planCode', 'position'];
/** Administrators do this to a line that nobody has: the owner goes on with its own. */
const takesAway: readonly string[] = ['smsLinesRetire', 'smsOptOutsRemoveAny'];
/** The caller's session does not survive these, if they are allowed. */
const endsSession = /^identity(Sessions|Passwords)/;

describe('IDN-201 who may do what: every route, every role, own and foreign', () => {
  let system: PeykSystem;
  const holders = new Map<Role, { readonly client: ApiClient; readonly username: string }>();
  let owner: ApiClient;
  /** One thing of the demo customer for each name of a path field. */
  let things: Readonly<Record<string, string>>;

  beforeAll(async () => {
    system = await platform();
    // Twice: the first session is the thing that others must not end.
    for (let session = 0; session < 2; session++)
      owner = await new ApiClient(system.baseUrl).signIn(demo.customer.username, demo.customer.password);
    things = await makeThings();
    for (const role of roles) {
      const username = `access-${role.replaceAll('_', '-')}`;
      await addAccount(username, role);
      holders.set(role, { client: new ApiClient(system.baseUrl), username });
      await signIn(role);
    }
  });

  /** With the demo customer's password. */
  async function addAccount(username: string, role: Role): Promise<string> {
    const id = randomUUID();
    await system.sql(
      'identity',
      `WITH a AS (
         INSERT INTO accounts (id, name, roles, password_hash, password_set_at)
         SELECT $1, $2, $3, password_hash, now() FROM accounts WHERE id = $4 RETURNING id
       ) INSERT INTO usernames (username, account_id, kind) SELECT $2, id, 'chosen' FROM a`,
      [id, username, [role], demo.customer.id],
    );
    return id;
  }

  async function signIn(role: Role): Promise<ApiClient> {
    const holder = holders.get(role);
    if (!holder) throw new Error(`no account is ${role}`);
    return holder.client.signIn(holder.username, demo.customer.password);
  }

  async function makeThings(): Promise<Record<string, string>> {
    const send = await owner.createSend({
      lineId: demo.serviceLine,
      text: 'سلام',
      recipients: { numbers: ['09121000001'] },
      idempotencyKey: randomUUID(),
    });
    const list: RecipientListDto = await owner.uploadAndRead(
      'numbers.csv',
      new Blob(['mobile\n09121000001\n']),
    );
    const group = await owner.request<{ id: string }>('POST', '/template-groups', { name: 'گروه' });
    const template = await owner.request<{ id: string }>('POST', '/templates', {
      title: 'عنوان',
      text: 'متن',
      groupId: group.id,
    });
    const { apiKey } = await owner.request<NewApiKeyDto>('POST', '/api-keys', {
      name: 'کلید',
      scopes: ['sms.read'],
    });
    const topup = await owner.request<TopupDto>('POST', '/topups', {
      amountToman: 10_000,
      bank: 'zarinpal',
      idempotencyKey: randomUUID(),
    });
    const { sessions } = await owner.request<OwnSessionsDto>('GET', '/me/sessions');
    const threadId = randomUUID();
    await system.sql(
      'sms-gateway',
      `INSERT INTO inbox_threads (id, customer_id, line_id, from_number, to_number, messages, unread, last_id, last_text, last_at)
         VALUES ($1, $2, $3, 'access', '98', 1, 1, $1, '', now())`,
      [threadId, demo.customer.id, demo.serviceLine],
    );
    const optOutId = randomUUID();
    await system.sql(
      'sms-gateway',
      `INSERT INTO opt_outs (id, customer_id, msisdn, source) VALUES ($1, $2, 989121000009, 'panel')`,
      [optOutId, demo.customer.id],
    );
    const [requestId, rewardId, resellerId] = [randomUUID(), randomUUID(), randomUUID()];
    await system.sql(
      'billing',
      `INSERT INTO topup_requests (id, customer_id, reseller_id, state, amount_rials, note, idempotency_key, created_at, expires_at)
         VALUES ($1, $2, $3, 'open', 10, '', 'access', now(), now() + interval '1 day')`,
      [requestId, demo.customer.id, resellerId],
    );
    await system.sql(
      'billing',
      `INSERT INTO club_rewards (id, customer_id, owner_id, state, threshold_points, reward_rials)
         VALUES ($1, $2, $3, 'awaiting', 1, 1)`,
      [rewardId, demo.customer.id, resellerId],
    );
    return {
      accountId: await addAccount('access-target', 'sms_customer'),
      username: 'access-target-2',
      keyId: apiKey.id,
      sessionId: sessions.find(({ current }) => !current)?.id ?? '',
      optOutId,
      // Only administrators reach them, and all of them.
      importId: randomUUID(),
      correctionId: randomUUID(),
      tariffId: randomUUID(),
      tierSetId: randomUUID(),
      campaignId: randomUUID(),
      level: 'gold',
      customerId: demo.customer.id,
      planCode: 'access',
      requestId,
      rewardId,
      kind: 'students',
      sendId: send.id,
      position: '1',
      threadId,
      queue: 'billing.charges',
      linkId: randomUUID(),
      pooledId: randomUUID(),
      topupId: topup.id,
      bank: 'mellat',
      listId: list.id,
      lineId: demo.serviceLine,
      groupId: group.id,
      templateId: template.id,
    };
  }

  async function ask(
    client: ApiClient,
    operation: Operation,
    ids: (field: string) => string,
  ): Promise<Answer> {
    const of = takesAway.includes(operation.id) ? () => randomUUID() : ids;
    const path = operation.path.replace(/\{(\w+)\}/g, (_all, field: string) => of(field));
    const body = operation.hasBody ? (bodies[operation.id] ?? {}) : undefined;
    const response = await client.raw(operation.method, path, body, {
      ...(operation.method !== 'GET' && { 'x-requested-with': 'spec' }),
    });
    if (response.headers.get('content-type')?.includes('event-stream')) {
      await response.body?.cancel();
      return { status: response.status, code: undefined, text: '' };
    }
    const text = await response.text();
    const error = response.ok || text === '' ? undefined : (JSON.parse(text) as ApiError);
    return { status: response.status, code: error?.code, text };
  }

  const thing = (field: string): string => {
    const id = things[field];
    if (!id) throw new Error(`the spec knows no thing for the path field ${field}: make one in makeThings`);
    return id;
  };
  const principalOf = (role: Role): UserPrincipal => ({
    kind: 'user',
    accountId: '',
    sessionId: '',
    name: '',
    roles: [role],
    scopes: {},
    stamp: 1,
  });
  const reach = (operation: Operation, role: Role): Reach | undefined =>
    operation.permission && reachOf(operation.permission, principalOf(role));
  const name = ({ method, path }: Operation): string => `${method} ${path}`;

  it('every route about one thing has an example here', () => {
    for (const { pathFields, hasBody, id } of aboutThings) {
      for (const field of pathFields) thing(field);
      if (hasBody) expect([id, bodies[id] !== undefined]).toEqual([id, true]);
    }
  });

  it('nobody and a made-up token come in nowhere', async () => {
    const nobody = new ApiClient(system.baseUrl);
    const stranger = new ApiClient(system.baseUrl).withToken('abc.def.ghi');
    const wrong: unknown[] = [];
    for (const operation of guarded) {
      for (const client of [nobody, stranger]) {
        const { status, code } = await ask(client, operation, thing);
        if (status !== 401) wrong.push([name(operation), status, code]);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each([...roles])('%s: nothing that the table does not allow, and no more of another’s', async (role) => {
    const wrong: unknown[] = [];
    for (const operation of guarded) {
      const reaches = reach(operation, role);
      const client =
        endsSession.test(operation.id) && reaches ? await signIn(role) : holders.get(role)?.client;
      if (!client) throw new Error('no client');
      const foreign = await ask(client, operation, thing);
      const seen = [name(operation), reaches ?? 'denied', foreign.status, foreign.code];
      if (!reaches) {
        if (foreign.status !== 403 || foreign.code !== 'access.denied') wrong.push(seen);
      } else if (foreign.status === 401 || foreign.status >= 500 || foreign.code === 'access.denied') {
        wrong.push(seen);
      } else if (operation.pathFields.length > 0 && reaches !== 'any') {
        // As if it did not exist: the same words as of a thing that nobody has.
        const missing = await ask(client, operation, (field) =>
          everybodys.includes(field) ? thing(field) : randomUUID(),
        );
        if (foreign.status !== 404 || foreign.code !== missing.code) wrong.push([...seen, missing.code]);
      } else if (reaches !== 'any') {
        const leaked = Object.entries(things)
          .filter(([field, id]) => !everybodys.includes(field) && foreign.text.includes(id))
          .map(([field]) => field);
        if (leaked.length > 0) wrong.push([...seen, 'shows', leaked]);
      }
      if (endsSession.test(operation.id) && reaches) await signIn(role);
    }
    expect(wrong).toEqual([]);
  });

  it('the owner comes to each own thing', async () => {
    const wrong: unknown[] = [];
    const deletesLast = [...aboutThings].sort((a, b) => rank(a) - rank(b));
    for (const operation of deletesLast) {
      if (!reach(operation, 'sms_customer')) continue;
      const { status, code } = await ask(owner, operation, thing);
      if ([401, 403, 404].includes(status) || status >= 500) wrong.push([name(operation), status, code]);
    }
    expect(wrong).toEqual([]);
    const kept = await owner.request<SendDto>('GET', `/sends/${thing('sendId')}`);
    expect(kept.title).toBeDefined();
  });

  it('TGT-206 a list that another customer names is the same as none', async () => {
    const other = await signIn('reseller');
    const code = (listId: string): Promise<unknown> =>
      other.request('POST', '/recipient-lists', { sources: [{ numbers: ['09121000001'] }, { listId }] }).then(
        () => 'made',
        (error: unknown) => error,
      );
    const [foreign, none] = [await code(thing('listId')), await code(randomUUID())];
    expect(foreign).toMatchObject({ status: 404, body: { code: 'list.notFound' } });
    expect(none).toMatchObject({ status: 404, body: { code: 'list.notFound' } });
  });

  it('IDN-210 a disabled account is refused by every service at once, with the token that it has', async () => {
    const username = 'access-disabled';
    const id = await addAccount(username, 'sms_customer');
    const client = await new ApiClient(system.baseUrl).signIn(username, demo.customer.password);
    const admin = await signIn('admin');
    // One route of each service.
    const paths = ['/me', '/lines', '/recipient-lists', '/wallet'];
    for (const path of paths) expect([path, (await client.raw('GET', path)).status]).not.toEqual([path, 401]);
    await admin.request('POST', `/accounts/${id}/disable`);
    for (const path of paths)
      await eventually(async () =>
        expect([path, (await client.raw('GET', path)).status]).toEqual([path, 401]),
      );
    // Past the gateway too.
    const spec = await testMessaging('access-spec');
    try {
      const as = { token: client.accessToken };
      for (const contract of [smsLinesRpc.list, targetingListsRpc.list, billingWalletsRpc.read])
        await eventually(() =>
          expect(spec.rpc.call(contract as RpcContract, {}, as)).rejects.toMatchObject({
            code: 'access.tokenInvalid',
          }),
        );
    } finally {
      await spec.broker.close();
    }
  });

  it('each service refuses by itself, without the gateway', async () => {
    const spec = await testMessaging('access-spec');
    try {
      const { accessToken } = await holderSession('portal_user');
      const wrong: unknown[] = [];
      for (const contract of rpcContracts()) {
        if (!contract.permission || reachOf(contract.permission, principalOf('portal_user'))) continue;
        const outcome = await spec.rpc.call(contract, {}, { token: accessToken }).then(
          () => 'ok',
          (error: { code: string }) => error.code,
        );
        if (outcome !== 'access.denied') wrong.push([contract.name, outcome]);
      }
      expect(wrong).toEqual([]);
    } finally {
      await spec.broker.close();
    }
  });

  async function holderSession(role: Role): Promise<{ accessToken: string }> {
    const client = await signIn(role);
    return { accessToken: client.accessToken };
  }
});

/** Deleting a thing comes after everything else that is tried with it. */
function rank({ method }: Operation): number {
  return method === 'DELETE' ? 1 : 0;
}
