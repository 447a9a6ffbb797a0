import { IsInt, ValidateIf, validateSync } from 'class-validator';
import fc from 'fast-check';
import { DomainError } from '../errors';
import type { FieldError } from '../errors';
import {
  BooleanField,
  ColumnField,
  DayField,
  EnumField,
  InstantField,
  IntField,
  NumberField,
  ObjectField,
  StringField,
  UuidField,
} from './fields';
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

class BaseDto {
  @IntField({ description: 'base', min: 1, max: 9 })
  base!: number;
  @StringField({ description: 'overridden', maxLength: 9 })
  text!: string;
}

class NamedDto {
  @StringField({ description: 'must not be empty', minLength: 1, maxLength: 20 })
  name!: string;
  @StringField({ description: 'may be empty', optional: true, maxLength: 20 })
  note?: string;
}

/** Each kind of field, and rules of a parent. */
class EveryDto extends BaseDto {
  @StringField({ description: 'text', minLength: 2, maxLength: 5, pattern: /^a/, nullable: true })
  override text!: string;
  @StringField({ description: 'texts', optional: true, maxLength: 3, array: { maxItems: 2 } })
  texts?: string[];
  @NumberField({ description: 'number', optional: true, min: 0, max: 1 })
  number?: number;
  @BooleanField({ description: 'flag', optional: true, nullable: true })
  flag?: boolean;
  @EnumField({ description: 'one of', values: ['a', 'b'], array: { maxItems: 2 }, optional: true })
  oneOf?: string[];
  @UuidField({ description: 'id', optional: true })
  id?: string;
  @ValidateIf((every: EveryDto) => every.flag !== true)
  @InstantField({ description: 'at, unless flagged' })
  at?: string;
  @ObjectField({ description: 'inner', dto: () => InnerDto, nullable: true })
  inner!: InnerDto | null;
  @ObjectField({ description: 'list', optional: true, array: { maxItems: 2 }, dto: () => InnerDto })
  list?: InnerDto[];
  @ColumnField({ description: 'column', optional: true, item: 'integer', min: 0, max: 9, maxItems: 3 })
  column?: number[];
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
  it('takes a text of nothing that can be seen for empty, where it must not be', () => {
    const rulesOf = (text: string): string[] => {
      try {
        parseDto(NamedDto, { name: text, note: text }, { unknownFields: 'refuse' });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return (error.details?.['fields'] as FieldError[]).map(({ field, rule }) => `${field} ${rule}`);
      }
      return [];
    };
    for (const unseen of ['   ', '\u200c', '\u3164\u115f', '\u2800', '\ufeff\u00ad'])
      expect([unseen, rulesOf(unseen)]).toEqual([unseen, ['name seen']]);
    expect(rulesOf('\u200cی')).toEqual([]);
  });

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
    for (const a of [[], [1]]) expect(new Set(fieldsOfError({ inner: { a } }))).toEqual(new Set(['inner.a']));
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

  it('takes and refuses exactly what class-validator does', () => {
    const junk = [undefined, null, 0, 5, 2.5, 'a', 'abc', '', true, [], ['a'], [5], [null], {}];
    // Mostly sound, so that a whole object often is.
    const some = (sound: readonly unknown[], wrong: readonly unknown[] = []): fc.Arbitrary<unknown> =>
      fc.oneof(
        { weight: 16, arbitrary: fc.constantFrom(...sound) },
        { weight: 1, arbitrary: fc.constantFrom(...wrong, ...junk) },
      );
    const innerOf = (a: unknown): InnerDto => Object.assign(new InnerDto(), { a });
    const every = fc.record<Record<string, unknown>>({
      base: some([1, 9]),
      text: some(['ab', 'abcde', null], ['a']),
      texts: some([['abc'], [], undefined], [['abcd'], ['a', 'b', 'c']]),
      number: some([0.5, undefined], [Number.NaN]),
      flag: some([true, undefined, null]),
      oneOf: some([['a', 'b'], undefined], [['c']]),
      id: some(['0198f000-0000-7000-8000-00000000000a', undefined]),
      at: some(['2026-11-21T08:00:00Z'], ['2026-11-21']),
      inner: some([innerOf(1), null], [innerOf(0), innerOf('1')]),
      list: some([[innerOf(9)], undefined], [[innerOf(1), innerOf(10)], Array(3).fill(innerOf(1))]),
      column: some([[0, 9], undefined], [[10], [1, 2, 3, 4]]),
    });
    const seen = { sound: 0, refused: 0 };
    fc.assert(
      fc.property(every, (value) => {
        // Made as parseDto makes it: null for absent, and objects of their classes.
        const instance = Object.assign(new EveryDto(), value);
        for (const key of ['texts', 'number', 'oneOf', 'id', 'list', 'column'] as const)
          if (instance[key] === null) delete instance[key];
        const wrong = validateSync(instance, { forbidUnknownValues: false });
        // What is no object there, parseDto refuses before.
        const { inner: one, list } = value;
        fc.pre(one === null || one === undefined || one instanceof InnerDto);
        fc.pre(!Array.isArray(list) || list.every((entry) => entry instanceof InnerDto));
        fc.pre(Array.isArray(list) || list === null || list === undefined);
        let refused = false;
        try {
          parseDto(EveryDto, value, { unknownFields: 'refuse' });
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          refused = true;
        }
        expect(refused).toBe(wrong.length > 0);
        seen[refused ? 'refused' : 'sound'] += 1;
      }),
      { numRuns: 400 },
    );
    expect(Math.min(seen.sound, seen.refused)).toBeGreaterThan(50);
  });

  it('asks class-validator about a rule of a kind that it does not know itself', () => {
    class ConditionalDto {
      @IsInt({ validateIf: (object: ConditionalDto) => object.b !== undefined })
      @IntField({ description: 'a', optional: true, min: 0, max: 9 })
      a?: number;
      @IntField({ description: 'b', optional: true, min: 0, max: 9 })
      b?: number;
    }
    expect(parseDto(ConditionalDto, { a: 1, b: 2 }, { unknownFields: 'refuse' })).toEqual({ a: 1, b: 2 });
    expect(() => parseDto(ConditionalDto, { a: 10 }, { unknownFields: 'refuse' })).toThrow(DomainError);
  });
});

class MomentDto {
  @InstantField({ description: 'at', optional: true })
  at?: string;
  @DayField({ description: 'day', optional: true })
  day?: string;
}

class TextDto {
  @StringField({ description: 'text', optional: true, maxLength: 20 })
  text?: string;
  @StringField({ description: 'texts', optional: true, maxLength: 20, array: { maxItems: 3 } })
  texts?: string[];
  @ColumnField({ description: 'column', optional: true, item: 'string', maxLength: 20, maxItems: 3 })
  column?: string[];
  @StringField({ description: 'piece', optional: true, maxLength: 20, halves: true })
  piece?: string;
}

function rulesBroken(dto: typeof MomentDto | typeof TextDto, value: object): string[] {
  try {
    parseDto<object>(dto, value, { unknownFields: 'refuse' });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return (error.details?.['fields'] as FieldError[]).map(({ field, rule }) => `${field} ${rule}`);
  }
  return [];
}

describe('the rule of texts, days and moments', () => {
  it.each([
    '2027-02-31T10:00:00Z',
    '2026-02-29T10:00:00Z',
    '2026-04-31T10:00:00+03:30',
    '2026-00-10T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '1899-12-31T23:59:59Z',
    '9999-12-31T23:59:59-03:30',
    '2101-01-01T00:00:00Z',
    // Of another year in UTC, in which it would be answered.
    '1900-01-01T00:00:00+14:00',
    '2100-12-31T23:59:59-14:00',
    '+010000-01-01T00:00:00Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T23:59:60Z',
    '2026-11-21T10:60:00Z',
    '2026-11-21T10:00:00+16:00',
    '2026-11-21T10:00:00-14:30',
    '2026-11-21T10:00:00+03:60',
    '2026-11-21T10:00:00',
    '2026-11-21 10:00:00Z',
    '2026-11-21T10:00:00Z\n',
    '2026-11-21T10:00:00.1234567890Z',
    '۲۰۲۶-۱۱-۲۱T10:00:00Z',
  ])('a moment that Date.parse takes and no calendar has is refused: %s', (at) => {
    expect(rulesBroken(MomentDto, { at })).toEqual(['at isInstant']);
  });

  it.each([
    '2026-11-21T08:00:00+03:30',
    '2026-11-21T08:00Z',
    '2028-02-29T23:59:59.999999999Z',
    '1900-01-01T00:00:00Z',
    '2100-12-31T23:59:59Z',
  ])('a moment that exists is taken: %s', (at) => {
    expect(rulesBroken(MomentDto, { at })).toEqual([]);
    expect(new Date(at).toISOString()).toMatch(/^\d{4}-/);
  });

  it('takes days that exist, and no others', () => {
    for (const day of ['2026-11-21', '2028-02-29', '1900-01-01', '2100-12-31'])
      expect(rulesBroken(MomentDto, { day })).toEqual([]);
    for (const day of ['2026-02-31', '2027-02-29', '0000-01-01', '2101-01-01', '2026-1-1', '2026-11-21T', ''])
      expect([day, rulesBroken(MomentDto, { day })]).toEqual([day, ['day isDay']]);
  });

  it('a text that PostgreSQL cannot store is refused wherever a text stands', () => {
    for (const wrong of ['\0', 'a\0b', '\ud83d', '\ude00a', 'a\ud83d\ud83d\ude00']) {
      expect(rulesBroken(TextDto, { text: wrong })).toEqual(['text isText']);
      expect(rulesBroken(TextDto, { texts: ['a', wrong] })).toEqual(['texts isText']);
      expect(rulesBroken(TextDto, { column: ['a', wrong] })).toEqual(['column isColumn']);
      expect(rulesBroken(TextDto, { piece: wrong })).toEqual(wrong.includes('\0') ? ['piece isText'] : []);
    }
    for (const right of ['', '\u0001', 'سلام\u200c😀', '\ufffd', '\ufeff'])
      expect(rulesBroken(TextDto, { text: right, texts: [right], column: [right] })).toEqual([]);
  });
});
