/** What the second stage needs of every title, as a file beside its networks: rank-titles.safetensors. */
import { join } from 'node:path';
import { Type } from 'typebox';
import { type SafetensorsFile, type Tensor, writeSafetensors } from '../../../home/safetensors.ts';
import { readModelFile } from '../../model-file.ts';
import { FEATURES, featurePlace } from '../feature-names.ts';
import type { Codes, TitleFacts } from './title-facts.ts';

export const TITLES_FILE = 'rank-titles.safetensors';
const FORMAT = 'osusume-rank-titles-1';
/** Names of the features that are the same for everybody, in the order of the columns of `own`. */
const Names = Type.Array(Type.String());
const KINDS = ['genres', 'studios', 'types', 'sources', 'classes'] as const;

const vector = (data: Tensor['data']): Tensor => ({ shape: [data.length], data });

export async function writeTitleFacts(folder: string, facts: TitleFacts): Promise<void> {
  const { places, prerequisites, yearShares, logListings, meanScores, own, width, items } = facts;
  // widest first, so that all begin at multiples of their own size
  await writeSafetensors(
    join(folder, TITLES_FILE),
    {
      stories: vector(places.stories),
      prerequisites: vector(prerequisites),
      yearShares: vector(yearShares),
      logListings: vector(logListings),
      meanScores: vector(meanScores),
      own: { shape: [items, width], data: own },
      ...Object.fromEntries(
        KINDS.flatMap((kind) => [
          [`${kind}.indptr`, vector(facts[kind].indptr)],
          [`${kind}.shares`, vector(facts[kind].shares)],
        ]),
      ),
      years: vector(places.years),
      positions: vector(places.positions),
      ...Object.fromEntries(KINDS.map((kind) => [`${kind}.indices`, vector(facts[kind].indices)])),
      tv: vector(facts.tv),
    },
    {
      format: FORMAT,
      options: JSON.stringify(Array.from(facts.ownPlaces, (place) => FEATURES[place].name)),
    },
  );
}

/** @throws ArtefactError when the file is missing, truncated, altered or of another release */
export function readTitleFacts(folder: string): Promise<TitleFacts> {
  const path = join(folder, TITLES_FILE);
  return readModelFile(path, { format: FORMAT, schema: Names }, async (file, names) => {
    const stories = await file.read('stories', Uint32Array);
    const facts: TitleFacts = {
      items: stories.length,
      places: {
        stories,
        years: await file.read('years', Uint16Array),
        positions: await file.read('positions', Uint16Array),
      },
      prerequisites: await file.read('prerequisites', Int32Array),
      genres: await readCodes(file, 'genres'),
      studios: await readCodes(file, 'studios'),
      types: await readCodes(file, 'types'),
      sources: await readCodes(file, 'sources'),
      classes: await readCodes(file, 'classes'),
      yearShares: await file.read('yearShares', Float32Array),
      logListings: await file.read('logListings', Float32Array),
      meanScores: await file.read('meanScores', Float32Array),
      tv: await file.read('tv', Uint8Array),
      own: await file.read('own', Float32Array),
      width: names.length,
      ownPlaces: Uint16Array.from(names, featurePlace),
    };
    check(facts);
    return facts;
  });
}

async function readCodes(file: SafetensorsFile, kind: (typeof KINDS)[number]): Promise<Codes> {
  const shares = await file.read(`${kind}.shares`, Float32Array);
  return {
    indptr: await file.read(`${kind}.indptr`, Uint32Array),
    indices: await file.read(`${kind}.indices`, Uint16Array),
    size: shares.length,
    shares,
  };
}

/** @throws RangeError */
function check(facts: TitleFacts): void {
  const { items, places, own, width, yearShares } = facts;
  const columns = {
    years: places.years,
    positions: places.positions,
    prerequisites: facts.prerequisites,
    logListings: facts.logListings,
    meanScores: facts.meanScores,
    tv: facts.tv,
  };
  for (const [name, { length }] of Object.entries(columns))
    if (length !== items) throw new RangeError(`"${name}" is of ${length} titles, not ${items}`);
  if (own.length !== items * width) throw new RangeError(`"own" has ${own.length} numbers`);
  if (!own.every(Number.isFinite)) throw new RangeError('"own" is not finite');
  if (places.years.some((year) => year >= yearShares.length))
    throw new RangeError(`a year after ${yearShares.length - 1}`);
  if (places.stories.some((story) => story > items)) throw new RangeError('an impossible story');
  if (facts.prerequisites.some((item) => item < -1 || item >= items))
    throw new RangeError('an impossible prerequisite');
  for (const kind of KINDS) checkCodes(kind, facts[kind], items);
}

function checkCodes(kind: string, { indptr, indices, size, shares }: Codes, items: number): void {
  const rises = indptr.every((end, n) => n === 0 || end >= indptr[n - 1]);
  if (indptr.length !== items + 1 || indptr[items] !== indices.length || !rises)
    throw new RangeError(`"${kind}" is not of ${items} titles`);
  if (indices.some((code) => code >= size) || !shares.every((share) => share > 0))
    throw new RangeError(`"${kind}" has codes that it does not list`);
}
