/** The titles whose posters are asked for and not here yet: who asked last is served first, who no longer asks is forgotten. */
import type { Clock } from './clock.ts';

export interface Wish {
  readonly animeId: number;
  askedAt: number;
  /** somebody works on it now */
  inHand: boolean;
  /** where the poster is, and who said so; null = not known yet */
  found: { readonly address: string; readonly by: string } | null;
  /** sources that need not be asked any more */
  readonly done: Set<string>;
  /** failed tries, by source, or by origin of the picture */
  readonly tries: Map<string, number>;
  /** something failed that may work later */
  uncertain: boolean;
}

export interface WantedOptions {
  readonly clock: Clock;
  /** wishes at most; the one asked for longest ago makes room */
  readonly most?: number;
  /** a wish that nobody has repeated for so long is dropped */
  readonly patienceMs?: number;
}

export class Wanted {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #patienceMs: number;
  /** in the order of the last asking */
  readonly #wishes = new Map<number, Wish>();

  constructor({ clock, most = 600, patienceMs = 90_000 }: WantedOptions) {
    this.#clock = clock;
    this.#most = most;
    this.#patienceMs = patienceMs;
  }

  get size(): number {
    return this.#wishes.size;
  }

  /** The first of the titles is wanted most. */
  ask(animeIds: readonly number[]): void {
    const now = this.#clock.now();
    for (const animeId of [...animeIds].reverse()) {
      const wish = this.#wishes.get(animeId) ?? newWish(animeId);
      wish.askedAt = now;
      this.#wishes.delete(animeId);
      this.#wishes.set(animeId, wish);
    }
    this.#forget(now);
  }

  /** Puts into hand those that `suits` accepts, last asked first. */
  take(most: number, suits: (wish: Wish) => boolean): Wish[] {
    this.#forget(this.#clock.now());
    const taken: Wish[] = [];
    for (const wish of [...this.#wishes.values()].reverse()) {
      if (taken.length === most) break;
      if (!wish.inHand && suits(wish)) taken.push(wish);
    }
    for (const wish of taken) wish.inHand = true;
    return taken;
  }

  some(suits: (wish: Wish) => boolean): boolean {
    for (const wish of this.#wishes.values()) if (!wish.inHand && suits(wish)) return true;
    return false;
  }

  /** It is fulfilled, or cannot be. */
  remove({ animeId }: Wish): void {
    this.#wishes.delete(animeId);
  }

  #forget(now: number): void {
    let tooMany = this.#wishes.size - this.#most;
    for (const wish of this.#wishes.values()) {
      if (wish.inHand) continue;
      if (tooMany-- <= 0 && now - wish.askedAt <= this.#patienceMs) return;
      this.#wishes.delete(wish.animeId);
    }
  }
}

function newWish(animeId: number): Wish {
  return {
    animeId,
    askedAt: 0,
    inHand: false,
    found: null,
    done: new Set(),
    tries: new Map(),
    uncertain: false,
  };
}
