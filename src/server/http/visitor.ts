/**
 * Who asks, for budgets: the address, and of IPv6 its network. A household has a /64 of its own, in which every request
 * could come from another address.
 */
import { isIP } from 'node:net';

/** Groups of 16 bits that name a network. */
const NETWORK = 4;

/** @param address as the web framework knows it; what is none is returned as it is */
export function visitorOf(address: string): string {
  const [bare] = address.split('%', 1);
  if (isIP(bare) !== 6) return address;
  const groups = groupsOf(bare);
  return ipv4In(groups) ?? `${groups.slice(0, NETWORK).join(':')}::/64`;
}

/** The eight groups in the only way to write them: 2001:DB8::01 → 2001, db8, 0, … 1 */
function groupsOf(address: string): string[] {
  const [before, after = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [first, last] = [before, after].map((part) => part.split(':').filter(Boolean));
  return [...first, ...new Array<string>(8 - first.length - last.length).fill('0'), ...last];
}

/** ::ffff:c000:201 is 192.0.2.1, a visitor of an IPv4 network at a socket for both; null = none such. */
function ipv4In(groups: readonly string[]): string | null {
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return null;
  const bytes = groups.slice(6).flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >>> 8, value & 255];
  });
  return bytes.join('.');
}
