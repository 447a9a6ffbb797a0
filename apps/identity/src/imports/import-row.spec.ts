import type { ImportColumn } from '@peyk/contracts/identity';
import { layoutOf } from './import-kinds';
import type { DirectoryKind, PeopleKind } from './import-kinds';
import { readDirectoryRow, readPersonRow, RowMemory } from './import-row';
import type { PersonRow } from './import-row';

const headings: Readonly<Record<string, string>> = {
  code: 'کد',
  nationalCode: 'کد ملی',
  name: 'نام و نام خانوادگی',
  firstName: 'نام',
  lastName: 'نام خانوادگی',
  mobile: 'موبایل',
  email: 'ایمیل',
  districtCode: 'کد ناحیه',
  portal: 'پورتال',
  department: 'دپارتمان',
  officeCode: 'کد دفتر',
  replace: 'جایگزین',
};
type Said = Readonly<Partial<Record<ImportColumn, string>>>;
const good = { code: '4021', nationalCode: '0012345679', lastName: 'احمدی' };

function person(kind: PeopleKind, said: Said, row = 2) {
  const layout = layoutOf(
    kind,
    Object.keys(said).map((column) => headings[column] ?? ''),
  );
  return readPersonRow(kind, layout, { row, cells: Object.values(said) });
}
function faults(kind: PeopleKind, said: Said): string[] {
  const read = person(kind, said);
  return 'faults' in read ? read.faults.map(({ field, code }) => `${field} ${code}`) : [];
}

describe(readPersonRow, () => {
  it('IDN-203 IDN-213 brings every value to its one form', () => {
    const read = person('students', {
      code: ' ۴۰۲۱ ',
      nationalCode: '۱۲۳۴۵۶۷۹',
      firstName: ' علي  ',
      lastName: 'كريمي\u200cزاده',
      mobile: '+98 912 123 4567',
      email: ' Ali@Example.COM',
    });
    expect(read).toEqual({
      row: {
        row: 2,
        code: '4021',
        nationalCode: '0012345679',
        name: 'علی کریمی\u200cزاده',
        mobile: '989121234567',
        email: 'ali@example.com',
        scopes: [],
        replace: false,
      },
    });
  });

  it.each<[string, Said, string[]]>([
    [
      'an empty row',
      { code: '', nationalCode: '', lastName: '' },
      ['code required', 'nationalCode required', 'lastName required'],
    ],
    ['a check digit', { ...good, nationalCode: '0012345678' }, ['nationalCode check_digit']],
    ['one digit repeated', { ...good, nationalCode: '1111111111' }, ['nationalCode check_digit']],
    ['letters for a national code', { ...good, nationalCode: 'ندارد' }, ['nationalCode invalid']],
    ['signs in a code', { ...good, code: '40;21' }, ['code invalid']],
    ['a long code', { ...good, code: '1'.repeat(65) }, ['code too_long']],
    ['a long name', { ...good, lastName: 'ا'.repeat(201) }, ['lastName too_long']],
    ['a landline', { ...good, mobile: '02188776655' }, ['mobile invalid']],
    ['no address', { ...good, email: 'ali' }, ['email invalid']],
  ])('IDN-203 names the cells of %s', (_what, said, expected) => {
    expect(faults('students', said)).toEqual(expected);
  });

  it('IDN-201 makes scopes of the columns', () => {
    expect(person('school_managers', { ...good, replace: 'بله' })).toMatchObject({
      row: { scopes: ['school:4021'], replace: true },
    });
    expect(person('district_experts', { ...good, districtCode: '۵' })).toMatchObject({
      row: { scopes: ['district:5'] },
    });
    expect(person('support_agents', { ...good, portal: 'sms', department: '' })).toMatchObject({
      row: { scopes: ['portal:sms'] },
    });
    expect(faults('support_agents', { ...good, portal: '', department: '' })).toEqual(['portal required']);
    expect(faults('district_experts', { ...good, districtCode: '' })).toEqual(['districtCode required']);
    expect(faults('office_users', { ...good, officeCode: 'a:b' })).toEqual(['officeCode invalid']);
    expect(faults('school_managers', { ...good, replace: 'شاید' })).toEqual(['replace invalid']);
  });
});

describe(readDirectoryRow, () => {
  const term = (...cells: string[]) =>
    readDirectoryRow('terms', layoutOf('terms', ['کد', 'نام', 'تاریخ شروع', 'تاریخ پایان']), {
      row: 2,
      cells,
    });

  it('IDN-203 takes days of either calendar and answers the Gregorian one', () => {
    const values = { name: 'نیم‌سال اول', startsOn: '2026-09-23', endsOn: '2027-01-20' };
    expect(term('14051', 'نیم‌سال اول', '۱۴۰۵/۰۷/۰۱', '1405-10-30')).toEqual({
      row: { row: 2, code: '14051', values },
    });
    expect(term('14051', 'نیم‌سال اول', '2026-9-23', '2027/01/20')).toEqual({
      row: { row: 2, code: '14051', values },
    });
  });

  it('IDN-203 refuses days that do not exist and an end before the start', () => {
    const of = (...cells: string[]): unknown => {
      const read = term(...cells);
      return 'faults' in read ? read.faults.map(({ field, code }) => [field, code]) : [];
    };
    expect(of('1', 'ن', '1405/12/30', '1405/13/01')).toEqual([
      ['startsOn', 'invalid'],
      ['endsOn', 'invalid'],
    ]);
    expect(of('1', 'ن', '1405/07/02', '1405/07/01')).toEqual([['endsOn', 'ends_before_start']]);
    expect(of('1', 'ن', '1405/07/01', '')).toEqual([['endsOn', 'required']]);
  });

  it('IDN-203 needs the district of a school', () => {
    const kind: DirectoryKind = 'schools';
    const layout = layoutOf(kind, ['کد مدرسه', 'نام مدرسه', 'ناحیه']);
    expect(readDirectoryRow(kind, layout, { row: 3, cells: ['10023', 'شهید باهنر', ''] })).toEqual({
      faults: [{ row: 3, field: 'districtCode', code: 'required' }],
    });
  });
});

describe(RowMemory, () => {
  const noting = (kind: PeopleKind) => {
    const memory = new RowMemory(kind);
    return {
      memory,
      note: (row: number, change: Partial<PersonRow> = {}) =>
        memory.note({
          row,
          code: 'a',
          nationalCode: '0012345679',
          name: 'x',
          scopes: [],
          replace: false,
          ...change,
        }),
    };
  };

  it('IDN-203 finds the code that stood before, whoever has it now', () => {
    const { note } = noting('students');
    expect(note(2)).toBeUndefined();
    expect(note(3)).toEqual({ row: 3, field: 'code', code: 'duplicate', otherRow: 2 });
    expect(note(4, { nationalCode: '0084575948' })).toMatchObject({ field: 'code', otherRow: 2 });
    expect(note(5, { code: 'b' })).toBeUndefined();
  });

  it('IDN-203 lets a district expert stand once, a support agent once for each department', () => {
    const expert = noting('district_experts');
    expect(expert.note(2)).toBeUndefined();
    expect(expert.note(3, { code: 'b' })).toMatchObject({ field: 'nationalCode', otherRow: 2 });
    const agent = noting('support_agents');
    expect(agent.note(2, { scopes: ['department:x'] })).toBeUndefined();
    expect(agent.note(3, { scopes: ['department:y'] })).toBeUndefined();
    expect(agent.note(4, { scopes: ['department:x'] })).toMatchObject({ field: 'code', otherRow: 2 });
    expect(agent.note(5, { scopes: ['department:z'], nationalCode: '0084575948' })).toMatchObject({
      field: 'code',
    });
  });

  it('IDN-203 finds an e-mail that another person had, and knows who came before', () => {
    const { memory, note } = noting('students');
    expect(note(2, { email: 'a@b.ir' })).toBeUndefined();
    expect(note(3, { code: 'b', email: 'a@b.ir' })).toBeUndefined();
    expect(note(4, { code: 'c', email: 'a@b.ir', nationalCode: '0084575948' })).toMatchObject({
      field: 'email',
      otherRow: 2,
    });
    const row = { code: 'x', nationalCode: '0012345679', name: 'x', scopes: [], replace: false };
    expect(memory.knewPerson({ ...row, row: 2 })).toBe(false);
    expect(memory.knewPerson({ ...row, row: 3 })).toBe(true);
    expect(memory.knewPerson({ ...row, row: 9, nationalCode: '0084575948' })).toBe(false);
  });
});
