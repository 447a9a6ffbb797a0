import { rpcContracts } from './contracts';
import { errorTable } from './errors';
import { dtoClasses, fieldsOf } from './core/fields';
import type { DtoClass } from './core/fields';
import { fieldLabel, fieldLabels } from './core/labels';
import './index';

const latinNames = /[A-Za-z]/;

/** A word as a program writes it: `nationalCode`, `list.empty`, `national_code`. Names of file types and standards are none. */
const identifier = /\b[a-z][a-z0-9]*([A-Z_.][A-Za-z0-9]*)+/;

/** Every class that somebody's call may be refused for, with those within it. */
function refusable(): ReadonlySet<DtoClass> {
  const found = new Set<DtoClass>();
  const add = (dto: DtoClass): void => {
    if (found.has(dto)) return;
    found.add(dto);
    for (const spec of fieldsOf(dto).values()) if (spec.dto) add(spec.dto());
  };
  for (const { input, access } of rpcContracts()) if (access !== 'service') add(input);
  return found;
}

describe('Persian labels of fields', () => {
  it('the refusal of a field said «nationalCode»: every field that can be refused has a Persian word', () => {
    const classes = refusable();
    expect(classes.size).toBeGreaterThan(100);
    const without = [...classes].flatMap((dto) =>
      [...fieldsOf(dto).keys()]
        .filter((name) => fieldLabel(name, dto.name).label === fieldLabel('no such field').label)
        .map((name) => `${dto.name}.${name}`),
    );
    expect(without).toEqual([]);
  });

  it('have no Latin letter, and none that no class needs', () => {
    expect(Object.values(fieldLabels).filter((label) => latinNames.test(label))).toEqual([]);
    const names = new Set(dtoClasses().flatMap((dto) => [...fieldsOf(dto).keys()]));
    const edge = ['amountToman', 'body', 'file', 'url'];
    const unused = Object.keys(fieldLabels).filter(
      (key) => !names.has(key.split('.').at(-1) ?? '') && !edge.includes(key),
    );
    expect(unused).toEqual([]);
  });

  it('no Persian message of an error contains an identifier', () => {
    const texts = Object.values(errorTable).flatMap(({ fa, reasons }) => [
      fa,
      ...Object.values(reasons ?? {}).map((reason) => reason.fa),
    ]);
    expect(texts.filter((text) => identifier.test(text))).toEqual([]);
  });

  it('name the field at the end of a path, and its place in a list', () => {
    expect(fieldLabel('sources[2].numbers[3]')).toEqual({ label: 'شماره‌ها', item: 4 });
    expect(fieldLabel('scopes[0]', 'ApiKeyDraftDto')).toEqual({ label: 'دسترسی‌ها', item: 1 });
    expect(fieldLabel('repeat.every')).toEqual({ label: 'دوره‌ی تکرار' });
    expect(fieldLabel('constructor')).toEqual({ label: 'این مقدار' });
  });
});
