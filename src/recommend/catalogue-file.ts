/** Reads the catalogue of a bundle a title at a time, so that a server that opens a bundle goes on answering. */
import { createReadStream } from 'node:fs';
import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Catalogue } from '../data/anime.ts';
import { AnimeSchema } from '../data/anime-schema.ts';
import { ArtefactError } from '../error.ts';
import { TimeSlice } from '../time-slice.ts';

/** bytes read at a time */
const CHUNK = 1 << 18;
const AnimeCheck = Compile(AnimeSchema);

/**
 * The file is a JSON array with a title per line.
 * @param remedy what to do when it is damaged
 * @throws ArtefactError that names the title
 */
export async function readCatalogue(path: string, remedy: string): Promise<Catalogue> {
  const catalogue: Static<typeof AnimeSchema>[] = [];
  const slice = new TimeSlice();
  for await (const line of linesOf(path)) {
    const text = line.trim().replace(/,$/, '');
    if (text === '' || text === '[' || text === ']') continue;
    const where = `${path}: /${catalogue.length}`;
    const value = parsed(text, where, remedy);
    // Another program may have written the whole array in one line.
    for (const title of Array.isArray(value) ? value : [value])
      catalogue.push(checked(title, `${path}: /${catalogue.length}`, remedy));
    if (slice.over) await slice.next();
  }
  return catalogue;
}

function parsed(text: string, where: string, remedy: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ArtefactError(`${where} is not valid JSON: ${(error as Error).message}: ${remedy}`);
  }
}

function checked(value: unknown, where: string, remedy: string): Static<typeof AnimeSchema> {
  if (AnimeCheck.Check(value)) return value;
  const [problem] = AnimeCheck.Errors(value);
  throw new ArtefactError(`${where}${problem.instancePath} ${problem.message}: ${remedy}`);
}

async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: CHUNK })) {
    const lines = (rest + (chunk as string)).split('\n');
    rest = lines.pop() as string;
    yield* lines;
  }
  yield rest;
}
