/** Lets those use the operators' console who send its key, and slows down guessing. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** wrong keys of one address within WINDOW; then it is refused until the window has passed */
const MAX_TRIES = 10;
/** ms */
const WINDOW = 60_000;
/** addresses whose wrong keys are counted; beyond them the oldest is forgotten */
const MAX_ADDRESSES = 10_000;

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
   * @returns 'accepted'; 'refused' without a key or with a wrong one; after too many wrong ones, the seconds until the
   *   address may try again
   */
  check(authorization: string | undefined, address: string): 'accepted' | 'refused' | number {
    const now = this.#clock().getTime();
    const tries = this.#triesOf(address, now);
    if (tries && tries.wrong >= MAX_TRIES) return Math.ceil((tries.until - now) / 1000);
    const key = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (key === undefined) return 'refused';
    // Digests have one length, and the time of this comparison does not depend on where they differ.
    if (timingSafeEqual(digestOf(key), this.#digest)) return 'accepted';
    if (tries) tries.wrong++;
    else this.#remember(address, now);
    return 'refused';
  }

  #triesOf(address: string, now: number): Tries | undefined {
    const tries = this.#tries.get(address);
    if (!tries || tries.until > now) return tries;
    this.#tries.delete(address);
    return undefined;
  }

  #remember(address: string, now: number): void {
    if (this.#tries.size >= MAX_ADDRESSES) {
      const [oldest] = this.#tries.keys();
      this.#tries.delete(oldest);
    }
    this.#tries.set(address, { wrong: 1, until: now + WINDOW });
  }
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
