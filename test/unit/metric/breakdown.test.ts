import { describe, expect, it } from 'vitest';
import { type HeldOutUser, heldOutUsers } from '../../../src/data/held-out-users.ts';
import { type Profile, STATUS } from '../../../src/data/interactions.ts';
import { sampledProfile } from '../../../src/data/split.ts';
import { breakdownOf, coldTitles } from '../../../src/metric/breakdown.ts';
import { FranchiseUnits } from '../../../src/metric/franchise-units.ts';
import { quantileGroups, userGroups } from '../../../src/metric/user-groups.ts';
import type { Recommender } from '../../../src/model/recommender.ts';
import { anime, smallDataset } from '../../support/small-dataset.ts';

function profile(...entries: readonly (readonly [item: number, status?: number])[]): Profile {
  return {
    items: Uint32Array.from(entries, ([item]) => item),
    ratings: new Uint8Array(entries.length).fill(8),
    statuses: Uint8Array.from(entries, ([, status = STATUS.completed]) => status),
  };
}

const person = (known: Profile, heldOut: readonly number[] = [], userId = 1): HeldOutUser => ({
  userId,
  whole: known,
  known,
  liked: new Set(heldOut),
  seen: new Set(heldOut),
  disliked: new Set(),
  allLiked: new Set(heldOut),
});

/** Scores every title by a fixed list, whoever asks; counts how many titles it was told. */
class Fixed implements Recommender {
  readonly name = 'fixed';
  readonly told: number[] = [];

  constructor(private readonly scores: readonly number[]) {}

  get items(): number {
    return this.scores.length;
  }

  score({ items }: Profile): Float32Array {
    this.told.push(items.length);
    return Float32Array.from(this.scores);
  }

  similarItems() {
    return { items: new Uint32Array(), scores: new Float32Array() };
  }

  async save() {}
}

describe('quantileGroups()', () => {
  it('makes equal parts, lowest first', () => {
    const groups = quantileGroups([5, 1, 4, 2, 6, 3], ['low', 'middle', 'high']);
    expect(groups).toEqual([
      { name: 'low', members: [1, 3] },
      { name: 'middle', members: [2, 5] },
      { name: 'high', members: [0, 4] },
    ]);
  });

  it('keeps equals together, and takes nobody', () => {
    expect(quantileGroups([1, 1, 1, 2], ['low', 'high']).map(({ members }) => members)).toEqual([
      [0, 1, 2],
      [3],
    ]);
    expect(quantileGroups([], ['low', 'high']).every(({ members }) => members.length === 0)).toBe(
      true,
    );
  });
});

describe('userGroups()', () => {
  it('goes by what people have seen: planned titles make nobody heavy or mainstream', () => {
    const planned = [STATUS.plan_to_watch] as const;
    const people = [
      person(profile([0], [1], [2, ...planned], [3, ...planned])),
      person(profile([2], [3]), [0]),
      person(profile([2], [3]), [0, 1]),
    ];
    const groups = userGroups(people, [0.9, 0.8, 0.1, 0.2]);
    const members = Object.fromEntries(groups.map(({ name, members }) => [name, members]));
    expect(members).toEqual({
      light: [0],
      medium: [1],
      heavy: [2],
      niche: [1, 2],
      mainstream: [0],
    });
  });
});

describe('sampledProfile()', () => {
  it('keeps that many seen titles in order, by seed and person', () => {
    const whole = profile(...Array.from({ length: 30 }, (_, i) => [i] as const), [
      30,
      STATUS.plan_to_watch,
    ]);
    const few = sampledProfile(whole, 5, 42, 7);
    expect(few.items).toHaveLength(5);
    expect([...few.items]).toEqual([...few.items].sort((a, b) => a - b));
    expect(few.items).not.toContain(30);
    expect(sampledProfile(whole, 5, 42, 7)).toEqual(few);
    expect(sampledProfile(whole, 5, 42, 8).items).not.toEqual(few.items);
    expect(sampledProfile(whole, 5, 43, 7).items).not.toEqual(few.items);
    expect([...sampledProfile(profile([4], [9]), 5, 1, 1).items]).toEqual([4, 9]);
  });
});

describe('coldTitles()', () => {
  it('counts scores of training people only', () => {
    const dataset = smallDataset();
    const { interactions, parts } = dataset;
    const cold = coldTitles(dataset);
    for (let item = 0; item < interactions.items; item++) {
      let scores = 0;
      for (let p = 0; p < interactions.indptr[parts.train.to]; p++)
        if (interactions.indices[p] === item && interactions.ratings[p] > 0) scores++;
      expect(cold[item]).toBe(scores < 10 ? 1 : 0);
    }
    expect([cold[0], cold[59]]).toEqual([0, 1]);
  });
});

describe('FranchiseUnits', () => {
  const franchise = (franchiseId: number) =>
    ({ franchiseId, prerequisite: null }) as unknown as NonNullable<
      ReturnType<typeof anime>['franchise']
    >;
  // titles 0, 2 and 3 are one story; 1 and 4 stand alone
  const units = new FranchiseUnits([
    anime(10, { franchise: franchise(10) }),
    anime(11),
    anime(12, { franchise: franchise(10) }),
    anime(13, { franchise: franchise(10) }),
    anime(14),
  ]);

  it('gives a story the place of its best title', () => {
    expect([...units.scores(Float32Array.of(1, 2, 5, 4, 3), new Set())]).toEqual([5, 2, 3]);
  });

  it('leaves out stories of which a title was seen, from ranking and targets', () => {
    const known = units.known(profile([3], [1, STATUS.plan_to_watch]));
    expect([...known]).toEqual([0]);
    expect([...units.scores(Float32Array.of(1, 2, 5, 4, 3), known)]).toEqual([-Infinity, 2, 3]);
    expect([...units.targets(new Set([0, 2, 4]), known)]).toEqual([2]);
    expect([...units.targets(new Set([0, 2, 4]), new Set())]).toEqual([0, 2]);
  });
});

describe('breakdownOf()', () => {
  const dataset = smallDataset();
  const people = heldOutUsers(dataset, dataset.parts.test, 42);
  const listedShare = new Float32Array(60).fill(0.5);

  it('gives the model five titles, and evaluates on the same targets and candidates', () => {
    const model = new Fixed(Array.from({ length: 60 }, (_, item) => 60 - item));
    const { groups } = breakdownOf(model, dataset, people, { listedShare, seed: 42 });
    const five = groups.find(({ group }) => group === '5 known titles');
    // who scores everybody alike does as well with five titles as with all of them
    const all = groups.find(({ group }) => group === 'niche');
    expect(five?.people).toBe(40);
    expect(all?.people).toBe(40);
    expect(five?.liked).toEqual(all?.liked);
    expect(model.told.filter((count) => count === 5)).toHaveLength(40);
  });

  it('finds cold titles only where they are ranked high', () => {
    const heldOut = [person(profile([0], [1]), [59, 2])];
    const scores = Array.from({ length: 60 }, (_, item) => item);
    const cold = (model: Recommender) =>
      breakdownOf(model, dataset, heldOut, { listedShare, seed: 42 }).groups.find(
        ({ group }) => group === 'cold titles',
      )?.seen.ndcg10.mean;
    expect(cold(new Fixed(scores))).toBe(1);
    expect(cold(new Fixed([...scores].reverse()))).toBe(0);
  });
});
