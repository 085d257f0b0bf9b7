/** What some people cannot stand. A person has a few of these; titles with one of them are mostly left out. */
import type { Random } from '../../data/random.ts';
import type { SampleTitle } from './titles.ts';

/** Traits that divide people, at most 31: tags in lower case, genres capitalised. */
const DIVISIVE = [
  'Ecchi',
  'Harem',
  'Horror',
  'Kids',
  'Mecha',
  'Military',
  'Music',
  'Romance',
  'Shoujo',
  'Sports',
  'absurd',
  'battle',
  'bl-ish',
  'bleak',
  'cgdct',
  'classic',
  'experimental',
  'gory',
  'hotblooded',
  'idol',
  'isekai',
  'kids',
  'long-running',
  'magical-girl',
  'melodrama',
  'parody-jokes',
  'raunchy',
  'slow',
  'surreal',
  'yuri-ish',
];
const MOST = 4;

export class Dislikes {
  /** of each title one bit for each divisive trait that it has */
  readonly #bits: Int32Array;

  constructor(titles: readonly SampleTitle[]) {
    this.#bits = Int32Array.from(titles, ({ tags, genres }) => {
      let bits = 0;
      DIVISIVE.forEach((trait, d) => {
        if (tags.includes(trait) || genres.includes(trait)) bits |= 1 << d;
      });
      return bits;
    });
  }

  /** Up to `MOST` dislikes, none of which a title of `loved` has. */
  draw(loved: readonly number[], uniform: Random): number {
    let spared = 0;
    for (const title of loved) spared |= this.#bits[title];
    let dislikes = 0;
    const count = Math.floor(uniform() * (MOST + 1));
    for (let n = 0; n < count; n++) dislikes |= 1 << Math.floor(uniform() * DIVISIVE.length);
    return dislikes & ~spared;
  }

  has(dislikes: number, title: number): boolean {
    return (dislikes & this.#bits[title]) !== 0;
  }
}
