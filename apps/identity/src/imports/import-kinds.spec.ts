import { importKinds } from '@peyk/contracts/identity';
import { layoutOf, missingColumns } from './import-kinds';

describe(layoutOf, () => {
  it.each([
    [['کد دانشجویی', 'کد ملی', 'نام', 'نام خانوادگی', 'شماره همراه', 'ایمیل']],
    [['شماره دانشجويي', 'كد‌ملي', ' نام ', 'فامیلی:', 'موبایل', 'پست الکترونیک']],
    [['Student_Code', 'National ID', 'First Name', 'SURNAME', 'mobile', 'E-Mail']],
  ])('IDN-203 knows %j', (headings) => {
    const layout = layoutOf('students', headings);
    expect([...layout]).toEqual([
      ['code', 0],
      ['nationalCode', 1],
      ['firstName', 2],
      ['lastName', 3],
      ['mobile', 4],
      ['email', 5],
    ]);
    expect(missingColumns('students', layout)).toEqual([]);
  });

  it('IDN-203 takes any order, the first of two alike, and leaves what it does not know', () => {
    const layout = layoutOf('office_users', [
      'معدل',
      'کد دفتر',
      'کد ملی',
      'نام و نام خانوادگی',
      'کد',
      'کد ملی',
    ]);
    expect(Object.fromEntries(layout)).toEqual({ officeCode: 1, nationalCode: 2, name: 3, code: 4 });
  });

  it('IDN-203 names what is missing: one of each group', () => {
    expect(missingColumns('support_agents', layoutOf('support_agents', ['کد', 'درگاه']))).toEqual([
      'nationalCode',
      'name',
    ]);
    for (const kind of importKinds) expect(missingColumns(kind, layoutOf(kind, []))).toContain('code');
  });

  it('IDN-008 takes the school code for the username of a school manager', () => {
    expect([...layoutOf('school_managers', ['کد مدرسه', 'نام خانوادگی', 'کد ملی'])]).toEqual([
      ['code', 0],
      ['lastName', 1],
      ['nationalCode', 2],
    ]);
  });
});
