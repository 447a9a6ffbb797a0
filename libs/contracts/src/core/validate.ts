import { ValidationTypes, getMetadataStorage, validateSync } from 'class-validator';
import type { ValidationArguments, ValidationError, ValidatorConstraintInterface } from 'class-validator';
import { DomainError } from '../errors';
import type { FieldError } from '../errors';
import { fieldsOf } from './fields';
import type { DtoClass, FieldSpec } from './fields';

export interface ParseOptions {
  /** 'refuse': an unknown field is an error (HTTP). 'ignore': it is dropped (messages: a newer sender may say more). */
  readonly unknownFields: 'refuse' | 'ignore';
  /** Query strings and path parameters: "12" -> 12, "true" -> true, "a" -> ["a"] where the field is an array. */
  readonly coerce?: boolean;
}

const maxReportedErrors = 20;

/**
 * Makes an instance of `dto` out of a foreign value and checks it.
 * Throws `input.invalid` with `details.fields: FieldError[]`, at most 20 of them.
 */
export function parseDto<T extends object>(dto: DtoClass<T>, value: unknown, options: ParseOptions): T {
  const errors: FieldError[] = [];
  const instance = hydrate(dto, value, options, '', errors);
  if (errors.length === 0 && !isSound(instance)) {
    collect(validateSync(instance, { forbidUnknownValues: false }), '', errors);
  }
  if (errors.length > 0)
    throw new DomainError('input.invalid', { fields: errors.slice(0, maxReportedErrors) });
  return instance;
}

function hydrate<T extends object>(
  dto: DtoClass<T>,
  value: unknown,
  options: ParseOptions,
  path: string,
  errors: FieldError[],
): T {
  const instance = new dto();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    errors.push({
      field: path || 'body',
      rule: 'isObject',
      message: `${path || 'The body'} must be an object`,
    });
    return instance;
  }
  const { fields } = shapeOf(dto);
  const target = instance as Record<string, unknown>;
  for (const key of Object.keys(value)) {
    // It is refused anyway: of a thousand unknown fields the rest is not walked.
    if (errors.length >= maxReportedErrors) break;
    const spec = fields.get(key);
    const at = path ? `${path}.${key}` : key;
    if (!spec) {
      if (options.unknownFields === 'refuse') {
        errors.push({
          field: at.slice(0, 100),
          rule: 'unknown',
          message: `${at.slice(0, 100)} is not a known field`,
        });
      }
      continue;
    }
    const raw = (value as Record<string, unknown>)[key];
    // IsOptional lets null pass too; where a field may be absent but not null, null means absent.
    if (raw === null && spec.optional && !spec.nullable) continue;
    target[key] = fieldValue(spec, raw, options, at, errors);
  }
  return instance;
}

function fieldValue(
  spec: FieldSpec,
  raw: unknown,
  options: ParseOptions,
  at: string,
  errors: FieldError[],
): unknown {
  if (raw === null || raw === undefined || spec.type === 'columns') return raw;
  const one = (entry: unknown, path: string): unknown => {
    if (spec.type === 'object' && spec.dto) return hydrate(spec.dto(), entry, options, path, errors);
    return options.coerce ? coerced(spec, entry) : entry;
  };
  if (!spec.array) return one(raw, at);
  const list = options.coerce && !Array.isArray(raw) ? [raw] : raw;
  // Too long a list is refused by ArrayMaxSize below; it is not walked first.
  if (!Array.isArray(list) || list.length > spec.array.maxItems) return list;
  return list.map((entry, index) => one(entry, `${at}[${index}]`));
}

function coerced(spec: FieldSpec, entry: unknown): unknown {
  if (typeof entry !== 'string') return entry;
  if (spec.type === 'integer' || spec.type === 'number') {
    return /^-?\d{1,16}(\.\d{1,9})?$/.test(entry) ? Number(entry) : entry;
  }
  if (spec.type === 'boolean') return entry === 'true' ? true : entry === 'false' ? false : entry;
  return entry;
}

function collect(problems: ValidationError[], path: string, errors: FieldError[]): void {
  for (const problem of problems) {
    if (errors.length >= maxReportedErrors) return;
    const index = /^\d+$/.test(problem.property);
    const at = index
      ? `${path}[${problem.property}]`
      : path
        ? `${path}.${problem.property}`
        : problem.property;
    for (const [rule, message] of Object.entries(problem.constraints ?? {}))
      errors.push({ field: at, rule, message });
    if (problem.children) collect(problem.children, at, errors);
  }
}

/** What of a class does not change from object to object. */
interface Shape {
  readonly fields: ReadonlyMap<string, FieldSpec>;
  /** By property; undefined where class-validator has to be asked. */
  readonly rules?: ReadonlyMap<string, PropertyRules>;
}

interface PropertyRules {
  readonly conditions: ((object: object, value: unknown) => unknown)[];
  readonly checks: Check[];
  nested: boolean;
}

interface Check {
  readonly each: boolean;
  readonly constraint: ValidatorConstraintInterface;
  /** Of its decorator. */
  readonly constraints: unknown[];
}

const shapes = new WeakMap<object, Shape>();

function shapeOf(dto: DtoClass): Shape {
  const known = shapes.get(dto);
  if (known) return known;
  const shape = { fields: fieldsOf(dto), rules: rulesOf(dto) };
  shapes.set(dto, shape);
  return shape;
}

function rulesOf(dto: DtoClass): Shape['rules'] {
  const storage = getMetadataStorage();
  const rules = new Map<string, PropertyRules>();
  for (const rule of storage.getTargetValidationMetadatas(dto, '', false, false)) {
    const property = rules.get(rule.propertyName) ?? { conditions: [], checks: [], nested: false };
    rules.set(rule.propertyName, property);
    const constraints = rule.constraints as unknown[];
    if (rule.validateIf) return undefined;
    if (rule.type === ValidationTypes.CONDITIONAL_VALIDATION)
      property.conditions.push(constraints[0] as PropertyRules['conditions'][number]);
    else if (rule.type === ValidationTypes.NESTED_VALIDATION) property.nested = true;
    else if (rule.type === ValidationTypes.CUSTOM_VALIDATION)
      for (const { instance } of storage.getTargetValidatorConstraints(rule.constraintCls))
        property.checks.push({ each: rule.each, constraint: instance, constraints });
    else return undefined;
  }
  return rules;
}

/**
 * Whether class-validator would find nothing, by its own rules but without its search through all classes for those of
 * each object, which is most of its time. False where it has to be asked: it also says what is wrong.
 */
function isSound(object: object): boolean {
  const { rules } = shapeOf(object.constructor as DtoClass);
  if (!rules) return false;
  for (const [property, { conditions, checks, nested }] of rules) {
    const value = (object as Record<string, unknown>)[property];
    if (!conditions.every((condition) => condition(object, value))) continue;
    const given = { targetName: object.constructor.name, property, object, value };
    if (!checks.every((check) => passes(check, value, { ...given, constraints: check.constraints })))
      return false;
    if (nested && value !== undefined && !isNestedSound(value)) return false;
  }
  return true;
}

function passes({ each, constraint }: Check, value: unknown, given: ValidationArguments): boolean {
  if (value instanceof Set || value instanceof Map) return false;
  const holds = (one: unknown): boolean => constraint.validate(one, given) === true;
  return each && Array.isArray(value) ? value.every(holds) : holds(value);
}

function isNestedSound(value: unknown): boolean {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.every((one) => one instanceof Object && !Array.isArray(one) && isSound(one));
}
