/**
 * Groups of held-out people.
 *
 *   light, medium, heavy   terciles of how many titles they have seen, the held-out ones included
 *   niche, mainstream      lower and upper half by the mean popularity of the known titles they have seen
 *
 * Those who are equal at a border fall into the lower group together.
 */

import type { HeldOutUser } from '../data/held-out-users.ts';
import { seenEntries } from '../data/interactions.ts';

export interface UserGroup {
  readonly name: string;
  /** positions among the people */
  readonly members: readonly number[];
}

/** @param listedShare of each item, the share of training people who list it */
export function userGroups(
  people: readonly HeldOutUser[],
  listedShare: ArrayLike<number>,
): UserGroup[] {
  const sizes = people.map((person) => seenItems(person).length + person.seen.size);
  const tastes = people.map((person) => {
    const items = seenItems(person);
    const sum = items.reduce((all, item) => all + listedShare[item], 0);
    return sum / Math.max(1, items.length);
  });
  return [
    ...quantileGroups(sizes, ['light', 'medium', 'heavy']),
    ...quantileGroups(tastes, ['niche', 'mainstream']),
  ];
}

function seenItems({ known }: HeldOutUser): Uint32Array {
  return Uint32Array.from(seenEntries(known), (p) => known.items[p]);
}

/** Equal parts by value, lowest first. */
export function quantileGroups(values: readonly number[], names: readonly string[]): UserGroup[] {
  const sorted = [...values].sort((a, b) => a - b);
  const borders = names
    .slice(1)
    .map((_, i) => sorted[Math.max(0, Math.ceil(((i + 1) * sorted.length) / names.length) - 1)]);
  const groupOf = (value: number) => borders.filter((border) => value > border).length;
  return names.map((name, group) => ({
    name,
    members: values.flatMap((value, i) => (groupOf(value) === group ? [i] : [])),
  }));
}
