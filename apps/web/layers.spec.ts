import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** What ESLint says with the rule of eslint.config.mjs to each import of `[file below src, what it imports]`. */
function refusalsOf(imports: readonly (readonly [string, string])[]): readonly (string | null)[] {
  // ESLint and its configuration are modules, which Jest does not load.
  const script = `
    import { Linter } from 'eslint';
    import config from ${JSON.stringify(resolve(root, 'eslint.config.mjs'))};
    const { plugins } = config.find((part) => part.plugins?.peyk);
    const rules = { 'peyk/layers': 'error' };
    const linter = new Linter({ cwd: ${JSON.stringify(root)} });
    const said = JSON.parse(process.argv[1]).map(([file, source]) => {
      const options = { filename: ${JSON.stringify(resolve(root, 'apps/web/src'))} + '/' + file };
      const found = linter.verify("import '" + source + "';", { files: ['**/*.ts'], plugins, rules }, options);
      return found[0]?.message ?? null;
    });
    process.stdout.write(JSON.stringify(said));`;
  const args = ['--input-type=module', '-e', script, JSON.stringify(imports)];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })) as string[];
}

describe('the lint rule of the layers of the panel', () => {
  const allowed = [
    ['main.ts', './app/router'],
    ['app/menu.ts', '../features/home/home.screen'],
    ['features/sends/report/send-report.ts', '../../../parts/sends/words'],
    ['features/sends/report/send-report.ts', '../send-name'],
    ['parts/sends/words.ts', '../../ui/format'],
    ['ui/states.ts', '../api/client'],
    ['api/client.ts', '../i18n/fa.json'],
  ] as const;
  const refused = [
    [
      'features/sends/sends.screen.ts',
      '../templates/template-form',
      'features/sends does not import features/templates',
    ],
    ['features/home/notices.ts', '../../app/features', 'features/home does not import app'],
    ['parts/sends/words.ts', '../lines/line-words', 'parts/sends does not import parts/lines'],
    ['parts/sends/words.ts', '../../features/sends/send-name', 'parts/sends does not import features'],
    ['ui/download.ts', '../app/router', 'ui does not import app'],
    ['ui/download.ts', '../parts/sends/words', 'ui does not import parts'],
    ['api/client.ts', '../ui/format', 'api does not import ui'],
  ] as const;

  it('refuses another feature, another part and whatever stands above', () => {
    const said = refusalsOf([...allowed, ...refused].map(([file, source]) => [file, source] as const));
    expect(said.slice(0, allowed.length)).toEqual(allowed.map(() => null));
    const expected = refused.map(([, , message]) => expect.stringContaining(message) as string);
    expect(said.slice(allowed.length)).toEqual(expected);
  });
});
