import { isIPv4, isIPv6 } from 'node:net';

/** What one customer of a network has: the IPv4 address itself; of IPv6 the /64, each address of which is free to use. */
export function customerOf(address: string): string {
  const v4 = asIPv4(address);
  return v4 ?? prefixOf(address, 4) ?? address;
}

/** Where somebody usually is: providers give other addresses of the same /24, or /48, all the time. */
export function networkOf(address: string): string {
  const v4 = asIPv4(address);
  if (v4) return `${v4.slice(0, v4.lastIndexOf('.'))}.0/24`;
  return prefixOf(address, 3) ?? address;
}

function asIPv4(address: string): string | undefined {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return isIPv4(plain) ? plain : undefined;
}

/** `groups` of 16 bits. */
function prefixOf(address: string, groups: number): string | undefined {
  const plain = address.split('%', 1)[0] ?? '';
  if (!isIPv6(plain)) return undefined;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  const all = [...left, ...Array<string>(Math.max(0, gap)).fill('0'), ...right];
  const prefix = all.slice(0, groups).map((group) => parseInt(group, 16).toString(16));
  return `${prefix.join(':')}::/${groups * 16}`;
}
