import { renderEnvExample } from '@peyk/platform';
import { programConfigs } from './apps';

/** `.env.example` from the programs' configuration classes. */
export function envExample(): string {
  return renderEnvExample(programConfigs);
}
