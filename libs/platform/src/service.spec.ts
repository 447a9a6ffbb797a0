import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

// A program of its own, as it is built: signals and exit codes are what is tested.
const prelude = `
  const load = require('node:module').createRequire(process.cwd() + '/dist/libs/');
  const { Module, Controller, Get } = load('@nestjs/common');
  const { startService } = load('./platform/src');
  const config = { logLevel: 'info', healthHost: '127.0.0.1', healthPort: 0 };
  const moduleOf = (metadata, members = {}) => {
    const type = class AppModule {};
    Object.assign(type.prototype, members);
    Module(metadata)(type);
    return type;
  };
`;

type Line = Readonly<Record<string, unknown>>;

class Program {
  private readonly process: ChildProcess;
  private readonly lines: Line[] = [];
  private readonly waiting: (() => void)[] = [];
  readonly exit: Promise<number | null>;

  constructor(code: string) {
    this.process = spawn(process.execPath, ['-e', prelude + code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.exit = once(this.process, 'close').then(([exitCode]) => exitCode as number | null);
    if (!this.process.stdout) throw new Error('no output');
    createInterface(this.process.stdout).on('line', (line) => {
      this.lines.push(JSON.parse(line) as Line);
      this.waiting.splice(0).forEach((wake) => wake());
    });
  }

  async line(msg: string): Promise<Line> {
    for (;;) {
      const found = this.lines.find((line) => line['msg'] === msg);
      if (found) return found;
      await Promise.race([
        new Promise<void>((resolve) => this.waiting.push(resolve)),
        this.exit.then(() =>
          Promise.reject(new Error(`ended without "${msg}": ${JSON.stringify(this.lines)}`)),
        ),
      ]);
    }
  }
  has(msg: string): boolean {
    return this.lines.some((line) => line['msg'] === msg);
  }
  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }
}

describe('startService', () => {
  jest.setTimeout(90_000);
  let program: Program;
  afterEach(() => program.kill('SIGKILL'));

  it('closes the transport before the module, answers 503 meanwhile, and exits 0 also after two signals', async () => {
    program = new Program(`
      const say = (msg) => console.log(JSON.stringify({ msg }));
      const strategy = {
        listen: (ready) => ready(),
        close: async () => { say('draining'); await new Promise((r) => process.once('SIGUSR2', r)); say('drained'); },
        on() {}, unwrap() {}, addHandler() {}, setTransportId() {}, setOnProcessingStartHook() {}, setOnProcessingEndHook() {},
      };
      void startService({ name: 'spec', config, microservice: { strategy },
        module: moduleOf({}, { onModuleDestroy: () => say('module closed') }) });
    `);
    const { healthPort } = await program.line('ready');
    const ready = (): Promise<Response> => fetch(`http://127.0.0.1:${String(healthPort)}/health/ready`);
    expect((await ready()).status).toBe(200);
    program.kill('SIGINT');
    program.kill('SIGTERM');
    await program.line('draining');
    expect(program.has('module closed')).toBe(false);
    expect((await ready()).status).toBe(503);
    program.kill('SIGUSR2');
    await program.line('drained');
    expect(await program.exit).toBe(0);
    expect(program.has('module closed')).toBe(true);
  });

  it('answers HTTP of its own on a port without health and metrics', async () => {
    program = new Program(`
      const { createServer } = require('node:http');
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const { port } = probe.address();
        probe.close(() => {
          class Hello { hello() { return 'hello'; } }
          Get('hello')(Hello.prototype, 'hello', Object.getOwnPropertyDescriptor(Hello.prototype, 'hello'));
          Controller()(Hello);
          console.log(JSON.stringify({ msg: 'port', port }));
          void startService({ name: 'spec', config, module: moduleOf({ controllers: [Hello] }),
            http: { host: '127.0.0.1', port, configure: (app) => void app.setGlobalPrefix('api') } });
        });
      });
    `);
    const { port } = await program.line('port');
    await program.line('ready');
    const response = await fetch(`http://127.0.0.1:${String(port)}/api/hello`);
    expect(await response.text()).toBe('hello');
    for (const path of ['/metrics', '/health/ready', '/api/metrics']) {
      expect((await fetch(`http://127.0.0.1:${String(port)}${path}`)).status).toBe(404);
    }
    program.kill('SIGTERM');
    expect(await program.exit).toBe(0);
  });

  it('exits 1 with the reason when the start fails', async () => {
    program = new Program(`
      void startService({ name: 'spec', config,
        module: moduleOf({}, { onModuleInit: () => Promise.reject(new Error('no database')) }) });
    `);
    expect(await program.line('could not start')).toMatchObject({
      level: 'fatal',
      err: { message: 'no database' },
    });
    expect(await program.exit).toBe(1);
  });

  it.each([
    ['unhandledRejection', `Promise.reject(new Error('lost'))`],
    ['uncaughtException', `setImmediate(() => { throw new Error('lost'); })`],
  ])('exits 1 on %s with the error in the log', async (event, act) => {
    program = new Program(`
      void startService({ name: 'spec', config, module: moduleOf({}) }).then(() => void (${act}));
    `);
    expect(await program.line(event)).toMatchObject({ level: 'fatal', err: { message: 'lost' } });
    expect(await program.exit).toBe(1);
  });
});
