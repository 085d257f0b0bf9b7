/**
 * Wishes in words: how many are read exactly as they are meant, and whether a list breaks a limit that its wish states.
 *
 *   npm run bench -- wishes --home ../home [--only held-out] [--all]
 *
 * The wishes are in bench/wishes, each with the titles and rules that it means; "held-out" was written after the parser,
 * and "fresh" after everything that the first two had shown was mended. A wish is read exactly when its titles, all of its rules and what it names as not understood are as
 * written there. Titles of a list are checked against the rules that are written there, not those that were read.
 * Wishes that name a title that the catalogue lacks are left out.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { ChatAnswer } from '../src/chat/chat.ts';
import { chat } from '../src/chat/chat.ts';
import { ModelAccess } from '../src/explain/model-access.ts';
import { openBundle } from '../src/recommend/bundle.ts';
import { brokenLimits } from './wishes/broken-limits.ts';
import { type MeantWish, meantRules, readWishes, sameRules } from './wishes/meant-wish.ts';

const { values: options } = parseArgs({
  options: {
    home: { type: 'string' },
    only: { type: 'string' },
    /** prints each wish that is not read exactly */
    all: { type: 'boolean', default: false },
  },
});
if (!options.home) throw new Error('Which home? --home <folder with a published bundle>');

const SETS = ['first-half', 'held-out', 'fresh'];
const bundle = await openBundle(options.home);
const titles = new Set(bundle.catalogue.map(({ title }) => title));
const latest = bundle.catalogue.reduce((last, { year }) => Math.max(last, year ?? 0), 0);
const access = new ModelAccess({ model: null });

interface Reading {
  readonly exact: boolean;
  readonly broken: readonly string[];
}

for (const half of SETS.filter((name) => (options.only ?? name) === name)) {
  const text = await readFile(
    new URL(`../../../bench/wishes/${half}.json`, import.meta.url),
    'utf8',
  );
  const wishes = readWishes(JSON.parse(text)).filter(isInCatalogue);
  const readings: Reading[] = [];
  for (const wish of wishes) readings.push(await reading(wish));
  print(half, readings);
}
await bundle.close();

function isInCatalogue({ seeds = [], not = [] }: MeantWish): boolean {
  return [...seeds, ...not].every((title) => titles.has(title));
}

async function reading(wish: MeantWish): Promise<Reading> {
  const signal = new AbortController().signal;
  const language = /[\u3040-\u30ff]/.test(wish.wish) ? 'ja' : 'en';
  const answer = await chat(bundle, access, {
    message: wish.wish,
    ratings: [],
    wording: { language, titles: 'romaji' },
    visitor: 'bench',
    signal,
  });
  const meant = meantRules(wish, latest);
  const exact =
    sameRules(meant, answer.rules) &&
    sameTitles(wish.seeds ?? [], answer) &&
    (wish.unread ?? []).every((part) => namesUnread(answer, part));
  const broken = brokenLimits(wish, meant, answer.list);
  if (options.all && (!exact || broken.length > 0)) show(wish, meant, answer, broken);
  return { exact, broken };
}

function sameTitles(meant: readonly string[], { seeds }: ChatAnswer): boolean {
  return sorted(seeds.map(({ title }) => title)) === sorted(meant);
}

function sorted(names: readonly string[]): string {
  return [...names].sort().join(' | ');
}

/** The answer says itself which parts it did not understand. */
function namesUnread({ said }: ChatAnswer, part: string): boolean {
  return said.toLowerCase().includes(part.toLowerCase());
}

function show(
  wish: MeantWish,
  meant: object,
  { rules, seeds, said, list }: ChatAnswer,
  broken: readonly string[],
): void {
  console.log(`\n${wish.wish}`);
  console.log(`  meant ${sorted(wish.seeds ?? [])} ${JSON.stringify(meant)} ${wish.unread ?? ''}`);
  console.log(`  read  ${sorted(seeds.map(({ title }) => title))} ${JSON.stringify(rules)}`);
  console.log(`  said  ${said}  (${list.length} titles)`);
  for (const line of broken) console.log(`  broken: ${line}`);
}

function print(half: string, readings: readonly Reading[]): void {
  const exact = readings.filter((one) => one.exact).length;
  const broken = readings.filter((one) => one.broken.length > 0).length;
  const share = ((100 * exact) / readings.length).toFixed(1);
  console.log(
    `${half}: ${readings.length} wishes, exactly read ${exact} (${share} %), with a title that breaks a stated limit ${broken}`,
  );
}
