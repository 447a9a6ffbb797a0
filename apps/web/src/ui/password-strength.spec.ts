import { passwordHelp } from './password-strength';

describe('help with a new password', () => {
  it('IDN-208 says which rule is not met yet', () => {
    expect(passwordHelp('abc12')).toMatchObject({ long: false, strength: 0 });
    expect(passwordHelp('abababab')).toMatchObject({ long: true, varied: false, strength: 0 });
    expect(passwordHelp('sara-12', ['sara'])).toMatchObject({ unknown: false });
    expect(passwordHelp('علي.رضايي1', ['علی رضایی'])).toMatchObject({ unknown: false, strength: 0 });
    expect(passwordHelp('۰۹۱۲۱۱۱۲۲۳۳', ['09121112233'])).toMatchObject({ unknown: false });
  });

  it('does not take a word for known that is a small part of it', () => {
    expect(passwordHelp('sara-goes-to-school', ['sara'])).toMatchObject({ unknown: true });
    expect(passwordHelp('ab-1405-xyzw', ['ab'])).toMatchObject({ unknown: true });
  });

  it('rises with what guessing costs, not with repetition', () => {
    const strengths = ['12345678', 'qhzmwbtx', 'Demo-1405-pass', 'correct horse battery staple'].map(
      (typed) => passwordHelp(typed).strength,
    );
    expect(strengths).toEqual([1, 1, 3, 3]);
    expect(passwordHelp('aaaaaaaaaaaaaaaaaabc').strength).toBe(1);
    expect(passwordHelp('x7-kQ2_mZ').strength).toBe(2);
  });
});
