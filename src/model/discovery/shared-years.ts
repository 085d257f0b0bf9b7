/** From which years the titles of a list are, beside everybody's: ln of the ratio, smoothed over years. */
import type { Catalogue } from '../../data/anime.ts';

const FIRST = 1907;
const YEARS = 160;
/** Standard deviation of the normal curve that a year is spread by. */
const SPREAD = 4;
/** The named titles count beside so many usual ones. */
const USUAL = 2;

/** Owns its buffers. */
export class SharedYears {
  /** by item: from FIRST on; −1 = unknown */
  readonly #years: Int16Array;
  /** how much of a year counts for one that is so many years away */
  readonly #near = Float64Array.from({ length: YEARS }, (_, gap) =>
    Math.exp(-0.5 * (gap / SPREAD) ** 2),
  );
  readonly #usual: Float64Array;
  readonly #ratios = new Float64Array(YEARS);

  /** @param importance by item: how much a title counts among everybody's */
  constructor(catalogue: Catalogue, importance: Float64Array) {
    this.#years = Int16Array.from(catalogue, ({ year }) =>
      year !== null && year >= FIRST && year < FIRST + YEARS ? year - FIRST : -1,
    );
    const counts = new Float64Array(YEARS);
    let total = 0;
    for (let item = 0; item < importance.length; item++) {
      if (this.#years[item] < 0) continue;
      counts[this.#years[item]] += importance[item];
      total += importance[item];
    }
    this.#usual = new Float64Array(YEARS);
    if (total > 0)
      for (let year = 0; year < YEARS; year++)
        for (let other = 0; other < YEARS; other++)
          this.#usual[year] += (counts[other] / total) * this.#near[Math.abs(year - other)];
  }

  /** @param named the titles that the person likes; what `of` answers from now on is about them */
  read(named: readonly number[]): void {
    const years = named.map((item) => this.#years[item]).filter((year) => year >= 0);
    for (let year = 0; year < YEARS; year++) {
      let near = 0;
      for (const other of years) near += this.#near[Math.abs(year - other)];
      const usual = this.#usual[year] + 1e-6;
      this.#ratios[year] = Math.log((near / usual + USUAL) / (years.length + USUAL));
    }
  }

  /** The ratio's logarithm, for one title; 0 for one of unknown year. */
  of(item: number): number {
    return this.#years[item] < 0 ? 0 : this.#ratios[this.#years[item]];
  }
}
