import { networkOf, plainAddress } from './networks';

describe(networkOf, () => {
  it.each([
    ['203.0.113.7', '203.0.113.7/32'],
    [' ۲۰۳.۰.۱۱۳.۷ ', '203.0.113.7/32'],
    ['203.0.113.0/24', '203.0.113.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['203.0.113.7/32', '203.0.113.7/32'],
    ['2001:db8::1', '2001:db8::1/128'],
    ['2001:db8::/48', '2001:db8::/48'],
    ['::/0', '::/0'],
    ['::ffff:203.0.113.7', '203.0.113.7/32'],
  ])('SMT-214 takes %s', (typed, network) => {
    expect(networkOf(typed)).toBe(network);
  });

  it.each([
    '',
    'example.com',
    '203.0.113',
    '203.0.113.256',
    '203.0.113.0/33',
    '203.0.113.0/-1',
    '203.0.113.0/',
    '203.0.113.0/24/8',
    '203.0.113.0/2٫4',
    '0x7f.1',
    '2001:db8::/129',
    'fe80::1%eth0',
    '::ffff:203.0.113.0/120',
    "203.0.113.7'; DROP TABLE",
  ])('refuses %p', (typed) => {
    expect(networkOf(typed)).toBeUndefined();
  });
});

describe(plainAddress, () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8::1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['unknown', undefined],
    ['', undefined],
  ])('%p is %p', (address, plain) => {
    expect(plainAddress(address)).toBe(plain);
  });
});
