import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import type { LinkAssignmentDto } from '@peyk/contracts/sms';
import { createLogger } from '@peyk/platform';
import { startOperatorSimulator } from '../../../apps/simulators/src/operator/operator-simulator';
import type { OperatorSimulator } from '../../../apps/simulators/src/operator/operator-simulator';
import { testLink } from '../../../apps/sms-dispatch-worker/src/links/link-test';
import { WorkerSession } from '../../../apps/sms-dispatch-worker/src/worker.session';
import { operatorName, operatorTls, testAuthority } from './certificates';
import { FakeGateway, eventually } from './fake-gateway';

jest.setTimeout(60_000);
const logger = createLogger('worker-test', { level: 'fatal' });
const account = { peyk: { password: 'peyk-sim', maxBinds: 2 } };

let simulator: OperatorSimulator;
const listeners: Server[] = [];
afterEach(async () => {
  await simulator.stop();
  for (const server of listeners.splice(0)) server.close();
});

function linkTo(over: Partial<LinkAssignmentDto> = {}): LinkAssignmentDto {
  return {
    linkId: randomUUID(),
    name: 'operator',
    host: '127.0.0.1',
    port: simulator.smppPort,
    systemId: 'peyk',
    password: 'peyk-sim',
    systemType: '',
    window: 10,
    share: 0,
    limited: false,
    responseTimeoutMs: 1_000,
    enquireLinkMs: 30_000,
    bindNos: [0],
    ...over,
  };
}

async function listener(onData: (data: Buffer) => Buffer | undefined): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      const answer = onData(data);
      if (answer) socket.write(answer);
    });
  });
  listeners.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('SMPP over TLS', () => {
  beforeEach(async () => {
    simulator = await startOperatorSimulator({ accounts: account, tls: operatorTls });
  });
  const own = { caCertificate: testAuthority, name: operatorName };

  it("a message goes to an operator with a certificate of the link's own authority", async () => {
    const gateway = new FakeGateway();
    const link = linkTo({ tls: own });
    gateway.links.set(link.linkId, link);
    const session = new WorkerSession(
      gateway,
      { worker: 'tls', referenceTlv: true },
      logger,
      () => undefined,
    );
    await session.start();
    const bound = () => gateway.lastBeat?.binds.some(({ state }) => state === 'bound') ?? false;
    expect(await eventually(bound)).toBe(true);
    gateway.send({ linkId: link.linkId, count: 20, text: 'سلام' });
    expect(await eventually(() => simulator.operator.stats('peyk').accepted === 20)).toBe(true);
    await session.leave();
  });

  it('an operator with another certificate is told nothing, least of all the password', async () => {
    for (const [tls, fault] of [
      [{ caCertificate: null, name: operatorName }, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
      [{ caCertificate: testAuthority, name: 'smsc.other.test' }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ] as const)
      expect(await testLink(linkTo({ tls }))).toMatchObject({ outcome: 'tlsFailed', fault });
    expect(await testLink(linkTo({ tls: own }))).toMatchObject({ outcome: 'answered', smsc: 'OPERATOR' });
  });
});

describe('a test of a link', () => {
  beforeEach(async () => {
    simulator = await startOperatorSimulator({ accounts: account });
  });

  it('binds, is answered, and leaves no bind behind', async () => {
    expect(await testLink(linkTo())).toMatchObject({
      outcome: 'answered',
      status: null,
      fault: null,
      smsc: 'OPERATOR',
    });
    expect(await eventually(() => simulator.operator.stats('peyk').binds.length === 0)).toBe(true);
  });

  it('says what the operator refuses the bind with', async () => {
    expect(await testLink(linkTo({ password: 'other' }))).toMatchObject({
      outcome: 'bindRefused',
      status: 0x0e,
    });
    expect(await testLink(linkTo({ systemId: 'nobody' }))).toMatchObject({
      outcome: 'bindRefused',
      status: 0x0f,
    });
  });

  it('says how far it came where nobody answers as an SMSC does', async () => {
    const quick = (over: Partial<LinkAssignmentDto>) => testLink(linkTo(over), 500);
    const silent = await listener(() => undefined);
    const web = await listener(() => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await quick({ host: 'no-such-host.invalid' })).toMatchObject({ outcome: 'nameUnknown' });
    expect(await quick({ port: silent })).toMatchObject({ outcome: 'bindTimeout' });
    expect(await quick({ port: web })).toMatchObject({ outcome: 'notSmpp' });
    expect(await quick({ port: silent, tls: { caCertificate: null, name: 'a' } })).toMatchObject({
      outcome: 'connectTimeout',
    });
    const free = await listener(() => undefined);
    await new Promise((resolve) => listeners.pop()?.close(resolve));
    expect(await quick({ port: free })).toMatchObject({ outcome: 'refused', fault: 'ECONNREFUSED' });
  });
});

describe('a link whose account at the operator changes', () => {
  beforeEach(async () => {
    simulator = await startOperatorSimulator({
      accounts: { peyk: { ...account.peyk, latencyMs: 100 }, other: { password: 'other-sim', maxBinds: 2 } },
    });
  });

  it('empties its window, binds anew, and puts nothing in doubt', async () => {
    const gateway = new FakeGateway();
    const link = linkTo({ bindNos: [0, 1] });
    gateway.links.set(link.linkId, link);
    const session = new WorkerSession(
      gateway,
      { worker: 'other', referenceTlv: true },
      logger,
      () => undefined,
    );
    await session.start();
    gateway.send({ linkId: link.linkId, count: 600, text: 'سلام' });
    const accepted = (systemId: string) => simulator.operator.stats(systemId).accepted;
    expect(await eventually(() => accepted('peyk') > 20)).toBe(true);
    gateway.links.set(link.linkId, { ...link, systemId: 'other', password: 'other-sim' });
    expect(await eventually(() => accepted('peyk') + accepted('other') === 600)).toBe(true);
    expect(await eventually(() => gateway.rowsOf().every((row) => row.outcomes.length === 1))).toBe(true);
    expect(gateway.rowsOf().filter((row) => row.outcomes.some(({ kind }) => kind !== 'sent'))).toEqual([]);
    expect(accepted('other')).toBeGreaterThan(0);
    await session.leave();
  });
});
