import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { errorTable } from '@peyk/contracts';
import * as ts from 'typescript';
import errors from './errors.fa.json';

const source = resolve(__dirname, '..');
const persian = /[\u0600-\u06ff]/;
/** What the language itself is made of: names of months, digits' separators. */
const language = ['ui/format.ts', 'ui/jalali-calendar.ts', 'ui/inputs.tsx'];

const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
const code = files.filter((file) => /\.tsx?$/.test(file) && !/\.(spec|d)\.ts$/.test(file));
const texts = files.filter((file) => /(^|[/.])fa\.json$/.test(file));

/** Persian words written in code, with their line. */
function wordsIn(file: string): string[] {
  const text = readFileSync(join(source, file), 'utf8');
  if (!persian.test(text)) return [];
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isText = ts.isStringLiteralLike(node) || ts.isJsxText(node) || ts.isTemplateExpression(node);
    if (isText && persian.test(node.getText())) {
      found.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

describe('texts of the panel', () => {
  it('stand in fa.json, not in code', () => {
    expect(code.length).toBeGreaterThan(40);
    expect(code.filter((file) => !language.includes(file)).flatMap(wordsIn)).toEqual([]);
  });

  it('WEB-204 has a Persian one for every error code', () => {
    expect(Object.keys(errors).sort()).toEqual(Object.keys(errorTable).sort());
    expect(Object.values(errors).filter((text) => !persian.test(text))).toEqual([]);
  });

  it('are all used', () => {
    const all = code.map((file) => readFileSync(join(source, file), 'utf8')).join('\n');
    for (const file of texts.filter((name) => !/(errors|labels)\.fa\.json$/.test(name))) {
      const keys = Object.keys(JSON.parse(readFileSync(join(source, file), 'utf8')) as object);
      const unused = keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(all));
      expect([file, unused]).toEqual([file, []]);
    }
    expect(existsSync(join(source, 'i18n/fa.json'))).toBe(true);
  });
});
