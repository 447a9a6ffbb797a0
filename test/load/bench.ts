import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { Bench, say } from './bench-context';
import { control, dispatch, fair, imports, intake, memory, otp, pace, stages } from './benches';
import type { Figures } from './benches';
import { ledger } from './ledger';
import { longLife } from '../integration/sms-gateway/long-life.bench';
import { panel } from './panel';
import { signIn } from './sign-in';

/**
 * `npm run bench -- <name>... [--compare] [--messages N] [--rows N] [--seconds N] [--sends N]`: the real programs,
 * PostgreSQL, RabbitMQ and SMPP on loopback. One JSON object a line on standard output, progress on standard error.
 */
const benches: Readonly<Record<string, (bench: Bench, options: Record<string, number>) => Promise<Figures>>> =
  {
    dispatch,
    pace,
    otp,
    fair: (bench) => fair(bench),
    control: (bench) => control(bench),
    intake,
    import: imports,
    memory: (bench) => memory(bench),
    stages,
    'sign-in': signIn,
    ledger,
    panel,
  };

/** Without programs: they bring what they need themselves. Only run when named; `long-life` takes minutes and 10 GB. */
const alone: Readonly<Record<string, (options: Record<string, number>) => Promise<Figures>>> = {
  'long-life': longLife,
};

async function run(name: string, options: Record<string, number>): Promise<Figures | undefined> {
  const without = alone[name];
  if (without) return without(options);
  // Each on fresh databases: no bench pays for the rows of another.
  // Only `stages` writes a whole send ahead of any worker.
  const bench = await Bench.start(name === 'stages' ? { SMS_LOOKAHEAD_MESSAGES: '1000000' } : {});
  try {
    return await benches[name]?.(bench, options);
  } finally {
    await bench.stop();
  }
}

async function main(args: readonly string[]): Promise<void> {
  const options: Record<string, number> = {};
  const names: string[] = [];
  let compare = false;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--compare') compare = true;
    else if (arg.startsWith('--')) options[arg.slice(2)] = Number(args[++at]);
    else names.push(arg);
  }
  const wanted = names.length > 0 ? names : Object.keys(benches);
  const known = [...Object.keys(benches), ...Object.keys(alone)];
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`no bench ${unknown.join(', ')}; there are ${known.join(', ')}`);
  const stored = JSON.parse(
    readFileSync(resolve(__dirname, '../../docs/performance.json'), 'utf8'),
  ) as Record<string, unknown>;
  for (const name of wanted) {
    say(`bench ${name}`);
    const figures = await run(name, options);
    const line = {
      bench: name,
      ...figures,
      machine: `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
      node: process.version,
    };
    process.stdout.write(`${JSON.stringify(compare ? { ...line, stored: stored[name] ?? null } : line)}\n`);
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    say(String(error instanceof Error ? error.stack : error));
    process.exit(1);
  },
);
