/**
 * Moods: what a person is looking for on one kind of evening. Each starts from one title, stresses a few of its traits,
 * has an era, and a depth: how far from the best-known titles it goes.
 *
 *   likeness = cosine of the stressed traits with those of the title · nearness of the years
 *   fit      = likeness / that of the `WIDTH`-th title, at most `BEST`
 *   drawn    ∝ members^depth · exp(SHARPNESS · fit + QUALITY · (score − mean))
 */
import { normal, type Random } from '../../data/random.ts';
import { Alias } from './alias.ts';
import type { SampleTitle } from './titles.ts';
import { Traits } from './traits.ts';

/** So many titles fit a mood well, whatever their traits; the title it starts from fits hardly better than they do. */
const WIDTH = 18;
const BEST = 1.3;
const SHARPNESS = 8;
const QUALITY = 0.35;
/** Where moods start: ∝ members^CENTRE. */
const CENTRE = 0.25;
const DEPTH = { least: 0.05, most: 0.4 };
/** years within which two titles feel of one time, for moods bound to an era and for others */
const ERA = { narrow: 8, wide: 24, narrowShare: 0.3 };
const STRESS = { traits: 2, factor: 2.5, others: [0.4, 1] } as const;

export interface Mood {
  /** the title it starts from */
  readonly centre: number;
  /** of each title: 1 = as well as the best dozen, about 0.2 = as any title */
  readonly fit: Float32Array;
  readonly draws: Alias;
}

export function drawMoods(
  titles: readonly SampleTitle[],
  count: number,
  uniform: Random,
): readonly Mood[] {
  const traits = new Traits(titles);
  const mean = titles.reduce((sum, { score }) => sum + score, 0) / titles.length;
  const centres = new Alias(Float64Array.from(titles, ({ members }) => members ** CENTRE));
  return Array.from({ length: count }, () => {
    const centre = centres.draw(uniform);
    const fit = fitOf(titles, traits, centre, uniform);
    const depth = DEPTH.least + (DEPTH.most - DEPTH.least) * uniform();
    const weights = Float64Array.from(titles, ({ members, score }, t) =>
      Math.exp(depth * Math.log(members) + SHARPNESS * fit[t] + QUALITY * (score - mean)),
    );
    return { centre, fit, draws: new Alias(weights) };
  });
}

function fitOf(
  titles: readonly SampleTitle[],
  traits: Traits,
  centre: number,
  uniform: Random,
): Float32Array {
  const stress = stressed(traits, centre, uniform);
  const years = uniform() < ERA.narrowShare ? ERA.narrow : ERA.wide;
  const year = titles[centre].year + 2 * normal(uniform);
  const adult = titles[centre].ratingClass === 'Rx';
  const likeness = Float32Array.from(titles, (title, t) => {
    let sum = 0;
    for (const k of traits.of[t]) sum += stress[k] * traits.weight[k];
    const apart = (title.year - year) / years;
    const near = 1 / (1 + apart * apart);
    const barred = title.ratingClass === 'Rx' && !adult ? -1 : 0;
    return sum * traits.norm[t] * (0.4 + 0.6 * near) + barred;
  });
  const ranked = likeness.slice().sort();
  const good = ranked[Math.max(0, ranked.length - 1 - WIDTH)] || 1;
  return likeness.map((value) => Math.min(BEST, value / good));
}

/** The traits of the title, a few of them stressed, rather rare ones than common ones; of length 1. */
function stressed(traits: Traits, centre: number, uniform: Random): Float64Array {
  const vector = new Float64Array(traits.count);
  const own = traits.of[centre];
  const [low, high] = STRESS.others;
  for (const k of own) vector[k] = traits.weight[k] * (low + (high - low) * uniform());
  const rarities = new Alias(Float64Array.from(own, (k) => traits.weight[k]));
  for (let n = 0; n < STRESS.traits; n++) {
    const k = own[rarities.draw(uniform)];
    vector[k] = STRESS.factor * traits.weight[k];
  }
  const length = Math.sqrt(vector.reduce((sum, v) => sum + v * v, 0)) || 1;
  return vector.map((v) => v / length);
}
