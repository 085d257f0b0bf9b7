import { describe, expect, it } from 'vitest';
import { normal, random } from '../../../../src/data/random.ts';
import { GroupTerms } from '../../../../src/model/rank/group-terms.ts';
import type { RankNetwork } from '../../../../src/model/rank/network.ts';
import { RANK_GROUPS, type RankGroup } from '../../../../src/model/rank/rank-groups.ts';
import { randomNetwork } from '../../../support/rank-network.ts';

const WIDTH = 13;
const groups: RankGroup[] = Array.from({ length: WIDTH }, (_, k) => RANK_GROUPS[(k * 3) % 5]);
const network = randomNetwork({ width: WIDTH, hidden1: 16, hidden2: 8 }, 4);
const uniform = random(9);
const drawn = () => Float32Array.from({ length: WIDTH }, () => 3 * normal(uniform));

function netOf(features: Float32Array, of: RankNetwork = network): number {
  const out = new Float32Array(1);
  of.forward(features, Float32Array.of(0), 1, out);
  return out[0];
}

function orderings<T>(of: readonly T[]): T[][] {
  if (of.length === 0) return [[]];
  return of.flatMap((first) =>
    orderings(of.filter((other) => other !== first)).map((rest) => [first, ...rest]),
  );
}

/** The definition: what a group adds when it joins, over all orders in which groups can join. */
function byOrderings(own: Float32Array, mean: Float32Array): number[] {
  const sums = new Map(RANK_GROUPS.map((group) => [group, 0]));
  const all = orderings(RANK_GROUPS);
  for (const order of all) {
    const now = mean.slice();
    let before = netOf(now);
    for (const group of order) {
      groups.forEach((of, k) => {
        if (of === group) now[k] = own[k];
      });
      const after = netOf(now);
      sums.set(group, (sums.get(group) ?? 0) + (after - before) / all.length);
      before = after;
    }
  }
  return [...sums.values()];
}

describe('GroupTerms.of()', () => {
  it('is the mean over all orders in which the groups can join', () => {
    const terms = new GroupTerms(network, groups);
    for (let n = 0; n < 5; n++) {
      const [own, mean] = [drawn(), drawn()];
      const expected = byOrderings(own, mean);
      terms.of(own, mean).forEach((term, group) => {
        expect(term).toBeCloseTo(expected[group], 5);
      });
    }
  });

  it('adds up to what the network makes of the candidate beside the average', () => {
    const terms = new GroupTerms(network, groups);
    for (let n = 0; n < 100; n++) {
      const [own, mean] = [drawn(), drawn()];
      const sum = terms.of(own, mean).reduce((total, term) => total + term, 0);
      expect(sum).toBeCloseTo(netOf(own) - netOf(mean), 5);
    }
  });

  it('gives nothing to a group that is as it is on average', () => {
    const [own, mean] = [drawn(), drawn()];
    groups.forEach((group, k) => {
      if (group === 'years') own[k] = mean[k];
    });
    const terms = new GroupTerms(network, groups).of(own, mean);
    expect(terms[RANK_GROUPS.indexOf('years')]).toBe(0);
    expect(Math.abs(terms[RANK_GROUPS.indexOf('kind')])).toBeGreaterThan(1e-3);
  });

  it('wants a group for each feature', () => {
    expect(() => new GroupTerms(network, groups.slice(1))).toThrow('12 groups for 13 features');
  });
});
