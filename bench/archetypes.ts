/**
 * The first lists of typical fans: five favourites each, asked as the page asks (loved titles, as a part of a list).
 *
 *   npm run bench -- archetypes --home ../home [--rules none] [--niche 0.5] [--lists] [--only sports,josei]
 *
 * fit: the share of the top ten that has what the five favourites share. Best known: the share that is among the 100
 * titles with most members. Of 25 fans: the mean over draws of 25 of these fans.
 */
import { parseArgs } from 'node:util';
import type { Anime } from '../src/data/anime.ts';
import { random, shuffle } from '../src/data/random.ts';
import { openBundle } from '../src/recommend/bundle.ts';
import { profileFrom } from '../src/recommend/profile.ts';
import { rulesFrom } from '../src/recommend/rules.ts';
import { FANS, type Fan } from './archetypes/fans.ts';

const { values: options } = parseArgs({
  options: {
    home: { type: 'string' },
    rules: { type: 'string', default: 'default' },
    niche: { type: 'string', default: '0' },
    only: { type: 'string' },
    lists: { type: 'boolean', default: false },
  },
});
if (!options.home) throw new Error('Which home? --home <folder with a published bundle>');
/** As the page gives for one tap (src/web/picks/picks.ts). */
const LOVE = 9;
const TOP = 10;
/** Fewer favourites than this in the catalogue do not say what somebody likes. */
const ENOUGH = 3;
/** Titles of so many other stories must have the facet, or a top ten cannot. */
const FITTING = 20;
const DRAWS = 1000;
const FANS_OF_A_DRAW = 25;

interface FanList {
  readonly fan: Fan;
  readonly picked: number;
  readonly list: readonly Anime[];
  readonly fits: readonly boolean[];
}

const { catalogue, items, ranker, close } = await openBundle(options.home);
const byMembers = [...catalogue].sort((a, b) => b.members - a.members);
const bestKnown = new Set(byMembers.slice(0, 100));
const chosen = options.only?.split(',');
const lists = FANS.filter(({ name }) => chosen?.includes(name) ?? true)
  .map(listOf)
  .filter((list) => list !== null);
printFans(lists);
printTotals(lists);
await close();

function listOf(fan: Fan): FanList | null {
  const picks = catalogue.filter(({ title }) => fan.picks.includes(title));
  if (picks.length < ENOUGH) return null;
  const loved = picks.map(({ animeId }) => ({ animeId, rating: LOVE }));
  const { profile } = profileFrom(loved, items, false);
  const rules = rulesFrom(options.rules === 'none' ? 'none' : { niche: Number(options.niche) });
  const list = ranker.recommend(profile, { limit: TOP, rules }).map(({ anime }) => anime);
  const hasFacet = fan.facet(catalogue);
  if (storiesOf(catalogue.filter(hasFacet)) - ENOUGH < FITTING) return null;
  return { fan, picked: picks.length, list, fits: list.map(hasFacet) };
}

/** How many stories the titles are from; one title of each is recommended at most. */
function storiesOf(titles: readonly Anime[]): number {
  return new Set(titles.map(({ animeId, franchise }) => franchise?.franchiseId ?? animeId)).size;
}

function printFans(fans: readonly FanList[]): void {
  console.log(`fit  best known  fan`);
  for (const { fan, list, fits } of fans) {
    const known = list.filter((anime) => bestKnown.has(anime)).length;
    console.log(`${String(fits.filter(Boolean).length).padStart(3)}  ${known}  ${fan.name}`);
    if (options.lists) for (const [n, anime] of list.entries()) printTitle(anime, fits[n]);
  }
}

function printTitle(anime: Anime, fits: boolean): void {
  const { title, type, year, members, genres } = anime;
  const mark = `${fits ? '+' : ' '}${bestKnown.has(anime) ? '*' : ' '}`;
  const about = [type, year, `${Math.round(members / 1000)}k`, ...genres.slice(0, 6)].join(', ');
  console.log(`      ${mark} ${title} (${about})`);
}

function printTotals(fans: readonly FanList[]): void {
  const all = fans.flatMap(({ list }) => list);
  const share = (count: number) => (count / all.length).toFixed(3);
  const fitting = fans.flatMap(({ fits }) => fits).filter(Boolean).length;
  const draws = drawsOf(fans.map(({ list }) => list));
  console.log(`
fans with at least ${ENOUGH} favourites and ${FITTING} fitting stories in this catalogue: ${fans.length} of ${FANS.length}, with all five: ${fans.filter(({ picked }) => picked === 5).length}
fit@10                        ${share(fitting)}
among the 100 best known      ${share(all.filter((anime) => bestKnown.has(anime)).length)}
most lists with the same title ${mostLists(fans.map(({ list }) => list))} of ${fans.length} (of ${FANS_OF_A_DRAW} fans: ${draws.most.toFixed(1)})
distinct titles               ${new Set(all).size} of ${all.length} (of ${FANS_OF_A_DRAW} fans: ${draws.distinct.toFixed(0)})
members, median               ${median(all.map(({ members }) => members))}
mean score, median            ${median(all.map(({ meanScore }) => meanScore ?? 0))}`);
}

/** Means over random draws of 25 fans. */
function drawsOf(all: readonly (readonly Anime[])[]): { most: number; distinct: number } {
  const uniform = random(1);
  let most = 0;
  let distinct = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const order = shuffle(
      all.map((_, n) => n),
      uniform,
    ).slice(0, FANS_OF_A_DRAW);
    const drawn = order.map((n) => all[n]);
    most += mostLists(drawn) / DRAWS;
    distinct += new Set(drawn.flat()).size / DRAWS;
  }
  return { most, distinct };
}

function mostLists(all: readonly (readonly Anime[])[]): number {
  const counts = new Map<Anime, number>();
  for (const anime of all.flat()) counts.set(anime, (counts.get(anime) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
