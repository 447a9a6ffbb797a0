import { isSeen } from '@peyk/persian';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { isDay, isInstant, isText } from './rules';

/**
 * Field decorators of every DTO: each adds the class-validator rules and records what the field is, so that
 * the HTTP edge can coerce query strings, OpenAPI and the event catalogue can be generated, and errors can
 * name their bound. The classes in this library are the only schemas of the platform.
 */
export type DtoClass<T extends object = object> = new () => T;

export interface FieldSpec {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'columns';
  readonly description: string;
  readonly optional: boolean;
  readonly nullable: boolean;
  readonly array?: { readonly maxItems: number };
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly values?: readonly string[];
  readonly item?: 'string' | 'integer';
  readonly dto?: () => DtoClass;
  readonly example?: unknown;
}

interface CommonOptions {
  /** What the field is, with its unit; stands in OpenAPI and the event catalogue. */
  readonly description: string;
  readonly optional?: boolean;
  readonly nullable?: boolean;
  readonly example?: unknown;
}

interface ArrayOption {
  /** Present: the field is an array of such values, bounded. */
  readonly array?: { readonly maxItems: number };
}

const registry = new Map<DtoClass, Map<string, FieldSpec>>();

/** Fields of a DTO class, those of its parents first. */
export function fieldsOf(dto: DtoClass): ReadonlyMap<string, FieldSpec> {
  const parent: unknown = Object.getPrototypeOf(dto);
  const own = registry.get(dto);
  if (typeof parent !== 'function' || parent === Function.prototype) return own ?? new Map();
  return new Map([...fieldsOf(parent as DtoClass), ...(own ?? [])]);
}

/** Every class that has at least one field, in order of definition (for OpenAPI). */
export function dtoClasses(): readonly DtoClass[] {
  return [...registry.keys()];
}

function field(spec: FieldSpec, ...rules: PropertyDecorator[]): PropertyDecorator {
  return (target, key) => {
    const dto = target.constructor as DtoClass;
    const fields = registry.get(dto) ?? new Map<string, FieldSpec>();
    registry.set(dto, fields.set(String(key), spec));
    if (spec.array) {
      IsArray()(target, key);
      ArrayMaxSize(spec.array.maxItems)(target, key);
    }
    for (const rule of rules) rule(target, key);
    if (spec.optional) IsOptional()(target, key);
    if (spec.nullable) ValidateIf((_object, value) => value !== null)(target, key);
  };
}

function base(
  options: CommonOptions & ArrayOption,
): Pick<FieldSpec, 'description' | 'optional' | 'nullable' | 'array' | 'example'> {
  return {
    description: options.description,
    optional: options.optional ?? false,
    nullable: options.nullable ?? false,
    array: options.array,
    example: options.example,
  };
}

/**
 * A text: of whole letters, without U+0000, whatever else is asked of it.
 * `halves`: a piece of a text that was cut somewhere; half a letter may stand at its ends.
 */
export function StringField(
  options: CommonOptions &
    ArrayOption & {
      maxLength: number;
      minLength?: number;
      pattern?: RegExp;
      format?: string;
      halves?: boolean;
    },
): PropertyDecorator {
  const each = { each: options.array !== undefined };
  return field(
    {
      ...base(options),
      type: 'string',
      minLength: options.minLength,
      maxLength: options.maxLength,
      pattern: options.pattern?.source,
      format: options.format,
    },
    IsString(each),
    MaxLength(options.maxLength, each),
    ...(options.minLength ? [MinLength(options.minLength, each), Seen(each)] : []),
    ...(options.pattern ? [Matches(options.pattern, each)] : []),
    IsText(options.halves ?? false, each),
  );
}

/** What somebody types to find things by the words of a text: `of` says which. Folded by `searchedWords`. */
export function SearchField({ of }: { of: string }): PropertyDecorator {
  return StringField({
    description: `Beginnings of words of ${of}, all of them; whatever the case, digits, half-spaces and Arabic or Persian letters. At most ten count`,
    optional: true,
    maxLength: 100,
  });
}

function IsText(halves: boolean, each: { readonly each: boolean }): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isText',
      validator: {
        // What is no string, isString reports.
        validate: (value: unknown) =>
          typeof value !== 'string' || isText(halves ? value.toWellFormed() : value),
        defaultMessage: () => '$property must not have U+0000 or half a surrogate pair',
      },
    },
    each,
  );
}

/** A text that must not be empty shows something: one of invisible letters alone is empty to its reader. */
function Seen(each: { each: boolean }): PropertyDecorator {
  return ValidateBy(
    {
      name: 'seen',
      validator: {
        // What is no string, or empty, isString and minLength report.
        validate: (value: unknown) => typeof value !== 'string' || value === '' || isSeen(value),
        defaultMessage: () => '$property must show something',
      },
    },
    each,
  );
}

export function IntField(
  options: CommonOptions & ArrayOption & { min: number; max: number },
): PropertyDecorator {
  const each = { each: options.array !== undefined };
  return field(
    { ...base(options), type: 'integer', minimum: options.min, maximum: options.max },
    IsInt(each),
    Min(options.min, each),
    Max(options.max, each),
  );
}

/** Integer Rial, never a fraction; bounded so that every sum stays exact in a double. */
export function RialsField(options: CommonOptions & { min?: number }): PropertyDecorator {
  return IntField({ ...options, min: options.min ?? 0, max: 9_000_000_000_000_000 });
}

export function NumberField(options: CommonOptions & { min: number; max: number }): PropertyDecorator {
  return field(
    { ...base(options), type: 'number', minimum: options.min, maximum: options.max },
    IsNumber({ allowInfinity: false, allowNaN: false }),
    Min(options.min),
    Max(options.max),
  );
}

export function BooleanField(options: CommonOptions): PropertyDecorator {
  return field({ ...base(options), type: 'boolean' }, IsBoolean());
}

export function EnumField(
  options: CommonOptions & ArrayOption & { values: readonly string[] },
): PropertyDecorator {
  return field(
    { ...base(options), type: 'string', values: options.values },
    IsIn([...options.values], { each: options.array !== undefined }),
  );
}

export function UuidField(options: CommonOptions & ArrayOption): PropertyDecorator {
  return field(
    { ...base(options), type: 'string', format: 'uuid' },
    IsUUID('all', { each: options.array !== undefined }),
  );
}

/** A moment: ISO 8601 with a zone or Z (`2026-11-21T08:00:00+03:30`); see `isInstant` for which there are. */
export function InstantField(options: CommonOptions): PropertyDecorator {
  return field(
    { ...base(options), type: 'string', format: 'date-time', maxLength: 40 },
    ValidateBy({
      name: 'isInstant',
      validator: {
        validate: isInstant,
        defaultMessage: () =>
          '$property must be an ISO 8601 moment with a time zone, of a day that exists, from 1900 to 2100',
      },
    }),
  );
}

/** A day, `2026-11-21` (Gregorian); the description says whose day it is. */
export function DayField(options: CommonOptions): PropertyDecorator {
  return field(
    { ...base(options), type: 'string', format: 'date', maxLength: 10 },
    ValidateBy({
      name: 'isDay',
      validator: {
        validate: isDay,
        defaultMessage: () => '$property must be a day that exists, YYYY-MM-DD, from 1900 to 2100',
      },
    }),
  );
}

export function ObjectField(
  options: CommonOptions & ArrayOption & { dto: () => DtoClass },
): PropertyDecorator {
  const each = { each: options.array !== undefined };
  // ValidateNested alone lets a missing object pass.
  return field({ ...base(options), type: 'object', dto: options.dto }, IsObject(each), ValidateNested(each));
}

/**
 * One column of a hot-path message (thousands of rows a message): an array of plain integers or strings,
 * checked in one loop instead of one validator call an element.
 */
export function ColumnField(
  options: CommonOptions &
    (
      | { item: 'integer'; min: number; max: number; maxItems: number }
      | { item: 'string'; maxLength: number; maxItems: number }
    ),
): PropertyDecorator {
  const { maxItems } = options;
  const isColumn = (value: unknown): boolean => {
    if (!Array.isArray(value) || value.length > maxItems) return false;
    for (const entry of value as unknown[]) {
      if (options.item === 'integer') {
        if (
          typeof entry !== 'number' ||
          !Number.isSafeInteger(entry) ||
          entry < options.min ||
          entry > options.max
        )
          return false;
      } else if (typeof entry !== 'string' || entry.length > options.maxLength || !isText(entry))
        return false;
    }
    return true;
  };
  return field(
    {
      ...base({ ...options, array: { maxItems } }),
      type: 'columns',
      item: options.item,
      ...(options.item === 'integer'
        ? { minimum: options.min, maximum: options.max }
        : { maxLength: options.maxLength }),
    },
    ValidateBy({
      name: 'isColumn',
      validator: {
        validate: isColumn,
        defaultMessage: () => `$property must be a column of at most ${maxItems} values in range`,
      },
    }),
  );
}
