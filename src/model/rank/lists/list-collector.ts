/** Lessons as lists of candidates with features. */
import type { ItemWeights } from '../../item-weights/item-weights.ts';
import type { WeightsShare } from '../../linear/mixed-weights.ts';
import type { SlimWeights } from '../../linear/slim-weights.ts';
import { hideListed } from '../../mask.ts';
import { type CandidateFeatures, logScoreOf, WIDTH } from '../candidate-features.ts';
import type { RankLists } from '../rank-lists.ts';
import type { Lesson } from './lessons.ts';

/** How many of the first stage's best are ordered anew. */
export const CANDIDATES = 200;
/** How many it learns from: what stands further down says where those before it belong. */
const LEARNT = 300;

/** A first stage that has not seen the people of the lessons, and features made without them. */
export interface UnseenStage {
  readonly first: SlimWeights;
  readonly features: CandidateFeatures;
}

/** Collects lists until there is no more room. */
export class ListCollector {
  readonly #features: Float32Array;
  readonly #logScores: Float32Array;
  readonly #relevant: Uint8Array;
  readonly #indptr: Uint32Array;
  readonly #targets: Uint32Array;
  #lists = 0;

  /** @param most lists at most */
  constructor(most: number) {
    const candidates = most * LEARNT;
    this.#features = new Float32Array(candidates * WIDTH);
    this.#logScores = new Float32Array(candidates);
    this.#relevant = new Uint8Array(candidates);
    this.#indptr = new Uint32Array(most + 1);
    this.#targets = new Uint32Array(most);
  }

  /** @param lesson null = there is nothing to learn from the person */
  add(lesson: Lesson | null, { first, features }: UnseenStage): void {
    if (!lesson) return;
    const { known, liked, hidden } = lesson;
    const stage = mainOf(first.sharesFor(known));
    const weights = stage.weigh(known);
    const ranked = stage.rankScores(known, weights);
    hideListed(ranked.scores, known, { planned: true });
    hideListed(ranked.scores, hidden, { planned: true });
    const candidates = ranked.top(LEARNT).slice();
    const scores = Float32Array.from(candidates, (item) => ranked.scores[item]);
    const from = this.#indptr[this.#lists];
    const to = from + candidates.length;
    features.read(
      { profile: known, weights, stage, candidates, scores },
      this.#features.subarray(from * WIDTH, to * WIDTH),
    );
    for (let n = 0; n < candidates.length; n++) {
      this.#logScores[from + n] = logScoreOf(scores[n]);
      this.#relevant[from + n] = liked.has(candidates[n]) ? 1 : 0;
    }
    this.#targets[this.#lists++] = liked.size;
    this.#indptr[this.#lists] = to;
  }

  get lists(): RankLists {
    const indptr = this.#indptr.subarray(0, this.#lists + 1);
    const candidates = indptr[this.#lists];
    return {
      width: WIDTH,
      features: this.#features.subarray(0, candidates * WIDTH),
      logScores: this.#logScores.subarray(0, candidates),
      indptr,
      relevant: this.#relevant.subarray(0, candidates),
      targets: this.#targets.subarray(0, this.#lists),
    };
  }
}

/** What counts most of a mixture: the features of a candidate are about one kind of weights. */
function mainOf(shares: readonly WeightsShare[]): ItemWeights {
  return shares.reduce((most, one) => (one.share > most.share ? one : most)).weights;
}
