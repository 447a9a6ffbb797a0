import { returnTo } from './return-to';

describe('where a sign-in leads to', () => {
  const of = (to: string): string => returnTo(`?to=${encodeURIComponent(to)}`);

  it('is the page that was asked for, with its filters', () => {
    expect(of('/sends?state=sending#x')).toBe('/sends?state=sending#x');
  });

  it('is the home page without one', () => {
    expect(returnTo('')).toBe('/home');
    expect(returnTo('?to=')).toBe('/home');
    expect(of('/')).toBe('/home');
  });

  it('is never another site', () => {
    const foreign = [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/\t/evil.example',
      '/x\\..\\evil',
      '\n//evil.example',
      'evil.example',
    ];
    expect(foreign.map(of)).toEqual(foreign.map(() => '/home'));
  });

  it('is not the sign-in again', () => {
    expect(of('/sign-in?to=/x')).toBe('/home');
    expect(of('/first-password')).toBe('/home');
  });
});
