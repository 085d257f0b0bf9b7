/** Weak tags of answers (RFC 9110, 8.8.3): an answer may be sent compressed or not, and is the same. */
import { createHash } from 'node:crypto';

/** @param content what the answer depends on, or the answer itself */
export function weakTag(content: string | Uint8Array): string {
  return `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 20)}"`;
}

/** @param header If-None-Match: whether the client has the answer of the tag already */
export function isKnown(header: string | undefined, tag: string): boolean {
  if (!header) return false;
  const opaque = tag.replace(/^W\//, '');
  return header.split(',').some((one) => ['*', opaque].includes(one.trim().replace(/^W\//, '')));
}
