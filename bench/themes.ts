/**
 * Precision of the themes on hand-labelled titles, without tags, and how many titles get each theme.
 *
 *   npm run bench -- themes [--folder ../shared/data/mal-sample]
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Anime } from '../src/data/anime.ts';
import { readCatalogueFile, readSynopsisFile } from '../src/data/catalogue/catalogue-reader.ts';
import { Rejects } from '../src/data/csv/rejects.ts';
import { assignFranchises } from '../src/data/franchise/franchise.ts';
import { assignThemes } from '../src/data/themes/assign.ts';
import { THEMES } from '../src/data/themes/theme-names.ts';
import { taggedTitles } from '../src/source/sample/theme-tags.ts';

interface Label {
  readonly right: readonly number[];
  readonly wrong: readonly number[];
}

const { values: options } = parseArgs({
  options: {
    folder: { type: 'string', default: '../shared/data/mal-sample' },
    labels: { type: 'string', default: 'test/unit/data/themes/labels.json' },
  },
});
const { themes: labels } = JSON.parse(await readFile(options.labels, 'utf8')) as {
  themes: Readonly<Record<string, Label>>;
};

const titles = assignFranchises([...(await readTitles(options.folder)).values()]);
const started = process.cpuUsage();
const read = assignThemes(titles);
const { user, system } = process.cpuUsage(started);
const names = new Map(titles.map(({ animeId, title }) => [animeId, title]));
const tagged = (await taggedTitles()).filter(({ animeId, title }) => names.get(animeId) === title);
const tags = new Map(tagged.map(({ animeId, tags: own }) => [animeId, own]));
const withTags = assignThemes(titles, tags);
console.log(`assignThemes(): ${((user + system) / 1000).toFixed(0)} ms, ${titles.length} titles`);
console.log(`themes of titles: ${pairs(read)} from texts, ${pairs(withTags)} with tags`);
console.log(`titles with a theme: ${themed(read)} from texts, ${themed(withTags)} with tags`);
const known = [...withTags].sort((a, b) => b.members - a.members).slice(0, 1000);
console.log(`of the 1,000 best-known titles: ${themed(known)}, ${pairs(known)} themes`);

let right = 0;
let labelled = 0;
const byTheme = THEMES.map(({ id }) => {
  const has = holders(read, id);
  const good = (labels[id]?.right ?? []).filter((animeId) => has.has(animeId)).length;
  const bad = (labels[id]?.wrong ?? []).filter((animeId) => has.has(animeId)).length;
  right += good;
  labelled += good + bad;
  const rated = good + bad === 0 ? '–' : `${good}/${good + bad}`;
  return `${id.padEnd(22)} ${rated.padEnd(6)} ${has.size} ${holders(withTags, id).size}`;
});
console.log(`precision: ${(right / labelled).toFixed(3)} of ${labelled} labelled pairs\n`);
console.log(['theme                  right  texts tags', ...byTheme].join('\n'));

async function readTitles(folder: string): Promise<Map<number, Anime>> {
  const temporary = await mkdtemp(join(tmpdir(), 'osusume-bench-'));
  const rejects = new Rejects(join(temporary, 'rejected.csv'));
  const file = await readCatalogueFile(join(folder, 'anime.csv'), rejects.open('anime.csv'));
  const synopses = join(folder, 'anime_with_synopsis.csv');
  await readSynopsisFile(synopses, file.titles, rejects.open('anime_with_synopsis.csv'));
  rejects.close();
  await rm(temporary, { recursive: true });
  return file.titles;
}

function holders(of: readonly Anime[], theme: string): Set<number> {
  return new Set(of.flatMap(({ animeId, themes }) => (themes.includes(theme) ? [animeId] : [])));
}

function pairs(of: readonly Anime[]): number {
  return of.reduce((sum, { themes }) => sum + themes.length, 0);
}

function themed(of: readonly Anime[]): number {
  return of.filter(({ themes }) => themes.length > 0).length;
}
