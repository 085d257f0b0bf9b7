import { describe, expect, it } from 'vitest';
import { normal, random } from '../../../../src/data/random.ts';
import { fitLogistic, type Observations } from '../../../../src/model/discovery/logistic.ts';

const TRUE = [-1, 2, -0.5];

/** Of those that did not happen only every tenth is kept, with ten times the weight. */
function observed(count: number): Observations {
  const uniform = random(5);
  const terms: number[] = [];
  const outcomes: number[] = [];
  const weights: number[] = [];
  for (let n = 0; n < count; n++) {
    const row = [1, normal(uniform), normal(uniform)];
    const logit = row.reduce((sum, term, k) => sum + term * TRUE[k], 0);
    const happened = uniform() < 1 / (1 + Math.exp(-logit));
    if (!happened && uniform() > 0.1) continue;
    terms.push(...row);
    outcomes.push(happened ? 1 : 0);
    weights.push(happened ? 1 : 10);
  }
  return {
    terms: Float64Array.from(terms),
    outcomes: Uint8Array.from(outcomes),
    weights: Float64Array.from(weights),
  };
}

describe('fitLogistic()', () => {
  it('finds the coefficients that the data was drawn from, whatever share of it was kept', () => {
    const found = fitLogistic(observed(40_000), [3, -3, 3]);
    for (const [k, value] of TRUE.entries()) expect(found[k]).toBeCloseTo(value, 0);
    expect(Math.abs(found[1] - TRUE[1])).toBeLessThan(0.15);
  });

  it('keeps the usual coefficients where there is next to no data', () => {
    const usual = [-2, 1, 0.5];
    const none = {
      terms: new Float64Array(),
      outcomes: new Uint8Array(),
      weights: new Float64Array(),
    };
    expect([...fitLogistic(none, usual)]).toEqual(usual);
    const few = fitLogistic(observed(4), usual);
    for (const [k, value] of usual.entries()) expect(Math.abs(few[k] - value)).toBeLessThan(0.6);
  });

  it('stays finite when terms decide the outcome', () => {
    const terms = Float64Array.from({ length: 60 }, (_, n) =>
      n % 3 === 0 ? 1 : n < 30 ? 50 : -50,
    );
    const outcomes = Uint8Array.from({ length: 20 }, (_, n) => (n < 10 ? 1 : 0));
    const found = fitLogistic(
      { terms, outcomes, weights: new Float64Array(20).fill(1e4) },
      [0, 0, 0],
    );
    expect(found.every(Number.isFinite)).toBe(true);
  });
});
