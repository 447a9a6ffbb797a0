import { HttpFace } from './http-face';
import { startOperatorSimulator } from './operator-simulator';
import type { OperatorSimulator } from './operator-simulator';
import { SmppClient, until } from './smpp-client.fixture';

describe(HttpFace.name, () => {
  let simulator: OperatorSimulator;

  async function call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`http://127.0.0.1:${simulator.httpPort}${path}`, {
      method,
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  beforeAll(async () => {
    simulator = await startOperatorSimulator();
  });
  afterAll(() => simulator.stop());

  it('SMS-201 makes an account, changes it, shows what it did, and resets', async () => {
    const made = await call('PUT', '/accounts/panel', { password: 'secret', partsPerSecond: 3 });
    expect(made).toMatchObject({ status: 200, body: { partsPerSecond: 3, maxBinds: 4 } });
    const changed = await call('PUT', '/accounts/panel', { receipts: { idForm: 'hex' } });
    expect(changed.body).toMatchObject({ partsPerSecond: 3, receipts: { idForm: 'hex', enabled: true } });

    const client = await SmppClient.bound(simulator.smppPort, 'panel');
    const statuses = await client.statuses(5, { reference: 'twice/1' });
    expect(statuses.filter((status) => status === 0)).toHaveLength(3);
    expect((await call('GET', '/stats?account=panel')).body).toMatchObject({
      accepted: 3,
      throttled: 2,
      worstSecond: { parts: 3 },
    });
    expect((await call('GET', '/stats')).body).toHaveLength(1);
    expect((await call('GET', '/messages?account=panel&offset=1&limit=1')).body).toMatchObject({
      offset: 1,
      total: 3,
      items: [{ destination: '989121234567', reference: 'twice/1', text: 'سلام' }],
    });
    expect((await call('GET', '/messages/count?account=panel&source=nobody')).body).toEqual({ count: 0 });
    expect((await call('GET', '/duplicates?account=panel')).body).toMatchObject({ duplicated: 1, extra: 2 });

    const messages = [{ from: '98912', to: '3000', text: 'الف' }];
    expect((await call('POST', '/inbound', { account: 'panel', messages })).body).toEqual({ queued: 1 });
    await until('inbound', () => client.delivered.some(({ source_addr: from }) => from === '98912'));

    const faults = [{ kind: 'error', status: 8, count: 1 }];
    expect((await call('PUT', '/accounts/panel/faults', { faults })).body).toMatchObject({
      faults: [{ kind: 'error', probability: 1, count: 1, status: 8 }],
    });
    await call('POST', '/reset');
    expect((await call('GET', '/messages/count')).body).toEqual({ count: 0 });
    expect((await call('GET', '/accounts')).body).toMatchObject({ panel: { faults: [] } });

    expect((await call('POST', '/binds/kill', { account: 'panel' })).body).toEqual({ killed: 1 });
    await until('closed', () => client.closed);
  });

  it.each([
    ['PUT', '/accounts/fresh', {}, 'password'],
    ['PUT', '/accounts/fresh', { password: 'longer than eight' }, 'password'],
    ['PUT', '/accounts/name-of-sixteen-c', { password: 'secret' }, 'systemId'],
    ['PUT', '/accounts/fresh', { password: 'secret', maxBinds: null }, 'maxBinds'],
    ['PUT', '/accounts/fresh', { password: 'secret', partsPerSecond: 0 }, 'partsPerSecond'],
    ['PUT', '/accounts/fresh', { password: 'secret', typo: 1 }, 'typo'],
    ['PUT', '/accounts/fresh', { password: 'secret', receipts: { idForm: 'roman' } }, 'receipts.idForm'],
    ['PUT', '/accounts/fresh', { password: 'secret', receipts: { delayMs: { min: 5, max: 1 } } }, 'delayMs'],
    ['PUT', '/accounts/fresh', { password: 'secret', receipts: { mix: { none: 0 } } }, 'mix'],
    ['PUT', '/accounts/known/faults', { faults: [{ kind: 'fire' }] }, 'kind'],
    ['PUT', '/accounts/known/faults', { faults: [{ kind: 'error' }] }, 'status'],
    ['PUT', '/accounts/known/faults', { faults: [{ kind: 'lateAnswer' }] }, 'ms'],
    ['POST', '/inbound', { account: 'known', messages: [{ from: 'a b', to: '3000', text: '' }] }, 'from'],
    ['POST', '/inbound', '{', 'JSON'],
    ['POST', '/inbound', '[]', 'object'],
    ['GET', '/messages?limit=10001', undefined, 'limit'],
    ['GET', '/messages?since=yesterday', undefined, 'since'],
  ])('refuses %s %s %j and names %s', async (method, path, body, named) => {
    await call('PUT', '/accounts/known', { password: 'secret' });
    const answer = await call(method, path, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect((answer.body as { message: string }).message).toContain(named);
    expect((await call('GET', '/accounts')).body).not.toHaveProperty('fresh');
  });

  it('answers 404 to an unknown route or account', async () => {
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/accounts/known'],
      ['GET', '/toString'],
      ['DELETE', '/reset'],
      ['GET', '/stats?account=nobody'],
      ['PUT', '/accounts/nobody/faults'],
    ] as const) {
      const answer = await call(method, path, method === 'PUT' ? { faults: [] } : undefined);
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
  });

  it('answers health in the clock of its times', async () => {
    const before = Date.now();
    const { status, body } = await call('GET', '/health');
    expect(status).toBe(200);
    // Rounded, and of a clock that may stand a little beside the system's.
    expect((body as { now: number }).now).toBeGreaterThan(before - 1_000);
    expect((body as { now: number }).now).toBeLessThan(Date.now() + 1_000);
  });

  it('rejects a start on a taken port', async () => {
    await expect(startOperatorSimulator({ smppPort: simulator.smppPort })).rejects.toThrow('EADDRINUSE');
  });
});
