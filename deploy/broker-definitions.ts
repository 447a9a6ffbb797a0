/**
 * What is there on RabbitMQ before any program runs, and what each program's user may do with it, from the list of
 * programs and their contracts: `node -r @swc-node/register deploy/broker-definitions.ts` writes it, with `--check` it
 * only says whether the file is up to date (exit code 1 when not), with `--print` what would be in it. Users and their passwords are each installation's.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokerDefinitions } from '@peyk/messaging';
import { PROGRAMS } from './local/lib/programs.mjs';

export const brokerDefinitionsPath = join(__dirname, 'docker', 'rabbitmq-definitions.json');

export function brokerDefinitionsText(): string {
  return `${JSON.stringify(brokerDefinitions(PROGRAMS.filter(({ talks }) => talks)), null, 2)}\n`;
}

function main(args: readonly string[]): number {
  if (args.includes('--print')) {
    process.stdout.write(brokerDefinitionsText());
    return 0;
  }
  if (!args.includes('--check')) {
    writeFileSync(brokerDefinitionsPath, brokerDefinitionsText());
    return 0;
  }
  if (readFileSync(brokerDefinitionsPath, 'utf8') === brokerDefinitionsText()) return 0;
  process.stderr.write('deploy/docker/rabbitmq-definitions.json is stale: npm run gen:contracts\n');
  return 1;
}

if (require.main === module) process.exitCode = main(process.argv.slice(2));
