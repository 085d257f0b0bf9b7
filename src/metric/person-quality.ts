/**
 * Quality of one model for each held-out user, so that two models can be compared on the same people: the mean of the
 * differences is far more certain than the difference of two means.
 */
import { type Static, Type } from 'typebox';
import { bootstrapInterval, type Interval } from './interval.ts';
import type { PersonValues } from './person-values.ts';

const Values = Type.Array(Type.Number({ minimum: 0, maximum: 1 }));

/** Field names are those of quality.json. Values are of those who have something to find, in the order of the dataset. */
export const PersonQuality = Type.Object({
  format: Type.Literal(1),
  /** of the dataset */
  fingerprint: Type.String(),
  part: Type.Union([Type.Literal('validation'), Type.Literal('test')]),
  /** that drew which of their titles are held out */
  seed: Type.Integer(),
  liked: Type.Object({ ndcg10: Values, recall20: Values }),
});
export type PersonQuality = Static<typeof PersonQuality>;

/** @param values of a model, by name of the measure (evaluate-model.ts) */
export function personQuality(
  values: Readonly<Record<string, PersonValues>>,
  about: Pick<PersonQuality, 'fingerprint' | 'part' | 'seed'>,
): PersonQuality {
  const ofThoseWhoHaveOne = ({ sums, counts }: PersonValues) =>
    Array.from(
      sums.filter((_, i) => counts[i] > 0),
      rounded,
    );
  const ndcg10 = ofThoseWhoHaveOne(values['liked.ndcg10']);
  const recall20 = ofThoseWhoHaveOne(values['liked.recall20']);
  return { format: 1, ...about, liked: { ndcg10, recall20 } };
}

export interface QualityChange {
  readonly metric: keyof PersonQuality['liked'];
  readonly before: number;
  readonly after: number;
  /** mean of after − before over the people, with its 95 % interval */
  readonly change: Interval;
}

/** @returns null when the two are not about the same held-out people, or about nobody */
export function compareQuality(
  before: PersonQuality,
  after: PersonQuality,
): readonly QualityChange[] | null {
  const same =
    before.fingerprint === after.fingerprint &&
    before.part === after.part &&
    before.seed === after.seed;
  const metrics = Object.keys(after.liked) as QualityChange['metric'][];
  const comparable = (metric: QualityChange['metric']) =>
    after.liked[metric].length > 0 && after.liked[metric].length === before.liked[metric].length;
  if (!same || !metrics.every(comparable)) return null;
  return metrics.map((metric) => {
    const [old, now] = [before.liked[metric], after.liked[metric]];
    const change = bootstrapInterval(now.map((value, i) => value - old[i]));
    return { metric, before: mean(old), after: mean(now), change };
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
