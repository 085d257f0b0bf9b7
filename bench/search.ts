/**
 * How well and how fast titles are found by name: the mean reciprocal rank of the right title among ten, by kind of query,
 * and the time of a search.
 *
 *   npm run bench -- search [--file ../shared/data/mal-sample/anime.csv]
 */
import { parseArgs } from 'node:util';
import { TitleSearch } from '../src/search/title-search.ts';
import { realCatalogue } from '../test/support/real-catalogue.ts';
import { reciprocalRank, searchQueries } from '../test/support/search-queries.ts';

const { values: options } = parseArgs({
  options: { file: { type: 'string', default: '../shared/data/mal-sample/anime.csv' } },
});
const ROUNDS = 5;

const catalogue = await realCatalogue(options.file);
const before = process.cpuUsage();
const search = await TitleSearch.of(catalogue);
const { user, system } = process.cpuUsage(before);
const queries = searchQueries('test/support/search-queries.tsv');
console.log(`${catalogue.length} titles, ${queries.length} queries`);
console.log(`index: ${((user + system) / 1e6).toFixed(2)} s of processor time`);

const ranks = new Map<string, number[]>();
for (const query of queries) {
  const rank = reciprocalRank(search, query);
  ranks.set(query.kind, [...(ranks.get(query.kind) ?? []), rank]);
  if (rank < 1) console.log(`  ${rank.toFixed(2)}  ${query.kind}: ${query.query}`);
}
for (const [kind, all] of [...ranks, ['all', [...ranks.values()].flat()] as const])
  console.log(`${kind.padEnd(16)} ${mean(all).toFixed(3)}  (${all.length})`);

const times: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  for (const { query } of queries) {
    const start = performance.now();
    search.find(query);
    if (round > 0) times.push(performance.now() - start);
  }
}
times.sort((a, b) => a - b);
const at = (share: number) => times[Math.floor(share * (times.length - 1))].toFixed(2);
console.log(`a search: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, at most ${at(1)} ms`);

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
