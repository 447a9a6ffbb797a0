import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const features = resolve(__dirname, '../../apps/web/src/features');

export interface ListedScreen {
  readonly path: string;
  /** As it is written in the list: `'public'`, `'everyone'`, `customers` or an array of roles. */
  readonly who: string;
}

/** Every screen that the features list. Read from the source: the list itself belongs to the browser. */
export function listedScreens(): readonly ListedScreen[] {
  const files = readdirSync(features, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('screens.ts'))
    .flatMap((file) => {
      const source = readFileSync(join(features, file), 'utf8');
      const found = [...source.matchAll(/path: '([^']+)',[^}]*?who: ('\w+'|\w+|\[[^\]]*\]),/g)];
      const paths = source.match(/^\s*path: /gm) ?? [];
      if (found.length !== paths.length)
        throw new Error(`${file} lists screens in a form that is not known here`);
      return found.map(([, path = '', who = '']) => ({ path, who }));
    });
}
