import { deviceOf } from './device';

describe('the name of a device', () => {
  it('IDN-210 is the browser itself, not those that it claims to be', () => {
    const chrome =
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36';
    expect(deviceOf(chrome)).toMatch(/Chrome.*Linux/);
    expect(deviceOf(`${chrome} Edg/126.0`)).toMatch(/Edge.*Linux/);
    expect(
      deviceOf(
        'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Safari/604.1',
      ),
    ).toMatch(/Safari.*iOS/);
    expect(
      deviceOf('Mozilla/5.0 (Linux; Android 14) SamsungBrowser/25.0 Chrome/121 Mobile Safari/537.36'),
    ).toMatch(/Samsung Internet.*Android/);
  });

  it('is what a program says of itself, cut', () => {
    expect(deviceOf('curl/8.5.0')).toBe('curl/8.5.0');
    expect(deviceOf('x'.repeat(300))).toHaveLength(60);
    expect(deviceOf('')).not.toBe('');
  });
});
