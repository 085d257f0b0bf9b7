import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../../../../src/data/random.ts';
import {
  BatchSampler,
  type SampledBatches,
} from '../../../../src/model/embedding/batch-sampler.ts';
import type { Rows } from '../../../../src/model/embedding/rows.ts';

/** Rows whose title is their number, so that each can be told from all others. */
function numberedRows(lists: readonly number[]): Rows {
  const users = Uint32Array.from(lists.flatMap((length, user) => Array(length).fill(user)));
  return {
    users,
    items: users.map((_, row) => row),
    targets: Float32Array.from(users, (_, row) => row / 7),
  };
}

function batchesOf({ rows, starts }: SampledBatches): Rows[] {
  return [...starts.subarray(1)].map((end, n) => ({
    users: rows.users.subarray(starts[n], end),
    items: rows.items.subarray(starts[n], end),
    targets: rows.targets.subarray(starts[n], end),
  }));
}

describe('BatchSampler.sample()', () => {
  it('deals every row once, to batches that are not too large, people ascending', () => {
    const lists = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 400 });
    const perBatch = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(lists, perBatch, fc.integer(), (lengths, most, seed) => {
        const rows = numberedRows(lengths);
        const dealer = new BatchSampler(rows, lengths.length, most, 1);
        const deal = dealer.sample(random(seed));
        const batches = batchesOf(deal);
        expect(batches).toHaveLength(dealer.batches);
        for (const { users, items, targets } of batches) {
          expect(users.length).toBeLessThanOrEqual(most);
          expect(users.length).toBeGreaterThan(0);
          expect([...users].sort((a, b) => a - b)).toEqual([...users]);
          items.forEach((row, n) => {
            expect([users[n], targets[n]]).toEqual([rows.users[row], rows.targets[row]]);
          });
        }
        expect(deal.rows.items.slice().sort()).toEqual(rows.items);
      }),
      { numRuns: 60 },
    );
  });

  it('gives a batch few people with several rows each, and every batch about as many rows', () => {
    const dealer = new BatchSampler(numberedRows(Array(6400).fill(50)), 6400, 1000, 1);
    for (const { users } of batchesOf(dealer.sample(random(3)))) {
      expect(new Set(users).size).toBeLessThanOrEqual(256);
      expect(users.length).toBeGreaterThan(950);
    }
  });

  it('follows the seed, and lets any two rows of a person part or meet', () => {
    const dealer = new BatchSampler(numberedRows(Array(640).fill(20)), 640, 400, 1);
    const itemsOf = (seed: number) => dealer.sample(random(seed)).rows.items.slice();
    expect(itemsOf(1)).toEqual(itemsOf(1));
    expect(itemsOf(2)).not.toEqual(itemsOf(1));
    let together = 0;
    for (let seed = 0; seed < 200; seed++)
      for (const { items } of batchesOf(dealer.sample(random(seed))))
        if (items.includes(0) && items.includes(19)) together++;
    expect(together).toBeGreaterThan(0);
    expect(together).toBeLessThan(200);
  });
});
