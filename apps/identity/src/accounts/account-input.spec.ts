import { AccountInput, normalizeName, parseEmail } from './account-input';

describe(parseEmail, () => {
  it.each([
    [' Ali@Example.IR ', 'ali@example.ir'],
    ['a.b+c@sub.example.co.ir', 'a.b+c@sub.example.co.ir'],
    ['علی@example.ir', 'علی@example.ir'],
  ])('takes %s', (typed, email) => expect(parseEmail(typed)).toBe(email));

  it.each([
    '',
    'ali',
    '@example.ir',
    'ali@',
    'ali@example',
    'a b@example.ir',
    'a@b@example.ir',
    'ali@-example.ir',
    'ali@example..ir',
    'ali@example.ir\nbcc: x@y.z',
    '"ali"@example.ir',
    'Ali <ali@example.ir>',
    `${'a'.repeat(65)}@example.ir`,
    `a@${'b.'.repeat(200)}ir`,
    `${'a@'.repeat(50_000)}`,
  ])('refuses %j', (typed) => expect(parseEmail(typed)).toBeUndefined());
});

describe(normalizeName, () => {
  it('IDN-213 writes a name in one way', () => {
    expect(normalizeName('  علي\u200eكريمي \n\t زاده\u0000 ')).toBe('علیکریمی زاده');
    for (const unseen of ['\u200f \u0007', '\u200c', '\u3164', '\u2800', '\u00ad\ufe0f'])
      expect(normalizeName(unseen)).toBe('');
  });
});

describe(AccountInput, () => {
  it('keeps what is absent absent, and null null', () => {
    const input = new AccountInput();
    expect([
      input.name(undefined),
      input.mobile(null),
      input.nationalCode(undefined),
      input.email(null),
    ]).toEqual([undefined, null, undefined, null]);
    expect(() => input.assertValid()).not.toThrow();
  });

  it('IDN-213 takes national codes and mobiles in any writing', () => {
    const input = new AccountInput();
    expect(input.nationalCode('۰۰۱۲۳۴۵۶۷۹')).toBe('0012345679');
    expect(input.mobile('+98 (912) 123-45-67')).toBe('989121234567');
    input.assertValid();
  });

  it('IDN-201 gives each role its own scopes, each once and in one order', () => {
    const input = new AccountInput();
    expect(
      input.grants([
        { role: 'support_agent', scopes: ['portal:b', 'department:۱', 'portal:b'] },
        { role: 'school_manager', scopes: ['school:1'] },
        { role: 'professor', scopes: [] },
      ]),
    ).toEqual({
      roles: ['school_manager', 'professor', 'support_agent'],
      scopes: { school_manager: ['school:1'], support_agent: ['department:1', 'portal:b'] },
    });
    input.assertValid();
  });
});
