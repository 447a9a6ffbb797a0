// npm run dead-letters -- list [queue] [--limit n] | redrive <queue> [--id messageId] [--limit n]
// Answers one JSON object a line on standard output; what it did, and why not, on standard error.
import { parseArgs } from 'node:util';
import { loadConfig } from '@peyk/platform';
import { DeadLettersConfig } from './config';
import { DeadLetters, listLimitDefault, redriveLimitDefault } from './dead-letters';
import { durableQueues } from './topology';

const usage = `usage: dead-letters list [queue] [--limit n]
       dead-letters redrive <queue> [--id message id] [--limit n]
queues: ${durableQueues().join(', ')}`;

class UsageError extends Error {}

interface Command {
  readonly act: 'list' | 'redrive';
  readonly queue?: string;
  readonly id?: string;
  readonly limit?: number;
}

function readArguments(args: readonly string[]): Command {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { id: { type: 'string' }, limit: { type: 'string' } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const [act, queue, ...rest] = parsed.positionals;
  const { id, limit } = parsed.values;
  if ((act !== 'list' && act !== 'redrive') || rest.length > 0) throw new UsageError('list or redrive');
  if (queue !== undefined && !durableQueues().includes(queue)) throw new UsageError(`no queue ${queue}`);
  if (act === 'redrive' && queue === undefined) throw new UsageError('which queue?');
  if (act === 'list' && id !== undefined) throw new UsageError('--id is for redrive');
  if (limit !== undefined && !/^[1-9]\d{0,4}$/.test(limit))
    throw new UsageError('--limit is from 1 to 99999');
  return { act, queue, id, limit: limit === undefined ? undefined : Number(limit) };
}

async function run(command: Command): Promise<void> {
  const letters = await DeadLetters.connect(loadConfig(DeadLettersConfig).rabbitmqUrl);
  try {
    if (command.act === 'redrive') {
      const { queue = '', id, limit = redriveLimitDefault } = command;
      const moved = await letters.redrive(queue, { id, limit });
      console.log(JSON.stringify({ queue, redriven: moved }));
      if (id !== undefined && moved === 0) throw new UsageError(`no dead letter ${id} in ${queue}`);
      return;
    }
    const counts = await letters.counts();
    for (const { queue, count } of counts) {
      if (command.queue !== undefined && command.queue !== queue) continue;
      const listed = await letters.list(queue, command.limit ?? listLimitDefault);
      for (const letter of listed) console.log(JSON.stringify(letter));
      console.error(`${queue}: ${listed.length} of ${count} shown`);
    }
    if (counts.length === 0) console.error('no dead letters');
  } finally {
    await letters.close().catch(() => undefined);
  }
}

async function main(): Promise<void> {
  await run(readArguments(process.argv.slice(2)));
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  console.error(error instanceof UsageError ? `${message}\n${usage}` : `dead-letters: ${message}`);
  process.exitCode = 1;
});
