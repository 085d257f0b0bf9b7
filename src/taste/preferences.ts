/**
 * Which kinds of titles (genres, themes, decades) a person favours and avoids, compared with everyone.
 *
 *   mine_k     = (Σ_{i in k} x_i + m · everyone_k) / (Σ_i x_i + m)       x: preference weights of seen titles
 *   everyone_k = Σ_{i in k} X_i / Σ_i X_i                                X: the sum of x over everyone
 *   lean_k     = logit(mine_k) − logit(everyone_k)
 *   sure_k     = lean_k / √(1 / (Σ_{i in k} x_i + m · everyone_k))
 *
 * The log-odds ratio with an informative Dirichlet prior of Monroe, Colaresi & Quinn ("Fightin' Words", Political
 * Analysis 2008, eq. 15–22). The prior is everyone's taste with the weight of m = 10 titles, so that a person with few
 * titles gets only cautious statements.
 */
import { type Profile, STATUS } from '../data/interactions.ts';

const PRIOR = 10;
/** Shares are clamped to this and 1 minus this, because the odds of 0 and 1 are undefined. */
const LEAST_SHARE = 1e-6;

export interface Preference<Kind> {
  readonly kind: Kind;
  /** how many of the person's titles are of this kind */
  readonly titles: number;
  /** shares of all preference weights, 0–1; `mine` is smoothed towards `everyone` */
  readonly mine: number;
  readonly everyone: number;
  /** log-odds ratio; above 0 = favoured */
  readonly lean: number;
  /** z-score of `lean`: beyond ±1.5 it is hardly chance */
  readonly sure: number;
}

/** Preference weights by kind. */
export interface Shares<Kind> {
  /** of each kind: the sum of the weights of its titles */
  readonly sums: ReadonlyMap<Kind, number>;
  readonly counts: ReadonlyMap<Kind, number>;
  readonly total: number;
}

/** The shares of everyone, the same for all profiles. @param weightOf by item */
export function everyonesShares<Kind>(
  weightOf: Float64Array,
  kindsOf: (item: number) => readonly Kind[],
): Shares<Kind> {
  return sharesOf(weightOf.keys(), (item) => weightOf[item], kindsOf);
}

/**
 * @param kindsOf the kinds of an item: none, one or several
 * @param weights preference weights of the profile's entries
 * @returns most favoured first; all kinds that the person or anyone else has
 */
export function preferencesOf<Kind extends string | number>(
  { items, statuses }: Profile,
  weights: Float32Array,
  everyone: Shares<Kind>,
  kindsOf: (item: number) => readonly Kind[],
): Preference<Kind>[] {
  const seen = Array.from(items.keys()).filter((p) => statuses[p] !== STATUS.plan_to_watch);
  const own = sharesOf(
    seen,
    (p) => weights[p],
    (p) => kindsOf(items[p]),
  );
  const kinds = [...new Set([...everyone.sums.keys(), ...own.sums.keys()])];
  return kinds
    .map((kind) => {
      const share = (everyone.sums.get(kind) ?? 0) / Math.max(everyone.total, Number.MIN_VALUE);
      const reference = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, share));
      const evidence = (own.sums.get(kind) ?? 0) + PRIOR * reference;
      const mine = evidence / (own.total + PRIOR);
      const lean = logit(mine) - logit(reference);
      const titles = own.counts.get(kind) ?? 0;
      return { kind, titles, mine, everyone: share, lean, sure: lean * Math.sqrt(evidence) };
    })
    .sort((a, b) => b.sure - a.sure);
}

function sharesOf<Kind>(
  entries: Iterable<number>,
  weightOf: (entry: number) => number,
  kindsOf: (entry: number) => readonly Kind[],
): Shares<Kind> {
  const sums = new Map<Kind, number>();
  const counts = new Map<Kind, number>();
  let total = 0;
  for (const entry of entries) {
    const weight = weightOf(entry);
    total += weight;
    for (const kind of kindsOf(entry)) {
      sums.set(kind, (sums.get(kind) ?? 0) + weight);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  return { sums, counts, total };
}

function logit(share: number): number {
  return Math.log(share / (1 - Math.min(share, 1 - LEAST_SHARE)));
}
