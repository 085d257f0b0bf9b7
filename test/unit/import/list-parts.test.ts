import { describe, expect, it } from 'vitest';
import { readListCsv } from '../../../src/import/csv.ts';
import type { ImportedList } from '../../../src/import/imported-list.ts';
import { ListFromParts, partsOf } from '../../../src/import/list-parts.ts';

function parts(list: ImportedList) {
  const all = [...partsOf(list)];
  const joined = new ListFromParts();
  for (const part of all) joined.add(part);
  return { all, list: joined.list(all[all.length - 1]) };
}

const csvOf = (rows: number, row: (n: number) => string) =>
  readListCsv(
    `anime_id,title,english\n${Array.from({ length: rows }, (_, n) => row(n)).join('\n')}\n`,
    'my.csv',
  );

describe('partsOf()', () => {
  it.each([0, 1, 499, 500, 501, 1234])('and back keeps a list of %d rows as it is', (rows) => {
    for (const row of [
      (n: number) => `${n + 1},`,
      (n: number) => `,Title ${n}`,
      (n: number) => (n % 3 ? `${n},A` : `,B ${n},C`),
    ]) {
      const list = csvOf(rows, row);
      expect(parts(list).list).toEqual(list);
    }
    const unknown = Array.from({ length: rows }, (_, n) => ({
      ...{ title: `${n}`, animeId: null, reason: 'no-id' as const },
    }));
    const list = { ...csvOf(0, String), unknown };
    expect(parts(list).list).toEqual(list);
  });

  it('makes no part longer than is quickly copied, whatever the rows hold', () => {
    const list = csvOf(3000, (n) => (n % 2 ? `${n}` : `,Title ${n},English ${n}`));
    const { all } = parts(list);
    expect(all.filter(({ isLast }) => isLast)).toHaveLength(1);
    for (const { entries, named = [] } of all) {
      expect(entries.length + named.length).toBeLessThanOrEqual(500);
      expect(named.flatMap(({ names }) => names).length).toBeLessThanOrEqual(1001);
    }
  });
});
