import { normalizePersian } from '@peyk/persian';
import type { Role, ScopeKind } from '@peyk/contracts';
import type { ImportColumn, ImportKind, UsernameKind } from '@peyk/contracts/identity';

export type PeopleKind = Extract<
  ImportKind,
  'students' | 'professors' | 'school_managers' | 'district_experts' | 'support_agents' | 'office_users'
>;
export type DirectoryKind = Exclude<ImportKind, PeopleKind>;

/** What a file of people gives them. */
export interface PeopleRule {
  readonly role: Role;
  /** The code is a username of this kind (IDN-007..010, IDN-034). */
  readonly usernameKind: UsernameKind;
  /** Columns that are scopes of the role. `code` too: a school's manager. */
  readonly scopes: readonly { readonly column: ImportColumn; readonly kind: ScopeKind }[];
  /** At least one of the scope columns must be filled. */
  readonly needsScope: boolean;
  /**
   * `one`: a person has one of them, and the file says which; a person stands once in the file. `several`: the file adds,
   * and a person may stand in several rows. Taking away is done by hand.
   */
  readonly holds: 'one' | 'several';
}

export const peopleRules: Readonly<Record<PeopleKind, PeopleRule>> = {
  students: {
    role: 'student',
    usernameKind: 'student_code',
    scopes: [],
    needsScope: false,
    holds: 'several',
  },
  professors: {
    role: 'professor',
    usernameKind: 'professor_code',
    scopes: [],
    needsScope: false,
    holds: 'several',
  },
  school_managers: {
    role: 'school_manager',
    usernameKind: 'school_code',
    scopes: [{ column: 'code', kind: 'school' }],
    needsScope: true,
    holds: 'several',
  },
  district_experts: {
    role: 'district_expert',
    usernameKind: 'personnel_code',
    scopes: [{ column: 'districtCode', kind: 'district' }],
    needsScope: true,
    holds: 'one',
  },
  support_agents: {
    role: 'support_agent',
    usernameKind: 'personnel_code',
    scopes: [
      { column: 'portal', kind: 'portal' },
      { column: 'department', kind: 'department' },
    ],
    needsScope: true,
    holds: 'several',
  },
  office_users: {
    role: 'office_user',
    usernameKind: 'office_number',
    scopes: [{ column: 'officeCode', kind: 'office' }],
    needsScope: true,
    holds: 'one',
  },
};

export function isPeopleKind(kind: ImportKind): kind is PeopleKind {
  return Object.hasOwn(peopleRules, kind);
}

interface ColumnRule {
  readonly column: ImportColumn;
  readonly headings: readonly string[];
}

const personColumns: readonly ColumnRule[] = [
  {
    column: 'nationalCode',
    headings: ['کد ملی', 'شماره ملی', 'national code', 'national id', 'national number', 'nid'],
  },
  {
    column: 'name',
    headings: ['نام و نام خانوادگی', 'نام خانوادگی و نام', 'نام کامل', 'full name', 'name'],
  },
  { column: 'firstName', headings: ['نام', 'نام کوچک', 'first name', 'given name'] },
  {
    column: 'lastName',
    headings: ['نام خانوادگی', 'فامیل', 'فامیلی', 'last name', 'surname', 'family name', 'family'],
  },
  {
    column: 'mobile',
    headings: [
      ...['موبایل', 'شماره موبایل', 'تلفن موبایل', 'همراه', 'شماره همراه', 'تلفن همراه', 'شماره تلفن همراه'],
      ...['mobile', 'mobile number', 'mobile phone', 'cell phone'],
    ],
  },
  {
    column: 'email',
    headings: [
      ...['ایمیل', 'رایانامه', 'پست الکترونیکی', 'پست الکترونیک'],
      ...['email', 'e-mail', 'email address'],
    ],
  },
];
const districtCode: ColumnRule = {
  column: 'districtCode',
  headings: ['کد ناحیه', 'ناحیه', 'کد منطقه', 'منطقه', 'district code', 'district'],
};
const nameColumn = (...headings: string[]): ColumnRule => ({
  column: 'name',
  headings: ['نام', 'عنوان', 'name', 'title', ...headings],
});
const codeColumn = (...headings: string[]): ColumnRule => ({
  column: 'code',
  headings: ['کد', 'نام کاربری', 'code', 'username', ...headings],
});
const schoolCode = codeColumn('کد مدرسه', 'school code');
const personnelCode = codeColumn('کد پرسنلی', 'شماره پرسنلی', 'personnel code', 'personnel number');

/** Columns of each kind of file with their headings (IDN-203); the first heading of a column is its name for people. */
const columnsOf: Readonly<Record<ImportKind, readonly ColumnRule[]>> = {
  students: [
    codeColumn('کد دانشجویی', 'شماره دانشجویی', 'student code', 'student id', 'student number'),
    ...personColumns,
  ],
  professors: [codeColumn('کد استادی', 'کد استاد', 'professor code', 'professor id'), ...personColumns],
  school_managers: [
    schoolCode,
    ...personColumns,
    { column: 'replace', headings: ['جایگزین', 'جایگزینی', 'replace'] },
  ],
  district_experts: [personnelCode, ...personColumns, districtCode],
  support_agents: [
    personnelCode,
    ...personColumns,
    { column: 'portal', headings: ['پورتال', 'کد پورتال', 'درگاه', 'portal', 'portal code'] },
    {
      column: 'department',
      headings: ['دپارتمان', 'کد دپارتمان', 'بخش', 'واحد', 'department', 'department code', 'unit'],
    },
  ],
  office_users: [
    codeColumn('شماره شناسایی', 'کد شناسایی', 'identification number', 'id number'),
    ...personColumns,
    { column: 'officeCode', headings: ['کد دفتر', 'دفتر', 'office code', 'office'] },
  ],
  districts: [
    codeColumn('کد ناحیه', 'کد منطقه', 'district code'),
    nameColumn('نام ناحیه', 'نام منطقه', 'district name'),
  ],
  schools: [schoolCode, nameColumn('نام مدرسه', 'school name'), districtCode],
  terms: [
    codeColumn('کد ترم', 'کد نیم سال', 'term code'),
    nameColumn('نام ترم', 'نیم سال', 'term name'),
    {
      column: 'startsOn',
      headings: ['تاریخ شروع', 'تاریخ آغاز', 'شروع', 'start date', 'starts on', 'start'],
    },
    { column: 'endsOn', headings: ['تاریخ پایان', 'پایان', 'end date', 'ends on', 'end'] },
  ],
};

/** Any of a group is enough. */
const neededOf: Readonly<Record<ImportKind, readonly (readonly ImportColumn[])[]>> = {
  students: [['code'], ['nationalCode'], ['name', 'lastName']],
  professors: [['code'], ['nationalCode'], ['name', 'lastName']],
  school_managers: [['code'], ['nationalCode'], ['name', 'lastName']],
  district_experts: [['code'], ['nationalCode'], ['name', 'lastName'], ['districtCode']],
  support_agents: [['code'], ['nationalCode'], ['name', 'lastName'], ['portal', 'department']],
  office_users: [['code'], ['nationalCode'], ['name', 'lastName'], ['officeCode']],
  districts: [['code'], ['name']],
  schools: [['code'], ['name'], ['districtCode']],
  terms: [['code'], ['name'], ['startsOn'], ['endsOn']],
};

/** Place of each column that a file has. */
export type Layout = ReadonlyMap<ImportColumn, number>;

/** Columns by their headings, in any order; of two with one meaning the first. Unknown headings are left. */
export function layoutOf(kind: ImportKind, headings: readonly string[]): Layout {
  const layout = new Map<ImportColumn, number>();
  const known = new Map(
    columnsOf[kind].flatMap(({ column, headings: names }) =>
      names.map((name) => [headingKey(name), column] as const),
    ),
  );
  headings.forEach((heading, place) => {
    const column = known.get(headingKey(heading));
    if (column && !layout.has(column)) layout.set(column, place);
  });
  return layout;
}

/** Columns that are needed and not there, one for each group. */
export function missingColumns(kind: ImportKind, layout: Layout): ImportColumn[] {
  return neededOf[kind].flatMap((group) =>
    group.some((column) => layout.has(column)) ? [] : group.slice(0, 1),
  );
}

/** The same for `کد ملی`, `كد ملي`, `کد‌ملی:` and `National_Code`. */
function headingKey(text: string): string {
  // Longer than any heading: not worth normalising.
  return text.length > 64 ? '' : normalizePersian(text).toLowerCase().replace(/\P{L}/gu, '');
}
