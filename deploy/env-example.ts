/**
 * `.env.example` from the programs' configuration classes: `node -r @swc-node/register deploy/env-example.ts` writes it,
 * with `--check` it only says whether the file is up to date (exit code 1 when not).
 */
/* eslint-disable peyk/layers -- the one place outside the apps that reads their configuration classes, and nothing else of them */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderEnvExample } from '@peyk/platform';
import { GatewayConfig } from '../apps/api-gateway/src/config';
import { BillingConfig } from '../apps/billing/src/config';
import { TargetingConfig } from '../apps/campaign-targeting/src/config';
import { IdentityConfig } from '../apps/identity/src/config';
import { SimulatorsConfig } from '../apps/simulators/src/config';
import { WorkerConfig } from '../apps/sms-dispatch-worker/src/config';
import { SmsGatewayConfig } from '../apps/sms-gateway/src/config';

export const programConfigs: Readonly<Record<string, new () => object>> = {
  identity: IdentityConfig,
  billing: BillingConfig,
  'campaign-targeting': TargetingConfig,
  'sms-gateway': SmsGatewayConfig,
  'sms-dispatch-worker': WorkerConfig,
  'api-gateway': GatewayConfig,
  simulators: SimulatorsConfig,
};

export const envExamplePath = join(__dirname, '..', '.env.example');

export function envExample(): string {
  return renderEnvExample(programConfigs);
}

function main(args: readonly string[]): number {
  if (!args.includes('--check')) {
    writeFileSync(envExamplePath, envExample());
    return 0;
  }
  if (readFileSync(envExamplePath, 'utf8') === envExample()) return 0;
  process.stderr.write('.env.example is stale: npm run env:example\n');
  return 1;
}

if (require.main === module) process.exitCode = main(process.argv.slice(2));
