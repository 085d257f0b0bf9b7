import { describe, expect, it } from 'vitest';
import { heldOutUsers } from '../../../src/data/held-out-users.ts';
import { mainColumns } from '../../../src/metric/evaluate-model.ts';
import {
  compareQuality,
  type PersonQuality,
  personQuality,
} from '../../../src/metric/person-quality.ts';
import { rankUnknown } from '../../../src/metric/ranking.ts';
import { smallDataset } from '../../support/small-dataset.ts';

const ABOUT = { fingerprint: 'f', part: 'validation', seed: 42 } as const;
const of = (values: number[], about: Partial<PersonQuality> = {}): PersonQuality => ({
  format: 1,
  ...ABOUT,
  liked: { ndcg10: values, recall20: values },
  ...about,
});

describe('personQuality()', () => {
  it('has the means of the leaderboard', () => {
    const dataset = smallDataset();
    const people = heldOutUsers(dataset, dataset.parts.validation, 42);
    const items = dataset.items.size;
    const model = {
      name: 'falling',
      items,
      score: () => Float32Array.from({ length: items }, (_, item) => -item),
    };
    const lists = people.map((person) => rankUnknown(model, person));
    const { evaluation: board, values } = mainColumns(
      { model: 'falling', people, lists },
      new Float32Array(items),
    );
    const { liked } = personQuality(values, ABOUT);
    const mean = (values: readonly number[]) =>
      values.reduce((sum, one) => sum + one, 0) / values.length;
    expect(liked.ndcg10).toHaveLength(people.filter((person) => person.liked.size > 0).length);
    expect(mean(liked.ndcg10)).toBeCloseTo(board.liked.ndcg10.mean, 4);
    expect(mean(liked.recall20)).toBeCloseTo(board.liked.recall20.mean, 4);
  });
});

describe('compareQuality()', () => {
  it('gives the mean of the differences, more certain than the difference of the means', () => {
    const before = Array.from({ length: 200 }, (_, i) => (i % 10) / 10);
    const after = before.map((value, i) => value + (i % 2 ? 0.02 : 0));
    const [ndcg10] = compareQuality(of(before), of(after)) ?? [];
    expect(ndcg10.after - ndcg10.before).toBeCloseTo(0.01, 10);
    expect(ndcg10.change.mean).toBeCloseTo(0.01, 10);
    expect(ndcg10.change.low).toBeGreaterThan(0.007);
    expect(ndcg10.change.high).toBeLessThan(0.013);
  });

  it('compares only the same held-out people', () => {
    const values = [0.5, 0.6];
    expect(compareQuality(of(values), of(values, { fingerprint: 'g' }))).toBeNull();
    expect(compareQuality(of(values), of(values, { part: 'test' }))).toBeNull();
    expect(compareQuality(of(values), of(values, { seed: 43 }))).toBeNull();
    expect(compareQuality(of(values), of([0.5]))).toBeNull();
    expect(compareQuality(of([]), of([]))).toBeNull();
  });
});
