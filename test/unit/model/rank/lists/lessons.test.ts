import { expect, it } from 'vitest';
import { heldOutUsers } from '../../../../../src/data/held-out-users.ts';
import { profileOf, STATUS, seenIn } from '../../../../../src/data/interactions.ts';
import {
  type Lesson,
  partLesson,
  wholeLesson,
} from '../../../../../src/model/rank/lists/lessons.ts';
import { smallDataset } from '../../../../support/small-dataset.ts';

const dataset = smallDataset({ titles: 200 });
const { interactions, users, parts } = dataset;
const drawn = (user: number, seed = 42) => ({ userId: users.ids[user], seed });

it('a whole list is split as held-out people are', () => {
  for (const person of heldOutUsers(dataset, parts.test, 42).slice(0, 10)) {
    const user = users.indexOf(person.userId);
    const lesson = wholeLesson(interactions, user, drawn(user));
    expect(lesson?.known).toEqual({ ...person.known, isWhole: true });
    expect(lesson?.liked).toEqual(person.liked);
  }
});

it('a part has 5 to 50 seen titles, half of the list at most, and targets that it does not know', () => {
  const lessons: Lesson[] = [];
  for (let user = 0; user < 60; user++) {
    const lesson = partLesson(interactions, user, drawn(user));
    if (lesson) lessons.push(lesson);
  }
  expect(lessons.length).toBeGreaterThan(50);
  const sizes = lessons.map(({ known }) => known.items.length);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(5);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(50);
  expect(new Set(sizes).size).toBeGreaterThan(10);
  for (const { known, liked } of lessons) {
    expect(known.isWhole).toBe(false);
    expect(seenIn(known)).toBe(known.items.length);
    expect([...known.items].some((item) => liked.has(item))).toBe(false);
  }
});

it('hides what the person plans to watch', () => {
  const profile = profileOf(interactions, 3);
  const planned = profile.items.filter((_, p) => profile.statuses[p] === STATUS.plan_to_watch);
  expect(planned.length).toBeGreaterThan(0);
  expect(partLesson(interactions, 3, drawn(3))?.hidden.items).toEqual(planned);
});

it('draws another split by another seed, and nothing from a short list', () => {
  const [first, again, other] = [42, 42, 7].map((seed) =>
    wholeLesson(interactions, 0, drawn(0, seed)),
  );
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  const few = smallDataset({ titles: 8 });
  expect(wholeLesson(few.interactions, 0, drawn(0))).toBeNull();
  expect(partLesson(few.interactions, 0, drawn(0))).toBeNull();
});
