/**
 * Processor time of work on the whole catalogue: finding franchises, and searching titles by name.
 *
 *   npm run bench -- catalogue [--file ../shared/data/mal-sample/anime.csv]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCatalogueFile } from '../src/data/catalogue/catalogue-reader.ts';
import { Rejects } from '../src/data/csv/rejects.ts';
import { assignFranchises } from '../src/data/franchise/franchise.ts';
import { TitleSearch } from '../src/search/title-search.ts';

const { values: options } = parseArgs({
  options: { file: { type: 'string', default: '../shared/data/mal-sample/anime.csv' } },
});
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'].join(' ');
const QUERIES = ['shingeki', 'stiens gate', '進撃の巨人', 'zz z', `${LETTERS} `.repeat(4)];

const folder = await mkdtemp(join(tmpdir(), 'osusume-bench-'));
const rejects = new Rejects(join(folder, 'rejected.csv'));
const { titles } = await readCatalogueFile(options.file, rejects.open('anime.csv'));
rejects.close();
await rm(folder, { recursive: true });

const catalogue = [...titles.values()];
console.log(`${catalogue.length} titles`);
console.log(`assignFranchises(): ${processorTime(() => assignFranchises(catalogue))} ms`);
const search = await TitleSearch.of(catalogue);
for (const query of QUERIES) {
  search.find(query);
  const shown = query.length > 20 ? `${query.slice(0, 20)}… (${query.length} letters)` : query;
  console.log(`find("${shown}"): ${processorTime(() => search.find(query))} ms`);
}

/** In milliseconds, of this process only: other work on the machine does not count. */
function processorTime(work: () => unknown): string {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return ((user + system) / 1000).toFixed(1);
}
