import { describe, expect, it } from 'vitest';
import { profileOf } from '../../../../src/data/interactions.ts';
import { MixedWeights } from '../../../../src/model/linear/mixed-weights.ts';
import { slim } from '../../../../src/model/linear/slim.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

const dataset = smallDataset();
const { whole, parts } = await slim.fit(dataset, {}, { threads: 1 });
const SHARES = [0.3, 0.5, 0.2];
const all = [whole, parts[0], parts[1]];
const mixed = new MixedWeights(all.map((weights, n) => ({ weights, share: SHARES[n] })));
const profile = profileOf(dataset.interactions, 4);
const weights = mixed.weigh(profile);
const ITEMS = [3, 20, 59];

describe('a mixture of weights', () => {
  it('scores by shares of all', () => {
    const each = all.map((weights) => weights.score(profile));
    const priors = all.map((weights) => weights.allPriors(profile));
    const scores = mixed.score(profile);
    const allPriors = mixed.allPriors(profile);
    const mix = (of: readonly Float32Array[], j: number) =>
      SHARES.reduce((sum, share, n) => sum + share * of[n][j], 0);
    for (const [j, score] of scores.entries()) {
      expect(score).toBeCloseTo(mix(each, j), 5);
      expect(allPriors[j]).toBeCloseTo(mix(priors, j), 5);
    }
    const best = mixed.rankScores(profile).top(3);
    expect(scores[best[0]]).toBe(Math.max(...scores));
  });

  it('has terms and priors that add up to its scores', () => {
    const scores = mixed.score(profile);
    const priors = mixed.priorsOf(profile, ITEMS, weights);
    const { totals } = mixed.explain(profile, weights, ITEMS, 2);
    for (const [n, item] of ITEMS.entries()) {
      const contributions = mixed.contributions(profile, item, weights);
      const sum = contributions.reduce((total, part) => total + part, 0);
      expect(sum + priors[n]).toBeCloseTo(scores[item], 5);
      expect(totals[n] + priors[n]).toBeCloseTo(scores[item], 5);
    }
  });

  it('explains by the strongest terms of the mixture', () => {
    const { ends, items, parts: terms } = mixed.explain(profile, weights, ITEMS, 2);
    for (const [n, item] of ITEMS.entries()) {
      const from = n === 0 ? 0 : ends[n - 1];
      const contributions = mixed.contributions(profile, item, weights);
      const strongest = [...contributions].sort((a, b) => b - a).slice(0, 2);
      expect(ends[n] - from).toBe(2);
      for (const [t, expected] of strongest.entries())
        expect(terms[from + t]).toBeCloseTo(expected, 5);
      const at = profile.items.indexOf(items[from]);
      expect(contributions[at]).toBeCloseTo(strongest[0], 5);
    }
  });
});
