/** Pictures that were drawn lately, by what is on them. The same one is drawn once, however many ask for it at a time. */
import type { Card } from './card.ts';

/** Bytes of all pictures; one has some 150,000. */
const MOST_BYTES = 24 << 20;

export class CardCache {
  readonly #draw: (card: Card) => Promise<Uint8Array>;
  readonly #mostBytes: number;
  /** the one asked for last at the end */
  readonly #held = new Map<string, Uint8Array>();
  readonly #coming = new Map<string, Promise<Uint8Array>>();
  #bytes = 0;

  constructor(draw: (card: Card) => Promise<Uint8Array>, mostBytes = MOST_BYTES) {
    this.#draw = draw;
    this.#mostBytes = mostBytes;
  }

  has(card: Card): boolean {
    const key = keyOf(card);
    return this.#held.has(key) || this.#coming.has(key);
  }

  async get(card: Card): Promise<Uint8Array> {
    const key = keyOf(card);
    const held = this.#held.get(key);
    if (held) {
      this.#held.delete(key);
      this.#held.set(key, held);
      return held;
    }
    const coming = this.#coming.get(key) ?? this.#drawn(key, card);
    this.#coming.set(key, coming);
    return coming;
  }

  async #drawn(key: string, card: Card): Promise<Uint8Array> {
    try {
      const png = await this.#draw(card);
      this.#keep(key, png);
      return png;
    } finally {
      this.#coming.delete(key);
    }
  }

  #keep(key: string, png: Uint8Array): void {
    this.#held.set(key, png);
    this.#bytes += png.length;
    for (const [oldest, old] of this.#held) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#held.delete(oldest);
      this.#bytes -= old.length;
    }
  }
}

/** What the picture depends on. */
export function keyOf(card: Card): string {
  return JSON.stringify(card);
}
