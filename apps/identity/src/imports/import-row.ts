import { isDay } from '@peyk/contracts';
import type { Scope } from '@peyk/contracts';
import type { ImportColumn, ImportErrorCode, ImportKind } from '@peyk/contracts/identity';
import type { FileRow } from '@peyk/files';
import {
  fromJalali,
  isJalaliDate,
  normalizePersian,
  parseMobile,
  parseNationalCode,
  tehranParts,
  toLatinDigits,
} from '@peyk/persian';
import { parseEmail } from '../accounts/account-input';
import { normalizeUsername } from '../accounts/username';
import { isPeopleKind, peopleRules } from './import-kinds';
import type { Layout, PeopleKind } from './import-kinds';

export interface RowFault {
  readonly row: number;
  readonly field: ImportColumn;
  readonly code: ImportErrorCode;
  readonly otherRow?: number;
}

/** A person as the file says, every value in its one normal form. */
export interface PersonRow {
  readonly row: number;
  /** Also the username. */
  readonly code: string;
  readonly nationalCode: string;
  readonly name: string;
  /** E.164 digits. Absent: the file does not say. */
  readonly mobile?: string;
  readonly email?: string;
  /** Of the kind's role, at least one where it needs some. */
  readonly scopes: readonly Scope[];
  /** Takes the school code from the one that has it. */
  readonly replace: boolean;
}

/** A district, school or term. */
export interface DirectoryRow {
  readonly row: number;
  readonly code: string;
  /** Without the code; days as Gregorian `YYYY-MM-DD`. */
  readonly values: Readonly<Partial<Record<ImportColumn, string>>>;
}

export type ReadRow<R> = { readonly row: R } | { readonly faults: readonly RowFault[] };

const codePattern = /^[\p{L}\p{N}_-]{1,64}$/u;
const nameLength = 200;
const emailLength = 254;

export function readPersonRow(kind: PeopleKind, layout: Layout, source: FileRow): ReadRow<PersonRow> {
  const cells = new Cells(layout, source);
  const rule = peopleRules[kind];
  const code = cells.code('code', true);
  const nationalCode = cells.nationalCode();
  const name = cells.personName();
  const mobile = cells.mobile();
  const email = cells.email();
  const scopes = rule.scopes.flatMap(({ column, kind: scopeKind }): Scope[] => {
    const of = column === 'code' ? code : cells.code(column, rule.scopes.length === 1);
    return of ? [`${scopeKind}:${of}`] : [];
  });
  const [firstScope] = rule.scopes;
  if (rule.needsScope && firstScope && scopes.length === 0) cells.fault(firstScope.column, 'required');
  const replace = cells.flag('replace');
  return cells.ends({ row: source.row, code, nationalCode, name, mobile, email, scopes, replace });
}

export function readDirectoryRow(
  kind: Exclude<ImportKind, PeopleKind>,
  layout: Layout,
  source: FileRow,
): ReadRow<DirectoryRow> {
  const cells = new Cells(layout, source);
  const code = cells.code('code', true);
  const name = cells.text('name', nameLength);
  if (name === '') cells.fault('name', 'required');
  if (kind === 'districts') return cells.ends({ row: source.row, code, values: { name } });
  if (kind === 'schools') {
    const districtCode = cells.code('districtCode', true);
    return cells.ends({ row: source.row, code, values: { name, districtCode } });
  }
  const startsOn = cells.day('startsOn');
  const endsOn = cells.day('endsOn');
  if (startsOn && endsOn && endsOn < startsOn) cells.fault('endsOn', 'ends_before_start');
  return cells.ends({ row: source.row, code, values: { name, startsOn, endsOn } });
}

/** One row by column; collects everything that is wrong with it. */
class Cells {
  private readonly faults: RowFault[] = [];

  constructor(
    private readonly layout: Layout,
    private readonly source: FileRow,
  ) {}

  fault(field: ImportColumn, code: ImportErrorCode): void {
    // One fault a cell: the first is the reason of the others.
    if (this.faults.every((other) => other.field !== field))
      this.faults.push({ row: this.source.row, field, code });
  }

  ends<R>(row: R): ReadRow<R> {
    return this.faults.length > 0 ? { faults: this.faults } : { row };
  }

  text(column: ImportColumn, maxLength: number): string {
    const text = normalizePersian(this.at(column))
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .trim();
    if (text.length > maxLength) this.fault(column, 'too_long');
    return text;
  }

  code(column: ImportColumn, required: boolean): string {
    const code = normalizeUsername(this.at(column));
    if (code === '') {
      if (required) this.fault(column, 'required');
    } else if (code.length > 64) this.fault(column, 'too_long');
    else if (!codePattern.test(code)) this.fault(column, 'invalid');
    return code;
  }

  nationalCode(): string {
    const typed = this.at('nationalCode');
    if (typed === '') this.fault('nationalCode', 'required');
    const code = parseNationalCode(typed);
    if (code === undefined)
      this.fault('nationalCode', /^\d{8,10}$/.test(toLatinDigits(typed)) ? 'check_digit' : 'invalid');
    return code ?? '';
  }

  personName(): string {
    const whole = this.text('name', nameLength);
    const parts = [this.text('firstName', nameLength), this.text('lastName', nameLength)];
    const name = whole || parts.filter((part) => part !== '').join(' ');
    const column = this.layout.has('name') ? 'name' : 'lastName';
    if (name === '') this.fault(column, 'required');
    if (name.length > nameLength) this.fault(column, 'too_long');
    return name;
  }

  mobile(): string | undefined {
    const typed = this.at('mobile');
    if (typed === '') return undefined;
    const parsed = parseMobile(typed);
    if (parsed.ok) return parsed.msisdn;
    this.fault('mobile', 'invalid');
    return undefined;
  }

  email(): string | undefined {
    const typed = this.at('email');
    if (typed === '') return undefined;
    const email = parseEmail(typed);
    if (email === undefined) this.fault('email', typed.length > emailLength ? 'too_long' : 'invalid');
    return email;
  }

  flag(column: ImportColumn): boolean {
    const said = normalizePersian(this.at(column)).toLowerCase();
    if (['بله', 'بلی', 'آری', 'yes', 'y', 'true', '1', '۱'].includes(said)) return true;
    if (!['', 'خیر', 'نه', 'no', 'n', 'false', '0', '۰'].includes(said)) this.fault(column, 'invalid');
    return false;
  }

  /** Jalali or Gregorian, `1405/07/01`, `1405-7-1`, `2026-09-23`; answers the Gregorian day. */
  day(column: ImportColumn): string {
    const typed = toLatinDigits(this.at(column));
    if (typed === '') this.fault(column, 'required');
    const day = gregorianDay(typed);
    if (day === undefined) this.fault(column, 'invalid');
    return day ?? '';
  }

  private at(column: ImportColumn): string {
    const place = this.layout.get(column);
    return place === undefined ? '' : (this.source.cells[place] ?? '').trim();
  }
}

function gregorianDay(typed: string): string | undefined {
  const [, year, month, day] = (/^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/.exec(typed) ?? []).map(Number);
  if (!year || !month || !day) return undefined;
  if (isJalaliDate({ year, month, day })) {
    const parts = tehranParts(fromJalali({ year, month, day }));
    return knownDay(parts.year, parts.month, parts.day);
  }
  return knownDay(year, month, day);
}

function knownDay(year: number, month: number, day: number): string | undefined {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isDay(text) ? text : undefined;
}

/** What the rows so far said, so that a later one that says it again is found. A few dozen bytes a row. */
export class RowMemory {
  private readonly codes = new Map<string, { readonly row: number; readonly person: number }>();
  private readonly people = new Map<number, number>();
  private readonly emails = new Map<string, { readonly row: number; readonly person: number }>();
  private readonly scoped = new Set<string>();

  constructor(private readonly kind: ImportKind) {}

  /** @returns its fault, or undefined when nobody said it before; then it is remembered */
  note(row: PersonRow | DirectoryRow): RowFault | undefined {
    const person = 'nationalCode' in row ? Number(row.nationalCode) : -1;
    const before = this.codes.get(row.code);
    const again = (field: ImportColumn, otherRow: number): RowFault => ({
      row: row.row,
      field,
      code: 'duplicate',
      otherRow,
    });
    if (before && !this.isFurtherScope(row, before.person === person)) return again('code', before.row);
    if ('nationalCode' in row) {
      const earlier = this.people.get(person);
      const standsOnce = isPeopleKind(this.kind) && peopleRules[this.kind].holds === 'one';
      if (earlier !== undefined && standsOnce) return again('nationalCode', earlier);
      const email = row.email === undefined ? undefined : this.emails.get(row.email);
      if (email && email.person !== person) return again('email', email.row);
      if (row.email !== undefined && !email) this.emails.set(row.email, { row: row.row, person });
      if (earlier === undefined) this.people.set(person, row.row);
      if (this.kind === 'support_agents')
        for (const scope of row.scopes) this.scoped.add(`${row.code} ${scope}`);
    }
    if (!before) this.codes.set(row.code, { row: row.row, person });
    return undefined;
  }

  /** Whether an earlier row was about the same person. */
  knewPerson({ row, nationalCode }: PersonRow): boolean {
    const first = this.people.get(Number(nationalCode));
    return first !== undefined && first < row;
  }

  /** A support agent may stand once for each portal or department. */
  private isFurtherScope(row: PersonRow | DirectoryRow, isSamePerson: boolean): boolean {
    if (this.kind !== 'support_agents' || !isSamePerson || !('scopes' in row)) return false;
    return row.scopes.some((scope) => !this.scoped.has(`${row.code} ${scope}`));
  }
}
