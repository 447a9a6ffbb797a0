import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demo } from '../support/system';
import { platform } from './platform';

jest.setTimeout(300_000);

const scriptTimeoutMs = 120_000;
const border = '=== next example ===';

/** Runs the lines as a reader would paste them, in a folder of their own; answers what each example printed. */
async function runExamples(examples: readonly string[], env: Record<string, string>): Promise<string[]> {
  const cwd = mkdtempSync(join(tmpdir(), 'peyk-examples-'));
  try {
    const script = ['set -eu', ...examples.flatMap((lines) => [lines, 'echo', `echo '${border}'`])].join(
      '\n',
    );
    const shell = spawn('sh', ['-c', script], {
      cwd,
      env: { PATH: process.env['PATH'], ...env },
      timeout: scriptTimeoutMs,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    shell.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
    const code = await new Promise((resolve) => shell.once('close', resolve));
    expect([code, printed.split(border).length]).toEqual([0, examples.length + 1]);
    return printed.split(border);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

describe('the worked examples of the API', () => {
  it('do, line by line, what they say', async () => {
    const system = await platform();
    const origin = system.baseUrl.replace(/\/api\/v1$/, '');
    const response = await fetch(`${origin}/api/docs/openapi.json`);
    const { info } = (await response.json()) as { info: { description: string } };
    const examples = [...info.description.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, lines]) => lines ?? '');
    expect(examples).toHaveLength(5);
    const { username: NAME, password: PASSWORD } = demo.customer;
    const printed = await runExamples(examples, { PEYK: origin, NAME, PASSWORD });
    expect(printed[1]).toContain(demo.serviceLine);
    expect(printed[1]).toMatch(/"parts":\d+/);
    expect(printed[2]).toContain('0912');
    // A head, and a line for each of the two who could be reached.
    expect(printed[3]?.trim().split(/\r?\n/)).toHaveLength(3);
    expect(printed[4]).toMatch(/"messages":\[/);
    expect(printed[4]).toMatch(/"availableRials":\d+/);
  });
});
