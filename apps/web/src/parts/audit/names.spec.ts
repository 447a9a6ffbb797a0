import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { actionName } from './names';

const identity = resolve(__dirname, '../../../../identity/src');

/** Actions as identity writes them into its audit log. */
function actionsOfIdentity(): string[] {
  const files = readdirSync(identity, { recursive: true, encoding: 'utf8' });
  const code = files.filter(
    (file) => file.endsWith('.ts') && !/\.spec\.ts$|\/testing\/|migrations/.test(file),
  );
  const groups = 'account|sign_in|password|session|api_key|bale|barcode|import|line|list|correction';
  const found = code.flatMap((file) =>
    [
      ...readFileSync(join(identity, file), 'utf8').matchAll(
        new RegExp(`action: '((?:${groups})\\.[a-z_]+)'`, 'g'),
      ),
    ].map(([, action = '']) => action),
  );
  return [...new Set(found)].sort();
}

describe('words of the audit log', () => {
  it('IDN-221 are there for every action that identity writes', () => {
    const actions = actionsOfIdentity();
    expect(actions.length).toBeGreaterThan(10);
    expect(actions.filter((action) => !actionName(action))).toEqual([]);
  });
});
