import { runDatabaseCommand } from '@peyk/database';
import { verifyAudit } from './audit/audit.verify';
import type { ChainHead } from './audit/audit.verify';
import { IdentityConfig } from './config';
import { databaseOptions } from './data-source';

/**
 * `verify [<position>:<link>]`: prints the state of the audit chain as one JSON object; exit code 1 when anything
 * differs. The `head` of an earlier run shows that nothing up to it was rewritten since.
 */
runDatabaseCommand(
  { program: 'identity', action: 'verify the audit log', config: IdentityConfig, database: databaseOptions },
  async ({ dataSource, args: [act, head] }) => {
    const known = head === undefined ? undefined : headOf(head);
    if (act !== 'verify' || (head !== undefined && !known))
      throw new Error('usage: audit verify [<position>:<link in hex>]');
    const verification = await verifyAudit(dataSource, known);
    process.stdout.write(`${JSON.stringify(verification, undefined, 2)}\n`);
    return verification.differences.length > 0 ? 1 : 0;
  },
);

function headOf(text: string): ChainHead | undefined {
  const [, position, link] = /^(\d{1,15}):([\da-f]{64})$/.exec(text) ?? [];
  return position && link ? { position: Number(position), link } : undefined;
}
