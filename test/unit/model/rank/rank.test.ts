import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Profile, profileOf, seenEntries } from '../../../../src/data/interactions.ts';
import { random, shuffle } from '../../../../src/data/random.ts';
import { slim } from '../../../../src/model/linear/slim.ts';
import { hideListed } from '../../../../src/model/mask.ts';
import { CANDIDATES } from '../../../../src/model/rank/lists/list-collector.ts';
import { Rank } from '../../../../src/model/rank/rank.ts';
import { rank } from '../../../../src/model/rank/rank-model.ts';
import { RANK_TRAINING } from '../../../../src/model/rank/training-options.ts';
import type { Recommender } from '../../../../src/model/recommender.ts';
import { topItems } from '../../../../src/model/top.ts';
import { NO_PROGRESS } from '../../../../src/progress.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

const dataset = smallDataset({ people: 180, titles: 400 });
const first = await slim.fit(dataset, {}, { threads: 1 });
const fitted = new Map<string, Recommender>([['slim', first]]);
const { seed: _, ...TRAINING } = RANK_TRAINING;
const NETWORK = { ...TRAINING, hidden1: 16, hidden2: 8, epochs: 4, batch: 16 };
const model = await rank.fit(
  dataset,
  { fewestPeople: 0, synthetic: true, network: NETWORK },
  { fitted, threads: 1 },
);

const unseen = (of: Recommender, profile: Profile, k = of.items) => [
  ...topItems(hideListed(of.score(profile), profile), k).items,
];

it('orders the first stage’s best anew and leaves the others below them', () => {
  const profile = growing(170, 40);
  const before = unseen(first, profile);
  const after = unseen(model, profile);
  expect(before.length).toBeGreaterThan(CANDIDATES);
  expect(after.slice(CANDIDATES)).toEqual(before.slice(CANDIDATES));
  const ascending = (items: number[]) => items.toSorted((a, b) => a - b);
  expect(ascending(after.slice(0, CANDIDATES))).toEqual(ascending(before.slice(0, CANDIDATES)));
  expect(after).not.toEqual(before);
});

it('leaves the scores of what has been seen as they are', () => {
  const profile = profileOf(dataset.interactions, 170);
  const [before, after] = [first.score(profile), model.score(profile)];
  for (const p of seenEntries(profile))
    expect(after[profile.items[p]]).toBe(before[profile.items[p]]);
});

/** The first `count` of a person's titles, in an order of its own. */
function growing(user: number, count: number): Profile {
  const whole = profileOf(dataset.interactions, user);
  const drawn = shuffle(seenEntries(whole), random(user)).slice(0, count);
  drawn.sort((a, b) => a - b);
  return {
    items: Uint32Array.from(drawn, (p) => whole.items[p]),
    ratings: Uint8Array.from(drawn, (p) => whole.ratings[p]),
    statuses: Uint8Array.from(drawn, (p) => whole.statuses[p]),
  };
}

const shared = (a: number[], b: number[]) => a.filter((item) => b.includes(item)).length;

it('turns no list around at one rating more, from 5 to 20', () => {
  const people = Array.from({ length: 20 }, (_, n) => 150 + n);
  const mean = (of: (user: number) => number) =>
    people.reduce((sum, user) => sum + of(user), 0) / people.length;
  // What a switch from a part to a whole list would change of the top 20, with no rating more.
  const kept = (count: number) =>
    mean((user) => {
      const list = growing(user, count);
      const [part, whole] = [false, true].map((isWhole) => unseen(model, { ...list, isWhole }, 20));
      return shared(part, whole);
    });
  const steps = Array.from({ length: 15 }, (_, n) =>
    mean((user) =>
      shared(unseen(model, growing(user, 5 + n), 20), unseen(model, growing(user, 6 + n), 20)),
    ),
  );
  expect(Math.min(...steps)).toBeGreaterThan(kept(7));
});

it('keeps the first stage’s order when people are too few or made up, and says so', async () => {
  const notes: string[] = [];
  const progress = { ...NO_PROGRESS, note: (text: string) => notes.push(text) };
  const alone = await rank.fit(dataset, { synthetic: true }, { fitted, progress, threads: 1 });
  await rank.fit(dataset, { fewestPeople: 0 }, { fitted, progress, threads: 1 });
  const profile = profileOf(dataset.interactions, 170);
  expect(alone.score(profile)).toEqual(first.score(profile));
  expect(notes).toEqual([
    expect.stringMatching(/rank keeps the order of slim: .* and there are 120/),
    expect.stringMatching(/rank keeps the order of slim: the people of "small" are made up/),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'osusume-rank-'));
  try {
    await alone.save(folder);
    const loaded = await Rank.load(folder, first);
    expect(loaded.score(profile)).toEqual(first.score(profile));
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('is made of slim', async () => {
  await expect(rank.fit(dataset, { fewestPeople: 0 }, {})).rejects.toThrow(/slim.*not trained/);
});

it('refuses an altered file of titles, naming it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'osusume-rank-'));
  try {
    await model.save(folder);
    const path = join(folder, 'rank-titles.safetensors');
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.length - 9));
    await expect(Rank.load(folder, first)).rejects.toThrow(/rank-titles\.safetensors/);
    await rm(path);
    await expect(Rank.load(folder, first)).rejects.toThrow(/rank-titles\.safetensors is missing/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
