/** Answers a checked request of REST or GraphQL with what somebody would make of a title. */
import type { Opinion as OpinionAnswer, OpinionBody } from '../../api/opinions.ts';
import type { Because } from '../../recommend/because.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { COVERAGE } from '../../recommend/opinion/expected-score.ts';
import { type Opinion, opinionOf, type ScorePoints } from '../../recommend/opinion/opinion.ts';
import { profileFrom } from '../../recommend/profile.ts';
import { rulesFrom } from '../../recommend/rules.ts';
import { checkedRatings } from './recommend-for.ts';
import { becauseAnswer, decimal, orderAnswer } from './recommendations-answer.ts';
import { itemOf } from './titles.ts';

/** @throws Problem 404 when the catalogue does not have the title */
export function opinionFor(
  bundle: Bundle,
  animeId: number,
  { ratings, whole, rules, because }: OpinionBody,
): OpinionAnswer {
  const item = itemOf(bundle, animeId);
  const { profile, ignored } = profileFrom(checkedRatings(ratings), bundle.items, whole);
  const { without } = rulesFrom(rules);
  const opinion = opinionOf(bundle, profile, item, { because, without });
  return { animeId, ...opinionAnswer(opinion), ignored: [...ignored], bundle: bundle.version };
}

function opinionAnswer(opinion: Opinion) {
  const { judgement, listed, score, prior } = opinion;
  const reasons = (list: readonly Because[]) => list.map(becauseAnswer);
  return {
    expected: expectedAnswer(opinion),
    raising: opinion.raising.map(pointsAnswer),
    lowering: opinion.lowering.map(pointsAnswer),
    ...{ score: decimal(score), prior: decimal(prior) },
    ...{ because: reasons(opinion.because), against: reasons(opinion.against) },
    order: judgement && orderAnswer(judgement.order),
    speakingFor: [...(judgement?.speakingFor ?? [])],
    speakingAgainst: [...(judgement?.speakingAgainst ?? [])],
    listed,
  };
}

function expectedAnswer({ expected, scored }: Opinion) {
  const { score, low, high, everyone, level } = expected;
  return {
    ...{ score: decimal(score), low: decimal(low), high: decimal(high), coverage: COVERAGE },
    ...{ everyone: decimal(everyone), level: decimal(level), scored },
  };
}

function pointsAnswer({ points, ...score }: ScorePoints) {
  return { ...score, points: decimal(points) };
}
