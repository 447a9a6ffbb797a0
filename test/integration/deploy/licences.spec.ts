import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** What package.json of a package may say: a name, an object of the old form, or nothing. */
type Stated = string | { type?: string } | { type?: string }[] | undefined;
interface Manifest {
  license?: Stated;
  licenses?: Stated;
}
interface Locked {
  license?: string;
  dev?: boolean;
}

/** Cells of the rows of a page's tables whose first cell is code, without the marks of code. */
const rows = [...read('docs/licences.md').matchAll(/^\| `[^\n]*/gm)].map(([row]) =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replace(/^`|`$/g, '')),
);
const allowed = new Map(
  rows.filter((row) => row.length === 3).map(([licence = '', , usedBy = '']) => [licence, usedBy]),
);
const exceptions = new Map(
  rows
    .filter((row) => row.length === 4)
    .map(([name = '', says = '', licence = '']) => [name, { says, licence }]),
);

function nameOf(stated: Stated): string {
  if (Array.isArray(stated)) return stated.map(nameOf).join(' AND ');
  return (typeof stated === 'string' ? stated : stated?.type) ?? '';
}

/** Of `(MIT OR CC0-1.0)` one is enough; of `Apache-2.0 AND MIT` all are asked. */
function isAllowed(licence: string, usedBy: 'programs' | 'development'): boolean {
  const fits = (name: string): boolean =>
    allowed.get(name) === 'programs' || (usedBy === 'development' && allowed.get(name) === 'development');
  return licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every(fits));
}

const { packages: locked } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const packages = Object.entries(locked)
  .filter(([path]) => path !== '')
  .map(([path, { license, dev }]) => {
    const manifest = join(root, path, 'package.json');
    const installed = existsSync(manifest)
      ? (JSON.parse(readFileSync(manifest, 'utf8')) as Manifest)
      : undefined;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const says = nameOf(installed ? (installed.license ?? installed.licenses) : license);
    const exception = exceptions.get(name);
    const licence = exception && exception.says === (says || 'nothing') ? exception.licence : says;
    // Packages of other machines are not installed, and not all of them have their licence in the lock file.
    return { name, licence, usedBy: dev ? 'development' : 'programs', known: installed ?? license } as const;
  })
  .filter(({ known }) => known);

describe('the licence', () => {
  it('is the same in package.json, in its lock file and in the documents, with its verbatim text', () => {
    const { license } = JSON.parse(read('package.json')) as Manifest;
    expect(license).toBe('AGPL-3.0-or-later');
    expect(locked['']?.license).toBe(license);
    expect(read('README.md')).toContain(`[${nameOf(license)}](LICENSE)`);
    expect(read('docs/licences.md')).toContain(`\`${nameOf(license)}\``);
    // Of https://www.gnu.org/licenses/agpl-3.0.txt: "changing it is not allowed".
    expect(createHash('sha256').update(read('LICENSE')).digest('hex')).toBe(
      '0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0',
    );
  });

  it('of every package is one that docs/licences.md lets in', () => {
    expect(packages.length).toBeGreaterThan(500);
    const refused = packages.filter(({ licence, usedBy }) => !isAllowed(licence, usedBy));
    expect(refused.map(({ name, licence, usedBy }) => `${name} (${usedBy}): ${licence || 'none'}`)).toEqual(
      [],
    );
  });

  it('refuses what it must', () => {
    expect(isAllowed('BUSL-1.1', 'development')).toBe(false);
    expect(isAllowed('', 'programs')).toBe(false);
    expect(isAllowed('MIT AND GPL-2.0-only', 'programs')).toBe(false);
    expect(isAllowed('MPL-2.0', 'programs')).toBe(false);
    expect(isAllowed('(GPL-2.0-only OR MIT)', 'programs')).toBe(true);
  });

  it('lists no licence and no exception that no package has', () => {
    const used = packages.map(({ licence }) => licence).join(' ');
    expect([...allowed.keys()].filter((licence) => !used.includes(licence))).toEqual([]);
    const names = packages.map(({ name }) => name);
    expect([...exceptions.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });
});
