import { parseDto, rpcContracts, fieldsOf, IntField, StringField } from '@peyk/contracts';
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
          }
        }
      }
    }
    expect(seen.size).toBeGreaterThan(8);
  });

  it('tells the bound in Persian digits', () => {
    const value = { a: 'a234567', b: 1 };
    expect(explainFields(refusalOf(ExampleDto, value), 'fa', ExampleDto, value)).toEqual([
      { field: 'a', rule: 'maxLength', message: '«a» حداکثر ۵ نویسه می‌پذیرد.' },
      { field: 'b', rule: 'min', message: '«b» دست‌کم ۲ است.' },
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
      '«msisdn» شماره‌ی همراه نیست.',
      '«x» مقدار درستی ندارد.',
    ]);
    expect(explainFields(fields, 'en')).toEqual(fields);
  });
});
