import { countSmsParts } from '@peyk/persian';
import { codeSms, codeSubject, codeText } from './code-texts';

const purposes = ['sign_in', 'reset_password', 'verify_mobile', 'leave_mobile', 'take_mobile'] as const;

describe('texts of codes', () => {
  it.each(purposes)('SMS-204 one part for %s, two with the line for browsers', (purpose) => {
    expect(countSmsParts(codeSms('پیک', purpose, '123456', undefined)).parts).toBe(1);
    expect(countSmsParts(codeSms('پیک', purpose, '123456', 'panel.peyk.example')).parts).toBeLessThanOrEqual(
      2,
    );
  });

  it('the line for browsers is the last, and says domain and code', () => {
    const lines = codeSms('پیک', 'sign_in', '123456', 'panel.peyk.example').split('\n');
    expect(lines.at(-1)).toBe('@panel.peyk.example #123456');
  });

  it('no text is the same for two purposes: a code for one is not taken for another', () => {
    expect(new Set(purposes.map((purpose) => codeText('پیک', purpose, '123456'))).size).toBe(purposes.length);
    expect(new Set(purposes.map((purpose) => codeSubject('پیک', purpose))).size).toBe(purposes.length);
  });
});
