import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseNationalCode } from '@peyk/persian';
import { importKinds as allKinds } from '@peyk/contracts/identity';
import { importKinds, sampleOf } from './kinds';
import type { ImportKind } from './kinds';

const known = readFileSync(resolve(__dirname, '../../../../identity/src/imports/import-kinds.ts'), 'utf8');
const kinds = Object.keys(importKinds) as ImportKind[];

describe('help for files of people and basic data', () => {
  it('IDN-203 knows every kind that the server takes', () => {
    expect(kinds.sort()).toEqual([...allKinds].sort());
  });

  it.each(kinds)('IDN-203 the headings of %s are some that the server knows', (kind) => {
    const headings = sampleOf(kind).replace('\ufeff', '').split('\r\n')[0]?.split(',') ?? [];
    expect(headings.filter((heading) => !known.includes(`'${heading}'`))).toEqual([]);
    expect(headings.length).toBe(importKinds[kind].columns.length);
    expect(importKinds[kind].columns.filter(({ needed }) => needed).length).toBeGreaterThanOrEqual(2);
  });

  it('the sample person has a national code that passes its check', () => {
    expect(sampleOf('students')).toContain('0012345679');
    expect(parseNationalCode('0012345679')).toBe('0012345679');
  });
});
