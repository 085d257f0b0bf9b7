/** Columns against what plain lines make of their definitions, person by person. */
import { describe, expect, it } from 'vitest';
import { heldOutUsers } from '../../../src/data/held-out-users.ts';
import { STATUS, seenIn } from '../../../src/data/interactions.ts';
import { evaluateModel } from '../../../src/metric/evaluate-model.ts';
import { FranchiseUnits } from '../../../src/metric/franchise-units.ts';
import { ModelEvaluator } from '../../../src/metric/model-evaluator.ts';
import { discovery } from '../../../src/metric/task/discovery.ts';
import { fewKnown } from '../../../src/metric/task/few-known.ts';
import type { TaskCase } from '../../../src/metric/task/task.ts';
import { listedShares } from '../../../src/model/listings.ts';
import { plainNdcg, plainRanking, plainRecall } from '../../support/plain-ndcg.ts';
import { oddScorer, storyDataset, storyOf } from '../../support/story-dataset.ts';

const dataset = storyDataset();
const seed = 7;
const listedShare = listedShares(dataset, dataset.parts.train);
const people = heldOutUsers(dataset, dataset.parts.test, seed);
const model = oddScorer(dataset.catalogue.length);
const evaluator = new ModelEvaluator(dataset, people, { listedShare, seed, all: true });
const { evaluation, values } = evaluator.evaluate(model);
const tasks = evaluation.tasks ?? {};

const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;

/** All titles for a profile but the hidden ones, best first. */
function ranking(known: TaskCase['known'], isHidden: (item: number) => boolean): number[] {
  const scores = [...model.score(known)];
  return plainRanking(scores.map((score, item) => (isHidden(item) ? Number.NaN : score)));
}

describe('ModelEvaluator', () => {
  it('has the main columns of evaluateModel()', () => {
    const { tasks: _, millisecondsPerPerson: __, ...main } = evaluation;
    const { millisecondsPerPerson: ___, ...expected } = evaluateModel(model, people, listedShare);
    expect(main).toMatchObject(expected);
  });

  it('ranks new stories among titles of other franchises than the known ones', () => {
    const found = people.flatMap(({ known, liked }) => {
      const seen = [...known.items].filter((_, p) => known.statuses[p] !== STATUS.plan_to_watch);
      const isKnown = (item: number) => seen.some((other) => storyOf(other) === storyOf(item));
      const targets = [...liked].filter((item) => !isKnown(item));
      const list = ranking(known, isKnown);
      if (targets.length === 0) return [];
      return [[plainNdcg(list, targets, 10), plainRecall(list, targets, 20)]];
    });
    expect(tasks.newStories?.people).toBe(found.length);
    expect(found.length).toBeLessThan(people.length);
    expect(tasks.newStories?.liked.ndcg10.mean).toBeCloseTo(mean(found.map(([n]) => n)), 10);
    expect(tasks.newStories?.liked.recall20.mean).toBeCloseTo(mean(found.map(([, r]) => r)), 10);
  });

  const stories = new FranchiseUnits(dataset.catalogue);
  it.each([
    ['fewKnown5', fewKnown(people, 5, seed)],
    ['fewKnown20', fewKnown(people, 20, seed)],
    ['discovery', discovery(people, { stories, listedShare, seed })],
  ] as const)('ranks all titles but the known ones for %s', (task, cases) => {
    const found = cases.flatMap(({ known, targets }) => {
      if (targets.size === 0) return [];
      const list = ranking(known, (item) => known.items.includes(item));
      return [[plainNdcg(list, [...targets], 100), plainRecall(list, [...targets], 20)]];
    });
    expect(found.length).toBeGreaterThan(10);
    expect(tasks[task]?.people).toBe(found.length);
    expect(tasks[task]?.liked.ndcg100.mean).toBeCloseTo(mean(found.map(([n]) => n)), 10);
    expect(tasks[task]?.liked.recall20.mean).toBeCloseTo(mean(found.map(([, r]) => r)), 10);
  });

  it('says nothing where nobody has seen as many titles', () => {
    const most = Math.max(...people.map(({ whole }) => seenIn(whole)));
    expect(most).toBeLessThan(51);
    expect(tasks.fewKnown50).toMatchObject({ people: 0, liked: { ndcg10: { mean: Number.NaN } } });
  });

  it('has no difference between a model and itself, and the difference of the means to another', () => {
    for (const [name, { mean: difference, low, high }] of Object.entries(
      evaluator.differences(values, values),
    ))
      if (!name.startsWith('fewKnown50'))
        expect([name, difference, low, high]).toEqual([name, 0, 0, 0]);
    const other = evaluator.evaluate({
      name: 'falling',
      score: () => Float32Array.from(dataset.catalogue, (_, item) => -item),
    });
    const of = evaluator.differences(other.values, values)['newStories.ndcg10'];
    const means = [other.evaluation, evaluation].map((one) => one.tasks?.newStories?.liked.ndcg10);
    expect(of.mean).toBeCloseTo((means[0]?.mean ?? 0) - (means[1]?.mean ?? 0), 12);
    expect(of.low).toBeLessThan(of.mean);
    expect(of.high).toBeGreaterThan(of.mean);
  });
});
