import { isIPv4, isIPv6 } from 'node:net';
import { toLatinDigits } from '@peyk/persian';

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * The CIDR form of what a person typed: `203.0.113.7` -> `203.0.113.7/32`, `2001:db8::/48`. PostgreSQL clears the bits
 * behind the prefix. Undefined: neither an address nor a network.
 */
export function networkOf(typed: string): string | undefined {
  const [text = '', prefix, more] = toLatinDigits(typed).trim().split('/');
  if (more !== undefined) return undefined;
  const address = mapped.exec(text)?.[1] ?? text;
  const bits = isIPv4(address) ? 32 : isIPv6(address) && !address.includes('%') ? 128 : 0;
  // ::ffff:203.0.113.0/120 would be an IPv4 network; nobody writes it so.
  if (bits === 0 || (address !== text && prefix !== undefined)) return undefined;
  if (prefix === undefined) return `${address}/${bits}`;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits ? `${address}/${Number(prefix)}` : undefined;
}

/** The address of a socket as PostgreSQL's `inet` takes it; undefined: none. */
export function plainAddress(address: string): string | undefined {
  const plain = mapped.exec(address)?.[1] ?? address.split('%', 1)[0] ?? '';
  return isIPv4(plain) || isIPv6(plain) ? plain : undefined;
}
