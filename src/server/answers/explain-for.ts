/** Turns a checked request of REST or GraphQL into the facts to explain. */
import type { ExplanationBody } from '../../api/explanations.ts';
import { type Facts, factsOf } from '../../explain/facts.ts';
import { type Wording, wordingOf } from '../../explain/language.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { profileFrom } from '../../recommend/profile.ts';
import { rulesFrom } from '../../recommend/rules.ts';
import { checkedRatings } from './recommend-for.ts';
import { itemOf } from './titles.ts';

export interface ToExplain {
  /** for `Explanations`, which also needs the requester */
  readonly request: {
    readonly facts: Facts;
    readonly wording: Wording;
    readonly catalogue: Bundle['catalogue'];
  };
  /** ids that are not in the catalogue */
  readonly ignored: readonly number[];
}

/** @throws Problem 404 when the catalogue does not have the title */
export function explainFor(bundle: Bundle, asked: ExplanationBody): ToExplain {
  const { ratings, whole, animeId, rules, because } = asked;
  const { profile, ignored } = profileFrom(checkedRatings(ratings), bundle.items, whole);
  const { without } = rulesFrom(rules);
  const facts = factsOf(bundle, profile, itemOf(bundle, animeId), { because, without });
  const wording = wordingOf(asked);
  return { request: { facts, wording, catalogue: bundle.catalogue }, ignored };
}
