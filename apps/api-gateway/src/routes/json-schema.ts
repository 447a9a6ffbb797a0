import { fieldsOf } from '@peyk/contracts';
import type { DtoClass, FieldSpec } from '@peyk/contracts';

/** JSON Schema 2020-12, which OpenAPI 3.1 uses as it is. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Schemas of DTO classes out of the field registry, collected by class name as they are named. */
export class SchemaCollector {
  private readonly schemas = new Map<string, JsonSchema>();
  private readonly classes = new Map<string, DtoClass>();

  /** @param prefix what stands before a name in `$ref`, e.g. `#/components/schemas/` */
  constructor(private readonly prefix: string) {}

  /** A reference to the class, whose schema, and those it needs, are collected. */
  refTo(dto: DtoClass): JsonSchema {
    const known = this.classes.get(dto.name);
    if (known && known !== dto) throw new Error(`two DTO classes are named ${dto.name}`);
    if (!known) {
      this.classes.set(dto.name, dto);
      this.schemas.set(dto.name, this.objectOf(dto));
    }
    return { $ref: this.prefix + dto.name };
  }

  /** The class without some fields, or with some that need not be given, under a name of its own. */
  refToPart(
    name: string,
    dto: DtoClass,
    part: { without: readonly string[]; optional: readonly string[] },
  ): JsonSchema {
    this.schemas.set(name, this.objectOf(dto, part));
    return { $ref: this.prefix + name };
  }

  /** All that were named until now, by name in alphabetical order. */
  all(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  fieldSchema(spec: FieldSpec): JsonSchema {
    const { description, array, nullable, example } = spec;
    const value = this.valueSchema(spec);
    const schema = array ? { type: 'array', maxItems: array.maxItems, items: value } : value;
    const described = { description, ...(example === undefined ? {} : { examples: [example] }) };
    if (!nullable) return { ...schema, ...described };
    if (typeof schema['type'] !== 'string') return { anyOf: [schema, { type: 'null' }], ...described };
    const values = schema['enum'];
    return {
      ...schema,
      type: [schema['type'], 'null'],
      ...(Array.isArray(values) ? { enum: [...(values as unknown[]), null] } : {}),
      ...described,
    };
  }

  private objectOf(
    dto: DtoClass,
    part: { without: readonly string[]; optional: readonly string[] } = { without: [], optional: [] },
  ): JsonSchema {
    const fields = [...fieldsOf(dto)].filter(([name]) => !part.without.includes(name));
    const required = fields
      .filter(([name, spec]) => !spec.optional && !part.optional.includes(name))
      .map(([name]) => name);
    return {
      type: 'object',
      properties: Object.fromEntries(fields.map(([name, spec]) => [name, this.fieldSchema(spec)])),
      ...(required.length > 0 ? { required } : {}),
    };
  }

  private valueSchema(spec: FieldSpec): JsonSchema {
    if (spec.type === 'object') return spec.dto ? this.refTo(spec.dto()) : { type: 'object' };
    const { minimum, maximum, minLength, maxLength, pattern, format } = spec;
    const bounds = Object.entries({ minimum, maximum, minLength, maxLength, pattern, format });
    return {
      type: spec.type === 'columns' ? spec.item : spec.type,
      ...Object.fromEntries(bounds.filter(([, bound]) => bound !== undefined)),
      ...(spec.values ? { enum: spec.values } : {}),
    };
  }
}
