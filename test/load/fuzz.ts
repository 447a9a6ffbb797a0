import { Fuzz, summaryOf } from '../support/fuzz';
import { Bench, say } from './bench-context';

/**
 * `npm run fuzz -- [--requests N] [--seed N] [--minutes N]`: the real programs on servers of their own, and hostile
 * requests at every route. Exit code 1 when one was answered with 5xx or not at all.
 */
async function main(args: readonly string[]): Promise<number> {
  const option = (name: string, otherwise: number): number => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? otherwise : Number(args[at + 1]);
  };
  const seed = option('seed', Date.now() % 1_000_000_000);
  const bench = await Bench.start({ TRUST_PROXY: '127.0.0.1' });
  try {
    say(`fuzz: seed ${seed}`);
    const fuzz = new Fuzz({
      origin: new URL(bench.system.baseUrl).origin,
      seed,
      requests: option('requests', 10_000),
      forMs: option('minutes', 20) * 60_000,
      atOnce: 8,
    });
    const result = await fuzz.run();
    process.stdout.write(`${summaryOf(result, seed)}\n`);
    return result.findings.length > 0 ? 1 : 0;
  } finally {
    await bench.stop();
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
