import { ask, fieldsOfError, startGateway, tokenOf, accountId } from '../testing/gateway.fixture';
import type { RunningGateway } from '../testing/gateway.fixture';

const path = '/api/v1/client-errors';
const error = {
  id: 'k3x9-2m7q',
  kind: 'render',
  message: 'Minified React error #130',
  stack: 'Error\n    at Xa (https://panel.example/assets/links-B5s.js?code=1:12:3456)',
  page: '/sms/links',
  release: 'index-PuuHOmlC.js',
};

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly accountId?: string;
  readonly panelError?: Record<string, string>;
}

describe('errors of panels', () => {
  let gateway: RunningGateway;
  beforeEach(async () => {
    gateway = await startGateway();
  });
  afterEach(() => gateway.close());
  const lines = (): Line[] =>
    gateway.logged.map((line) => JSON.parse(line) as Line).filter(({ panelError }) => panelError);

  it('a page that broke for an administrator stands in the log, with the id that was shown', async () => {
    const response = await ask(gateway, 'POST', path, { token: tokenOf({ roles: ['admin'] }), json: error });
    expect(response.status).toBe(204);
    const [line] = lines();
    expect(line).toMatchObject({ level: 'warn', msg: 'a panel broke', accountId });
    expect(line?.panelError).toMatchObject({ id: error.id, kind: 'render', page: '/sms/links' });
    expect(line?.panelError?.['stack']).toContain('at Xa (https://panel.example/assets/links-B5s.js?…)');
  });

  it('is told without a session, and with one that has ended', async () => {
    for (const token of [undefined, tokenOf({ seconds: -1 }), 'no.token.atall'])
      expect((await ask(gateway, 'POST', path, { token, json: error })).status).toBe(204);
    expect(lines().map((line) => line.accountId)).toEqual([undefined, undefined, undefined]);
  });

  it('writes no line of its own into the log, and no secret', async () => {
    const message =
      '{"level":"fatal"}\r\n\u2028\u202e\u001b[2J wrong password: Ab3dEf6hIj9lMn2pQr5tUv8xYz1BcD4 of ۰۹۱۲۱۲۳۴۵۶۷ a@b.ir';
    await ask(gateway, 'POST', path, { json: { ...error, message, page: '/sends?search=09121234567' } });
    expect(lines()).toHaveLength(1);
    const raw = gateway.logged.find((line) => line.includes('a panel broke')) ?? '';
    expect(raw.trim().split(/[\n\r\u2028]/)).toHaveLength(1);
    for (const secret of ['Ab3dEf', '0912', '۰۹۱۲', '\u202e', '\\u001b', 'a@b.ir'])
      expect(raw).not.toContain(secret);
    expect(lines()[0]?.panelError?.['page']).toBe('/sends?…');
  });

  it('refuses what is too long or unknown, by its name', async () => {
    for (const [field, value] of [
      ['message', 'x'.repeat(501)],
      ['stack', 'x'.repeat(4_001)],
      ['id', 'a\nb1234'],
      ['kind', 'other'],
      ['cookie', 'a'],
    ]) {
      const response = await ask(gateway, 'POST', path, { json: { ...error, [field as string]: value } });
      expect([response.status, fieldsOfError(response)[0]?.field]).toEqual([400, field]);
    }
    expect(lines()).toEqual([]);
  });

  it('of one address ten a minute; then 429 with the time to wait', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) statuses.push((await ask(gateway, 'POST', path, { json: error })).status);
    expect(statuses).toEqual([...Array<number>(10).fill(204), 429, 429]);
    expect(lines()).toHaveLength(10);
    // Somebody else is heard all the same.
    expect((await ask(gateway, 'POST', path, { token: tokenOf(), json: error })).status).toBe(204);
  });
});
