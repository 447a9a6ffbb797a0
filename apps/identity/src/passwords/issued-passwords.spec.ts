import { PersonalData } from '../accounts/personal-data';
import type { IdentityConfig } from '../config';
import { IssuedPasswords } from './issued-passwords';

describe(IssuedPasswords, () => {
  const personal = new PersonalData({
    hashSecret: 'x'.repeat(32),
    sealKeys: `1:${Buffer.alloc(32).toString('base64')}`,
  } as IdentityConfig);
  const passwords = new IssuedPasswords(personal);
  const issued = {
    password_hash: null,
    must_set_password: true,
    national_code_index: personal.indexOf('nationalCode', '0012345679'),
  };

  it('IDN-011 lets in by the national code in any digits, and by nothing else', () => {
    for (const typed of ['0012345679', '۰۰۱۲۳۴۵۶۷۹', ' 0012345679 ', '12345679'])
      expect(passwords.matches(issued, typed)).toBe(true);
    for (const typed of ['', '0084575948', '0012345678', `0012345679${' '.repeat(30)}x`, 'x'.repeat(200)])
      expect(passwords.matches(issued, typed)).toBe(false);
  });

  it('IDN-207 does not once there is an own password, or where none was issued', () => {
    expect(passwords.matches(undefined, '0012345679')).toBe(false);
    expect(passwords.matches({ ...issued, password_hash: '$argon2id$' }, '0012345679')).toBe(false);
    expect(passwords.matches({ ...issued, must_set_password: false }, '0012345679')).toBe(false);
    expect(passwords.matches({ ...issued, national_code_index: null }, '')).toBe(false);
  });
});
