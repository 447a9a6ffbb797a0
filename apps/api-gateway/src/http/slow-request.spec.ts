import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { targetingUploadsRpc } from '@peyk/contracts/targeting';
import { buildList } from '../testing/examples.fixture';
import { startGateway, tokenOf } from '../testing/gateway.fixture';
import type { RunningGateway } from '../testing/gateway.fixture';

const upload = '/api/v1/recipient-lists/file';
const part = '--xyz\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n';
/** In the order of their lengths: which of them cut a line is told by what was still borne then. */
const bounds = {
  ...{ lookMs: 50, lingerMs: 150, headMs: 300, bodyMs: 300 },
  ...{ silenceMs: 2_000, requestMs: 6_000 },
};
const dripMs = 50;

/** A client that sends `head`, then `drip` again and again (or nothing), and never ends. */
class SlowClient {
  said = '';
  readonly closed: Promise<void>;
  private readonly socket: Socket;
  private readonly timer: NodeJS.Timeout;

  constructor(gateway: RunningGateway, head: string, drip: string) {
    const { port } = gateway.app.getHttpServer().address() as AddressInfo;
    this.socket = connect(port, '127.0.0.1', () => this.socket.write(head));
    this.socket.on('error', () => undefined);
    this.socket.on('data', (bytes) => (this.said += bytes.toString()));
    this.timer = setInterval(() => {
      if (drip !== '' && this.socket.writable) this.socket.write(drip);
    }, dripMs);
    this.closed = new Promise((resolve) => {
      this.socket.once('close', () => {
        clearInterval(this.timer);
        resolve();
      });
    });
  }

  /** Status and error code of the answer. */
  get answer(): [status: number, code: string | undefined] {
    return [Number(/^HTTP\/1\.1 (\d+)/.exec(this.said)?.[1] ?? 0), /"code":"([\w.]+)"/.exec(this.said)?.[1]];
  }

  get isClosed(): boolean {
    return this.socket.closed;
  }

  end(): void {
    clearInterval(this.timer);
    this.socket.destroy();
  }
}

const headOf = (method: string, path: string, ...headers: string[]): string =>
  [`${method} ${path} HTTP/1.1`, 'host: x', ...headers].join('\r\n');
const multipart = ['content-type: multipart/form-data; boundary=xyz', 'content-length: 100000'];

describe('a request that does not come to its end', () => {
  let gateway: RunningGateway;
  let aborted = 0;
  const clients: SlowClient[] = [];
  const slow = (head: string, drip: string): SlowClient => {
    const client = new SlowClient(gateway, head, drip);
    clients.push(client);
    return client;
  };
  const signedIn = (): string => `authorization: Bearer ${tokenOf()}`;
  const startUpload = (drip: string): SlowClient =>
    slow(`${headOf('POST', upload, signedIn(), ...multipart)}\r\n\r\n${part}`, drip);

  beforeAll(async () => {
    gateway = await startGateway({ TRANSFERS_PER_ACCOUNT: '2' }, bounds);
    gateway.services.on(targetingUploadsRpc.open, () => buildList({ state: 'uploading' }));
    gateway.services.on(targetingUploadsRpc.append, () => ({}));
    gateway.services.on(targetingUploadsRpc.abort, () => {
      aborted += 1;
      return {};
    });
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    aborted = 0;
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.end();
  });

  it('a line without a byte, and headers that trickle, are cut after a minute, in our error shape', async () => {
    const file = startUpload('x');
    const nothing = slow('', '');
    const headers = slow(headOf('GET', '/api/v1/me', 'x-slow: '), 'x');
    await Promise.all([nothing.closed, headers.closed]);
    expect([nothing.answer, headers.answer]).toEqual([
      [408, 'input.invalid'],
      [408, 'input.invalid'],
    ]);
    expect(file.isClosed).toBe(false);
  });

  it('a file of nobody, of a token that is none, and at a route that takes no file is answered at once and cut', async () => {
    const file = startUpload('x');
    const strangers = [
      slow(`${headOf('POST', upload, ...multipart)}\r\n\r\n${part}`, 'x'),
      slow(`${headOf('POST', upload, 'authorization: Bearer a.b.c', ...multipart)}\r\n\r\n${part}`, 'x'),
      slow(
        `${headOf('POST', '/api/v1/sessions', 'x-requested-with: spec', ...multipart)}\r\n\r\n${part}`,
        'x',
      ),
      slow(`${headOf('POST', '/api/v1/no-such', ...multipart)}\r\n\r\n${part}`, 'x'),
      slow(`${headOf('POST', '/api/v1/sends', signedIn(), ...multipart)}\r\n\r\n${part}`, 'x'),
      slow(`${headOf('GET', '/api/v1/me', signedIn(), ...multipart)}\r\n\r\n${part}`, 'x'),
    ];
    await Promise.all(strangers.map(({ closed }) => closed));
    expect(strangers.map(({ answer }) => answer)).toEqual([
      [401, 'access.tokenMissing'],
      [401, 'access.tokenInvalid'],
      [400, 'input.unsupportedType'],
      [404, 'route.notFound'],
      [400, 'input.unsupportedType'],
      // It reads no body; the service behind it is away here.
      [503, 'service.unavailable'],
    ]);
    expect(file.isClosed).toBe(false);
  });

  it('JSON that trickles is cut after a minute, signed in or not', async () => {
    const file = startUpload('x');
    const json = ['content-type: application/json', 'content-length: 1000'];
    const bodies = [
      slow(`${headOf('POST', '/api/v1/sends', signedIn(), ...json)}\r\n\r\n{`, ' '),
      slow(`${headOf('POST', '/api/v1/sessions', ...json)}\r\n\r\n{`, ' '),
      slow(
        `${headOf('POST', '/api/v1/sends', signedIn(), json[0] ?? '', 'transfer-encoding: chunked')}\r\n\r\n`,
        '1\r\n \r\n',
      ),
    ];
    await Promise.all(bodies.map(({ closed }) => closed));
    expect(file.isClosed).toBe(false);
  });

  it('SMS-215 a file that stalls is cut and forgotten while one that trickles is borne, in the end not either', async () => {
    const trickles = startUpload('x');
    const stalls = startUpload('');
    await stalls.closed;
    expect(trickles.isClosed).toBe(false);
    while (aborted < 1) await new Promise((resolve) => setTimeout(resolve, 20));
    // Its place among the transfers of the account is free again.
    const third = startUpload('x');
    while (gateway.services.callsOf(targetingUploadsRpc.open).length < 3)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(third.isClosed).toBe(false);
    await trickles.closed;
    while (aborted < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(third.isClosed).toBe(false);
  });
});
