import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../../../..');

describe('what is generated for the panel', () => {
  it('is what docs/openapi.json and the error table say (npm run gen:web)', () => {
    const args = ['-r', '@swc-node/register', 'apps/web/generate.ts', '--check'];
    expect(() => execFileSync(process.execPath, args, { cwd: root, stdio: 'pipe' })).not.toThrow();
  });
});
