import { DomainError } from './errors';
import type { FieldError } from './errors';
import { IntField, ObjectField, StringField } from './fields';
import { parseDto } from './validate';

class InnerDto {
  @IntField({ description: 'a', min: 1, max: 9 })
  a!: number;
}
class OuterDto {
  @ObjectField({ description: 'inner', dto: () => InnerDto })
  inner!: InnerDto;
  @ObjectField({ description: 'list', optional: true, array: { maxItems: 2 }, dto: () => InnerDto })
  list?: InnerDto[];
  @StringField({ description: 'text', optional: true, maxLength: 5 })
  text?: string;
}

function fieldsOfError(value: unknown): string[] {
  try {
    parseDto(OuterDto, value, { unknownFields: 'refuse' });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return (error.details?.['fields'] as FieldError[]).map(({ field }) => field);
  }
  return [];
}

describe(parseDto.name, () => {
  it('refuses a missing object, an object of a wrong type and null', () => {
    expect(new Set(fieldsOfError({}))).toEqual(new Set(['inner']));
    expect(new Set(fieldsOfError({ inner: null }))).toEqual(new Set(['inner']));
    expect(new Set(fieldsOfError({ inner: 'x' }))).toEqual(new Set(['inner']));
    expect(new Set(fieldsOfError({ inner: [] }))).toEqual(new Set(['inner']));
  });

  it('names fields by their whole path', () => {
    expect(new Set(fieldsOfError({ inner: { a: 1 }, list: [{ a: 1 }, { a: 10 }] }))).toEqual(
      new Set(['list[1].a']),
    );
    expect(new Set(fieldsOfError({ inner: { a: 1, b: 2 } }))).toEqual(new Set(['inner.b']));
  });

  it('takes null for absent where a field may be absent but not null', () => {
    const parsed = parseDto(
      OuterDto,
      { inner: { a: 1 }, text: null, list: null },
      { unknownFields: 'refuse' },
    );
    expect(parsed).toEqual({ inner: { a: 1 } });
  });

  it('gives instances of the classes', () => {
    const parsed = parseDto(OuterDto, { inner: { a: 1 } }, { unknownFields: 'ignore' });
    expect(parsed).toBeInstanceOf(OuterDto);
    expect(parsed.inner).toBeInstanceOf(InnerDto);
  });
});
