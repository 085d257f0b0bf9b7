import { describe, expect, it } from 'vitest';
import type { ImportedList } from '../../../../src/import/list/imported-list.ts';
import { ListFromParts, partsOf } from '../../../../src/import/list/list-parts.ts';
import { readListText } from '../../../../src/import/table/csv-list.ts';

function parts(list: ImportedList) {
  const all = [...partsOf(list)];
  const joined = new ListFromParts();
  for (const part of all) joined.add(part);
  return { all, list: joined.list(all[all.length - 1]) };
}

const csvOf = (rows: number, row: (n: number) => string) =>
  readListText(
    `anime_id,title,english,score\n${Array.from({ length: rows }, (_, n) => row(n)).join('\n')}\n`,
    { name: 'my.csv' },
  );

describe('partsOf()', () => {
  it.each([0, 1, 499, 500, 501, 1234])('and back keeps a list of %d rows as it is', (rows) => {
    for (const row of [
      (n: number) => `${n + 1},`,
      (n: number) => `,Title ${n},,not a score`,
      (n: number) => (n % 3 ? `${n + 1},A` : `,B ${n},C`),
    ]) {
      const list = csvOf(rows, row);
      expect(parts(list).list).toEqual(list);
    }
  });

  it('makes no part longer than is quickly copied, whatever the rows hold', () => {
    const list = csvOf(3000, (n) => (n % 2 ? `${n}` : `,Title ${n},English ${n}`));
    const { all } = parts(list);
    expect(all.filter(({ isLast }) => isLast)).toHaveLength(1);
    for (const { rows } of all) {
      expect(rows.length).toBeLessThanOrEqual(500);
      expect(rows.flatMap(({ names }) => names).length).toBeLessThanOrEqual(1001);
    }
  });
});
