/**
 * Whose word about a visitor's address is taken. Anybody can send X-Forwarded-For, so it counts only where the operator
 * says that a proxy stands in front of the server and writes it.
 */
import { isIP } from 'node:net';
import { Type } from 'typebox';

/** false = nobody's; how many proxies stand in a row; or their addresses and subnets, e.g. "10.0.0.0/8" */
export type TrustProxy = false | number | readonly string[];

const MOST_PROXIES = 16;
/** Names for the subnets that are a machine's or a network's own. */
const SUBNETS = ['loopback', 'linklocal', 'uniquelocal'];

export const TrustProxyOption = Type.Refine(
  Type.Unsafe<TrustProxy>({ default: false }),
  isTrustProxy,
  () =>
    `must be false, the number of proxies in a row (1–${MOST_PROXIES}), or a list of their addresses and subnets such as 10.0.0.0/8`,
);

/** As the web framework takes it: a number by itself it trusts in nothing, since it cannot know who sends the header. */
export function trusted(proxies: TrustProxy) {
  if (typeof proxies === 'number') return (_address: string, hop: number) => hop < proxies;
  return proxies === false ? false : [...proxies];
}

function isTrustProxy(value: unknown): boolean {
  if (typeof value === 'number')
    return Number.isInteger(value) && value >= 1 && value <= MOST_PROXIES;
  return value === false || (Array.isArray(value) && value.length > 0 && value.every(isSubnet));
}

function isSubnet(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const [address, bits, ...more] = value.split('/');
  const family = isIP(address);
  if (family === 0) return SUBNETS.includes(value);
  if (bits === undefined) return true;
  // Of no bits would be everybody.
  const most = family === 4 ? 32 : 128;
  return more.length === 0 && /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most;
}
