/**
 * What somebody favours and avoids among kinds of titles (genres, decades), against everyone.
 *
 *   mine_k     = (Σ_{i in k} x_i + m · everyone_k) / (Σ_i x_i + m)       x: preference weights of what was seen
 *   everyone_k = Σ_{i in k} X_i / Σ_i X_i                                X: the same, of everyone added up
 *   lean_k     = logit(mine_k) − logit(everyone_k)
 *   sure_k     = lean_k / √(1 / (Σ_{i in k} x_i + m · everyone_k))
 *
 * The log-odds ratio with an informative Dirichlet prior of Monroe, Colaresi & Quinn ("Fightin' Words", Political
 * Analysis 2008, eq. 15–22), everyone being the prior: of somebody with few titles little is claimed. Somebody's own
 * titles weigh as much as m = 10 titles of everyone's kind.
 */
import { type Profile, STATUS } from '../data/interactions.ts';

const PRIOR = 10;
/** What nobody has listed leans nowhere; a share of 0 has no odds. */
const LEAST_SHARE = 1e-6;

export interface Preference<Kind> {
  readonly kind: Kind;
  /** of the person's titles, how many are of this kind */
  readonly titles: number;
  /** shares of all that was seen and liked, 0–1; `mine` is drawn towards everyone's */
  readonly mine: number;
  readonly everyone: number;
  /** above 0 = favoured */
  readonly lean: number;
  /** how sure: beyond ±1.5 it is hardly chance */
  readonly sure: number;
}

/** What was seen and liked, by kind. */
export interface Shares<Kind> {
  /** of each kind: the weights of its titles added up */
  readonly sums: ReadonlyMap<Kind, number>;
  readonly counts: ReadonlyMap<Kind, number>;
  readonly total: number;
}

/** Everyone's, which is the same for all profiles. @param weightOf by item */
export function everyonesShares<Kind>(
  weightOf: Float64Array,
  kindsOf: (item: number) => readonly Kind[],
): Shares<Kind> {
  return sharesOf(weightOf.keys(), (item) => weightOf[item], kindsOf);
}

/**
 * @param kindsOf the kinds of an item; it may have none, or several
 * @param weights of the profile's entries
 * @returns most favoured first; all kinds that the person or everyone has
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
