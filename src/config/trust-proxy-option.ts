/**
 * Which proxies are trusted to name the client's address. Anybody can send X-Forwarded-For, so it counts only when the
 * operator says that a proxy in front of the server writes it.
 */
import { isIP } from 'node:net';
import { Type } from 'typebox';

/** false = none; the number of proxies in a row; or their addresses and subnets, e.g. "10.0.0.0/8" */
export type TrustProxy = false | number | readonly string[];

const MAX_PROXIES = 16;
/** Names for the subnets that are private to a machine or a network. */
const SUBNETS = ['loopback', 'linklocal', 'uniquelocal'];

export const TrustProxyOption = Type.Refine(
  Type.Unsafe<TrustProxy>({ default: false }),
  isTrustProxy,
  () =>
    `must be false, the number of proxies in a row (1–${MAX_PROXIES}), or a list of their addresses and subnets such as 10.0.0.0/8`,
);

function isTrustProxy(value: unknown): boolean {
  if (typeof value === 'number')
    return Number.isInteger(value) && value >= 1 && value <= MAX_PROXIES;
  return value === false || (Array.isArray(value) && value.length > 0 && value.every(isSubnet));
}

function isSubnet(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const [address, bits, ...more] = value.split('/');
  const family = isIP(address);
  if (family === 0) return SUBNETS.includes(value);
  if (bits === undefined) return true;
  // A subnet of no bits would be every address.
  const most = family === 4 ? 32 : 128;
  return more.length === 0 && /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most;
}
