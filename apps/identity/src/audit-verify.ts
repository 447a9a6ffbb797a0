import { createDataSource } from '@peyk/database';
import { createLogger } from '@peyk/platform';
import { verifyAudit } from './audit/audit.verify';
import type { ChainHead } from './audit/audit.verify';
import { readCommandConfig } from './config';
import { databaseOptions } from './data-source';

/**
 * `verify [<position>:<link>]`: prints the state of the audit chain as one JSON object; exit code 1 when anything
 * differs. The `head` of an earlier run shows that nothing up to it was rewritten since.
 */
async function main([act, head]: readonly string[]): Promise<void> {
  const known = head === undefined ? undefined : headOf(head);
  if (act !== 'verify' || (head !== undefined && !known))
    throw new Error('usage: audit verify [<position>:<link in hex>]');
  const { databaseUrl } = readCommandConfig();
  const dataSource = await createDataSource(
    databaseOptions({ databaseUrl, databasePoolMax: 1 }),
  ).initialize();
  try {
    const verification = await verifyAudit(dataSource, known);
    process.stdout.write(`${JSON.stringify(verification, undefined, 2)}\n`);
    if (verification.differences.length > 0) process.exitCode = 1;
  } finally {
    await dataSource.destroy();
  }
}

function headOf(text: string): ChainHead | undefined {
  const [, position, link] = /^(\d{1,15}):([\da-f]{64})$/.exec(text) ?? [];
  return position && link ? { position: Number(position), link } : undefined;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  createLogger('identity').fatal({ err: error }, 'cannot verify the audit log');
  process.exitCode = 1;
});
