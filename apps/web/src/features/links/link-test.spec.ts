import { testText } from './link-test';

const test = { status: null, fault: null, tookMs: 1, smsc: null } as const;

describe(testText, () => {
  it('says in Persian what came back, with the code where there is one', () => {
    expect(testText({ ...test, outcome: 'answered' }).title).toMatch(/[آ-ی]/);
    const wrong = testText({ ...test, outcome: 'bindRefused', status: 0x0e });
    expect(wrong.title).toContain('0x');
    expect(wrong.what).toMatch(/گذرواژه|رمز/);
    expect(testText({ ...test, outcome: 'bindRefused', status: 0x401 }).what).toMatch(/[آ-ی]/);
  });

  it('a TLS fault says whether the authority, the name or the time is wrong, and of others the code', () => {
    const of = (fault: string) => testText({ ...test, outcome: 'tlsFailed', fault }).what;
    expect(
      new Set([of('CERT_HAS_EXPIRED'), of('ERR_TLS_CERT_ALTNAME_INVALID'), of('SELF_SIGNED_CERT_IN_CHAIN')])
        .size,
    ).toBe(3);
    expect(of('ERR_SOMETHING')).toContain('ERR_SOMETHING');
  });
});
