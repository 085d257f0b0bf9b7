/** A ranked list as the API answers with it. */
import type { Because as BecauseAnswer, Recommendations } from '../../api/recommendations.ts';
import type { Because } from '../../recommend/because.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import type { Recommendation } from '../../recommend/ranker.ts';
import type { ShownOrder } from '../../recommend/shown-groups.ts';
import { cardOf } from './card.ts';

/** @param ignored ids of the request that are not in the catalogue */
export function recommendationsAnswer(
  { version }: Pick<Bundle, 'version'>,
  list: readonly Recommendation[],
  ignored: readonly number[],
): Recommendations {
  return { items: list.map(itemOf), ignored: [...ignored], bundle: version };
}

function itemOf({ rank, anime, score, prior, because, order, insteadOf }: Recommendation) {
  return {
    rank,
    anime: cardOf(anime),
    score: decimal(score),
    prior: decimal(prior),
    because: because.map(becauseAnswer),
    order: order && orderAnswer(order),
    ...(insteadOf && { insteadOf: { animeId: insteadOf.animeId, title: insteadOf.title } }),
  };
}

export function becauseAnswer(because: Because): BecauseAnswer {
  const { animeId, title, share, shareOfScore, contribution } = because;
  return {
    animeId,
    title,
    share: decimal(share),
    shareOfScore: decimal(shareOfScore),
    contribution: decimal(contribution),
  };
}

export function orderAnswer({ value, terms, shown }: ShownOrder) {
  return {
    value: decimal(value),
    terms: terms.map((term) => ({ group: term.group, value: decimal(term.value) })),
    shown: [...shown],
  };
}

/** Eight decimals are finer than the float32 that scores are made of. */
export function decimal(value: number): number {
  return Math.round(value * 1e8) / 1e8;
}
