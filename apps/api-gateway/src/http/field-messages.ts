import { fieldLabel, fieldsOf } from '@peyk/contracts';
import type { DtoClass, FieldError, FieldSpec } from '@peyk/contracts';
import { toPersianDigits } from '@peyk/persian';

export type Language = 'fa' | 'en';

/** A value of a wrong type breaks all further rules of its field too; only this one is reported. */
const typeRules = new Set([
  'isObject',
  'isArray',
  'isString',
  'isInt',
  'isNumber',
  'isBoolean',
  'isUuid',
  'isInstant',
  'isDay',
  'isIn',
  'isColumn',
]);

const persian: Readonly<Record<string, (spec: FieldSpec | undefined) => string>> = {
  required: () => 'لازم است.',
  unknown: () => 'شناخته‌شده نیست.',
  differs: () => 'با سرآیند هم‌نام خود یکی نیست.',
  json: () => 'JSON درستی نیست.',
  whole: () => 'تا پایان فرستاده نشد.',
  url: () => 'درست نیست.',
  oneFile: () => 'باید تنها بخش فرم و یک فایل باشد.',
  fileName: () => `باید نامی با حداکثر ${toPersianDigits('200')} نویسه داشته باشد.`,
  // Rules that the services check.
  isDefined: () => 'لازم است.',
  cursor: () => 'نشانه‌ی صفحه‌ی بعد نیست.',
  mobile: () => 'شماره‌ی همراه نیست.',
  nationalCode: () => 'کد ملی درستی نیست.',
  email: () => 'رایانامه‌ی درستی نیست.',
  repeated: () => 'تکراری است.',
  scope: () => 'محدوده‌ی این نقش نیست.',
  officeCode: () => 'کد دفتر نیست؛ کد دفتر ۱۲ رقم دارد.',
  reseller: () => 'نماینده‌ی فعالی نیست.',
  oneOf: () => 'باید درست یکی از گزینه‌های ممکن باشد.',
  username: () =>
    `باید با حرف آغاز شود و تنها حروف یک الفبا، رقم، نقطه، خط تیره و زیرخط داشته باشد (${toPersianDigits('3')} تا ${toPersianDigits('50')} نویسه).`,
  network: () => 'باید نشانی IP یا شبکه‌ی CIDR باشد.',
  certificate: () => 'باید یک یا چند گواهی به شکل PEM باشد.',
  lineNumber: () => 'باید شماره‌ای با ۳ تا ۲۰ رقم یا نامی با حداکثر ۱۱ حرف و رقم لاتین باشد.',
  future: () => 'باید در آینده باشد.',
  // Rules of class-validator, as the contracts use them.
  isObject: () => 'باید یک شیء باشد.',
  nestedValidation: () => 'باید یک شیء باشد.',
  isArray: () => 'باید فهرست باشد.',
  isString: () => 'باید متن باشد.',
  isInt: () => 'باید عدد صحیح باشد.',
  isNumber: () => 'باید عدد باشد.',
  isBoolean: () => 'باید درست یا نادرست باشد.',
  isUuid: () => 'باید شناسه‌ی معتبر (UUID) باشد.',
  isText: () => 'نویسه‌ای دارد که در متن جایی ندارد (U+0000 یا نیمه‌ی یک نویسه).',
  isInstant: () =>
    `باید زمان به شکل ISO 8601 و با منطقه‌ی زمانی باشد، در روزی از سال‌های ${toPersianDigits('1900')} تا ${toPersianDigits('2100')} که در تقویم هست.`,
  isDay: () =>
    `باید روزی از تقویم میلادی به شکل YYYY-MM-DD باشد (سال‌های ${toPersianDigits('1900')} تا ${toPersianDigits('2100')}).`,
  // Which ones are said in English and in the description of the API: they are names for programs.
  isIn: () => 'یکی از مقدارهای ممکن نیست.',
  maxLength: (spec) => `حداکثر ${number(spec?.maxLength)} نویسه می‌پذیرد.`,
  minLength: (spec) =>
    spec?.minLength === 1 ? 'نباید خالی باشد.' : `دست‌کم ${number(spec?.minLength)} نویسه می‌خواهد.`,
  seen: () => 'نباید خالی باشد.',
  min: (spec) => `دست‌کم ${number(spec?.minimum)} است.`,
  max: (spec) => `حداکثر ${number(spec?.maximum)} است.`,
  arrayMaxSize: (spec) => `حداکثر ${number(spec?.array?.maxItems)} مورد می‌پذیرد.`,
  isColumn: () => 'مقدار درستی ندارد.',
  matches: () => 'قالب درستی ندارد.',
};

function number(bound: number | undefined): string {
  return bound === undefined ? '' : toPersianDigits(bound.toLocaleString('en-US').replaceAll(',', '٬'));
}

/**
 * Refused fields as people read them: what is missing is `required` and reported once, of a wrong type only that. `dto` and
 * `value` are what was read, where it was read here; bounds come from the fields of the class.
 */
export function explainFields(
  fields: readonly FieldError[],
  language: Language,
  dto?: DtoClass,
  value?: unknown,
): FieldError[] {
  const told = new Map<string, FieldError[]>();
  for (const error of fields) {
    const found = dto ? lookUp(dto, value, error.field) : undefined;
    const missing = found?.spec !== undefined && found.value === undefined;
    const rule = missing ? 'required' : error.rule;
    const known = told.get(error.field) ?? [];
    if (known.some((other) => typeRules.has(other.rule) || other.rule === rule)) continue;
    const english = missing ? `${error.field} is required` : error.message;
    const text = persian[rule]?.(found?.spec);
    const message =
      language === 'en' ? english : `${called(error.field, found?.dto)} ${text ?? 'مقدار درستی ندارد.'}`;
    const entry = { field: error.field, rule, message };
    told.set(error.field, rule === 'required' || typeRules.has(rule) ? [entry] : [...known, entry]);
  }
  return [...told.values()].flat();
}

/** `sources[2].numbers[3]` -> «شماره‌ها» (مورد ۴). */
function called(path: string, dto: DtoClass | undefined): string {
  const { label, item } = fieldLabel(path, dto?.name);
  return item === undefined ? `«${label}»` : `«${label}» (مورد ${number(item)})`;
}

/** Spec, its class, and value at a path such as `recipients.numbers[3]`. */
function lookUp(
  dto: DtoClass,
  value: unknown,
  path: string,
): { spec?: FieldSpec; dto?: DtoClass; value: unknown } {
  let holder: DtoClass | undefined;
  let within: DtoClass | undefined = dto;
  let spec: FieldSpec | undefined;
  let at = value;
  for (const segment of path.match(/[^.[\]]+/g) ?? []) {
    const isIndex = /^\d+$/.test(segment);
    if (!isIndex) {
      holder = within;
      spec = holder && fieldsOf(holder).get(segment);
      within = spec?.dto?.();
    }
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[segment] : undefined;
  }
  return { spec, dto: holder, value: at };
}
