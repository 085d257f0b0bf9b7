/** What people type, and the title that they mean, over the catalogue of 2020. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { TitleSearch } from '../../../src/search/title-search.ts';
import { realCatalogue } from '../../support/real-catalogue.ts';
import { reciprocalRank, searchQueries } from '../../support/search-queries.ts';
import { sharedData } from '../../support/shared.ts';

const file = sharedData('mal-sample/anime.csv');
const cases = file === null ? '' : resolve(file, '../../../cases/search');

describe.skipIf(file === null)('TitleSearch over 17,562 titles', () => {
  let search: TitleSearch;
  beforeAll(async () => {
    search = await TitleSearch.of(await realCatalogue(file as string));
  });

  it('puts the right title first in 97 of 100 searches', () => {
    const queries = searchQueries('test/support/search-queries.tsv');
    expect(queries.length).toBeGreaterThan(400);
    const misses: string[] = [];
    let sum = 0;
    for (const query of queries) {
      const rank = reciprocalRank(search, query);
      if (rank < 1) misses.push(`${query.kind}: ${query.query}`);
      sum += rank;
    }
    expect(sum / queries.length, misses.join('\n')).toBeGreaterThan(0.97);
  });

  it.skipIf(!existsSync(cases))('answers every case', () => {
    const wrong: string[] = [];
    for (const name of readdirSync(cases).filter((name) => name.endsWith('.tsv'))) {
      for (const line of readFileSync(join(cases, name), 'utf8').split('\n').filter(Boolean)) {
        const [query, ids] = line.split('\t');
        const [first] = search.find(query, { limit: 1 });
        if (!ids.split(',').map(Number).includes(first?.animeId))
          wrong.push(`${name}: ${query} found ${first?.title ?? 'nothing'}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
