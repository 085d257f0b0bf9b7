/** Who may use the operators' console: whoever sends its key. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** Wrong keys from one address within WINDOW; after them it is not listened to until the window has passed. */
const TRIES = 10;
/** ms */
const WINDOW = 60_000;
/** Addresses whose wrong keys are remembered; the one that began first is forgotten for the next. */
const MOST_ADDRESSES = 10_000;

interface Tries {
  wrong: number;
  readonly until: number;
}

export class AdminKey {
  readonly #digest: Buffer;
  readonly #clock: () => Date;
  readonly #tries = new Map<string, Tries>();

  constructor(key: string, clock: () => Date) {
    this.#digest = digestOf(key);
    this.#clock = clock;
  }

  /**
   * @param authorization the header
   * @returns 'welcome'; 'unknown' without a key or with a wrong one; or, after too many wrong ones, the seconds until
   *   the address is listened to again
   */
  check(authorization: string | undefined, address: string): 'welcome' | 'unknown' | number {
    const now = this.#clock().getTime();
    const tries = this.#triesOf(address, now);
    if (tries && tries.wrong >= TRIES) return Math.ceil((tries.until - now) / 1000);
    const key = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (key === undefined) return 'unknown';
    // Digests are of one length, and are compared in a time that does not tell where they differ.
    if (timingSafeEqual(digestOf(key), this.#digest)) return 'welcome';
    if (tries) tries.wrong++;
    else this.#remember(address, now);
    return 'unknown';
  }

  #triesOf(address: string, now: number): Tries | undefined {
    const tries = this.#tries.get(address);
    if (!tries || tries.until > now) return tries;
    this.#tries.delete(address);
    return undefined;
  }

  #remember(address: string, now: number): void {
    if (this.#tries.size >= MOST_ADDRESSES) {
      const [oldest] = this.#tries.keys();
      this.#tries.delete(oldest);
    }
    this.#tries.set(address, { wrong: 1, until: now + WINDOW });
  }
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
