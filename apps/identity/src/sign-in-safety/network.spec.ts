import { customerOf, networkOf } from './network';

describe('networks of addresses', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7', '203.0.113.0/24'],
    ['::ffff:203.0.113.7', '203.0.113.7', '203.0.113.0/24'],
    ['2001:0db8:0001:0002:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8:0:0::/64', '2001:db8:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0::/48'],
    ['no address', 'no address', 'no address'],
    ['', '', ''],
  ])('%s is of customer %s in network %s', (address, customer, network) => {
    expect(customerOf(address)).toBe(customer);
    expect(networkOf(address)).toBe(network);
  });
});
