/**
 * The visitor that a budget belongs to: an IPv4 address, or an IPv6 network. A household has a whole /64, in which each
 * request could come from another address.
 */
import { isIP } from 'node:net';

/** groups of 16 bits in the name of a network */
const NETWORK_GROUPS = 4;

/**
 * @param address as Fastify gives it; undefined = the client has gone. Anything that is not an IPv6 address is returned
 *   unchanged
 */
export function visitorOf(address: string | undefined): string {
  if (address === undefined) return 'gone';
  const plain = plainAddress(address);
  if (!plain.includes(':') || isIP(plain) !== 6) return plain;
  return `${plain.split(':', NETWORK_GROUPS).join(':')}::/64`;
}

/**
 * One way to write each address: IPv6 as eight groups without leading zeros and without the name of a link
 * (2001:DB8::01 → 2001:db8:0:0:0:0:0:1), and IPv4 as itself also where a dual-stack socket writes it as IPv6.
 * Anything that is not an IPv6 address is returned unchanged.
 */
export function plainAddress(address: string): string {
  if (!address.includes(':')) return address;
  const [bare] = address.split('%', 1);
  if (isIP(bare) !== 6) return address;
  const groups = groupsOf(bare);
  return ipv4In(groups) ?? groups.join(':');
}

/** The eight groups in their canonical form: 2001:DB8::01 → 2001, db8, 0, … 1 */
function groupsOf(address: string): string[] {
  const [before, after = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [first, last] = [before, after].map((part) => part.split(':').filter(Boolean));
  return [...first, ...new Array<string>(8 - first.length - last.length).fill('0'), ...last];
}

/** The IPv4 address that a dual-stack socket writes as IPv6: ::ffff:c000:201 → 192.0.2.1; null = a real IPv6 address. */
function ipv4In(groups: readonly string[]): string | null {
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return null;
  const bytes = groups.slice(6).flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >>> 8, value & 255];
  });
  return bytes.join('.');
}
