/** The operators' key, compared in a time that says nothing about it. */
import { createHash, timingSafeEqual } from 'node:crypto';

export class AdminKey {
  readonly #digest: Buffer;

  constructor(key: string) {
    this.#digest = digestOf(key);
  }

  /** Digests have one length, and the time of their comparison does not depend on where they differ. */
  equals(key: string): boolean {
    return timingSafeEqual(digestOf(key), this.#digest);
  }
}

/** @param authorization the header; @returns the key of `Bearer <key>` */
export function bearerKey(authorization: string | undefined): string | undefined {
  return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
