import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fieldLabel, fieldsOf, IntField, parseDto, rpcContracts, StringField } from '@peyk/contracts';
import type { DomainError, DtoClass, FieldError, FieldSpec } from '@peyk/contracts';
import { explainFields } from './field-messages';

class ExampleDto {
  @StringField({ description: 'a', minLength: 3, maxLength: 5, pattern: /^a/ })
  a!: string;
  @IntField({ description: 'b', min: 2, max: 9 })
  b!: number;
}

function refusalOf(dto: DtoClass, value: unknown): readonly FieldError[] {
  try {
    parseDto(dto, value, { unknownFields: 'refuse' });
  } catch (error) {
    return (error as DomainError).details?.['fields'] as FieldError[];
  }
  return [];
}

/** Values that break the rules of a field one after the other. */
function brokenValues(spec: FieldSpec): unknown[] {
  const wrap = (value: unknown): unknown => (spec.array ? [value] : value);
  return [
    ...[undefined, 'x', 5, true, {}, [[]], ''].map(wrap),
    ...(spec.maxLength === undefined ? [] : [wrap('a'.repeat(spec.maxLength + 1))]),
    ...(spec.minimum === undefined ? [] : [wrap(spec.minimum - 1)]),
    ...(spec.maximum === undefined ? [] : [wrap(spec.maximum + 1)]),
    ...(spec.array && spec.array.maxItems < 1_000 ? [Array<string>(spec.array.maxItems + 1).fill('a')] : []),
  ];
}

describe(explainFields.name, () => {
  it('has a Persian text for every rule of every input of a person', () => {
    const seen = new Set<string>();
    for (const { input, access } of rpcContracts()) {
      if (access === 'service') continue;
      for (const [name, spec] of fieldsOf(input)) {
        for (const value of brokenValues(spec)) {
          const object = { [name]: value };
          const about = refusalOf(input, object).filter(({ field }) => field.startsWith(name));
          for (const { rule, message } of explainFields(about, 'fa', input, object)) {
            seen.add(rule);
            expect([name, rule, message]).toEqual([
              name,
              rule,
              expect.not.stringContaining('مقدار درستی ندارد'),
            ]);
            expect(message).not.toContain('undefined');
            // The labels, and no name of a field or of a value.
            expect([name, message.replace(/ISO 8601|YYYY-MM-DD|UUID|U\+0000/g, '')]).toEqual([
              name,
              expect.not.stringMatching(/[A-Za-z]/),
            ]);
          }
        }
      }
    }
    expect(seen.size).toBeGreaterThan(8);
  });

  it('every field of every route has a Persian word, also those that only the gateway knows', () => {
    const text = readFileSync(resolve(__dirname, '../../../../docs/openapi.json'), 'utf8');
    const document = JSON.parse(text) as {
      paths: Record<string, Record<string, object>>;
      components: { schemas: Record<string, { properties?: Record<string, object> }> };
    };
    const names = new Set<string>();
    const seen = new Set<string>();
    const collect = (part: object): void => {
      for (const [, schema = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
        if (seen.has(schema)) continue;
        seen.add(schema);
        const { properties = {} } = document.components.schemas[schema] ?? {};
        for (const name of Object.keys(properties)) names.add(name);
        collect(properties);
      }
    };
    for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
      const { parameters = [], requestBody = {} } = operation as {
        parameters?: { in: string; name: string }[];
        requestBody?: object;
      };
      for (const parameter of parameters) if (parameter.in !== 'header') names.add(parameter.name);
      collect(requestBody);
    }
    expect(names.size).toBeGreaterThan(100);
    const nameless = fieldLabel('no such field').label;
    expect([...names].filter((name) => fieldLabel(name).label === nameless)).toEqual([]);
  });

  it('tells the bound in Persian digits', () => {
    const value = { a: 'a234567', b: 1 };
    expect(explainFields(refusalOf(ExampleDto, value), 'fa', ExampleDto, value)).toEqual([
      { field: 'a', rule: 'maxLength', message: '«این مقدار» حداکثر ۵ نویسه می‌پذیرد.' },
      { field: 'b', rule: 'min', message: '«این مقدار» دست‌کم ۲ است.' },
    ]);
  });

  it('tells a missing field once, and of a wrong type only that', () => {
    const value = { b: 'x' };
    expect(explainFields(refusalOf(ExampleDto, value), 'en', ExampleDto, value)).toEqual([
      { field: 'a', rule: 'required', message: 'a is required' },
      { field: 'b', rule: 'isInt', message: expect.any(String) as string },
    ]);
  });

  it('tells several broken rules of one field', () => {
    const value = { a: 'zzzzzzz', b: 2 };
    expect(
      explainFields(refusalOf(ExampleDto, value), 'fa', ExampleDto, value)
        .map(({ rule }) => rule)
        .sort(),
    ).toEqual(['matches', 'maxLength']);
  });

  it('explains what a service refused, without its class, and an unknown rule', () => {
    const fields = [
      { field: 'msisdn', rule: 'mobile', message: 'msisdn must be a mobile number' },
      { field: 'x', rule: 'odd', message: 'x is odd' },
    ];
    expect(explainFields(fields, 'fa').map(({ message }) => message)).toEqual([
      '«شماره‌ی گیرنده» شماره‌ی همراه نیست.',
      '«این مقدار» مقدار درستی ندارد.',
    ]);
    expect(explainFields(fields, 'en')).toEqual(fields);
  });
});
