import { DomainError } from '@peyk/contracts';
import { PasswordPolicy } from './password-policy';

describe(PasswordPolicy.name, () => {
  const policy = new PasswordPolicy();
  beforeAll(() => policy.onModuleInit());

  const owner = {
    usernames: ['reza-ahmadi', '98765'],
    name: 'رضا احمدی',
    email: 'r.ahmadi@example.ir',
    nationalCode: '0012345679',
    mobile: '989121234567',
  };
  const reasonOf = (password: string, of = owner): unknown => {
    try {
      policy.check(password, of);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'password.weak') return error.details?.['reason'];
      throw error;
    }
    return 'strong';
  };

  it.each([
    ['', 'short'],
    ['Ab1$xyz', 'short'],
    ['۱۲۳۴۵۶۷', 'short'],
    // Eight UTF-16 units, four characters.
    ['😀😁😂🤣', 'short'],
    ['Ab1$xyz9', 'strong'],
    ['correct horse', 'strong'],
    ['سلام بر همه', 'strong'],
    // Only letters, only lower case, only digits: composition does not matter.
    ['hgzqpwmv', 'strong'],
    ['8302957146203', 'strong'],
    ['x'.repeat(64).replace(/x/g, 'abc'), 'strong'],
  ])('IDN-208 length alone: %s is %s', (password, reason) => {
    expect(reasonOf(password)).toBe(reason);
  });

  it.each([
    'password1',
    'PassWord1',
    '12345678',
    '۱۲۳۴۵۶۷۸',
    '١٢٣٤٥٦٧٨',
    'qwertyuiop',
    'iloveyou1',
    'ｐａｓｓｗｏｒｄ１',
    'aaaaaaaaaaaa',
    'ababababab',
  ])('IDN-208 refuses the common %s in any letters and digits', (password) => {
    expect(reasonOf(password)).toBe('common');
  });

  it.each([
    ['the national code', '0012345679'],
    ['in Persian digits', '۰۰۱۲۳۴۵۶۷۹'],
    ['backwards', '9765432100'],
    ['with something around it', '0012345679!'],
    ['with three characters around it', 'a0012345679bc'],
    ['the mobile', '09121234567'],
    ['the mobile with the country', '+989121234567'],
    ['the mobile without zero', '9121234567'],
    ['a username', 'reza-ahmadi'],
    ['a username without its hyphen and in capitals', 'RezaAhmadi'],
    ['a username backwards', 'idamha-azer'],
    ['a short username', '9876598'],
    ['the name', 'رضااحمدی'],
    ['the name as others write it', 'رضا  احمدي'],
    ['the family name and a year', 'احمدی۱۳۶'],
    ['the e-mail', 'r.ahmadi1'],
    ['the host of the e-mail', 'example.ir'],
  ])('IDN-207 IDN-208 refuses %s', (_what, password) => {
    expect(['personal', 'short']).toContain(reasonOf(password));
    expect(reasonOf(password, { usernames: [], name: '', email: '', nationalCode: '', mobile: '' })).not.toBe(
      'personal',
    );
  });

  it('takes a password that merely contains a name', () => {
    expect(reasonOf('reza-ahmadi likes long walks')).toBe('strong');
    expect(reasonOf('0012345679 is my code')).toBe('strong');
  });

  it('knows at least 10,000 leaked passwords', () => {
    expect((policy as unknown as { common: ReadonlySet<string> }).common.size).toBeGreaterThan(10_000);
  });

  it('takes no longer for 200 characters than for 20', () => {
    for (const password of ['ab '.repeat(66), '۱۲'.repeat(100), '\u0301'.repeat(200)]) reasonOf(password);
  });
});
