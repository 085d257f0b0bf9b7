/**
 * Sessions of the operators' console: the page exchanges the key for a cookie that scripts cannot read. They are kept in
 * memory only, as digests of random ids, and end with the process.
 */
import { createHash, randomBytes } from 'node:crypto';

/** seconds: a working day */
export const SESSION_SECONDS = 8 * 3600;
/** operators signed in at the same time; beyond them the one who signed in first is signed out */
const MAX_SESSIONS = 100;
const ID_BYTES = 32;

export const SESSION_COOKIE = 'osusume-operator';
/** The cookie goes to the console's own routes only. */
const COOKIE_PATH = '/api/admin';

export class OperatorSessions {
  readonly #clock: () => Date;
  /** digest of the id → ms at which it ends; the oldest first */
  readonly #ends = new Map<string, number>();

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** @returns the id of a new session */
  open(): string {
    const id = randomBytes(ID_BYTES).toString('base64url');
    if (this.#ends.size >= MAX_SESSIONS) {
      const [oldest] = this.#ends.keys();
      this.#ends.delete(oldest);
    }
    this.#ends.set(digestOf(id), this.#clock().getTime() + SESSION_SECONDS * 1000);
    return id;
  }

  /**
   * The time of the look-up depends on a digest, which says nothing about the ids that are known.
   * @returns when the session ends; null = there is none
   */
  endOf(id: string | undefined): Date | null {
    if (id === undefined) return null;
    const digest = digestOf(id);
    const end = this.#ends.get(digest);
    if (end === undefined) return null;
    if (end > this.#clock().getTime()) return new Date(end);
    this.#ends.delete(digest);
    return null;
  }

  close(id: string | undefined): void {
    if (id !== undefined) this.#ends.delete(digestOf(id));
  }
}

function digestOf(id: string): string {
  return createHash('sha256').update(id).digest('base64');
}

/** @param cookie the header; @returns the id of the session that it names */
export function sessionIn(cookie: string | undefined): string | undefined {
  for (const pair of cookie?.split(';', 50) ?? []) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === SESSION_COOKIE && /^[\w-]{1,100}$/.test(value ?? '')) return value;
  }
  return undefined;
}

/**
 * @param id null = the browser is to forget it
 * @param secure whether the page came over TLS: then the cookie goes over nothing else
 */
export function sessionCookie(id: string | null, secure: boolean): string {
  const age = id === null ? 0 : SESSION_SECONDS;
  const flags = `HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return `${SESSION_COOKIE}=${id ?? ''}; Path=${COOKIE_PATH}; Max-Age=${age}; ${flags}`;
}
