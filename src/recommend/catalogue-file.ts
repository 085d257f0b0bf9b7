/** Reads the catalogue of a bundle a title at a time, so that a server that opens a bundle goes on answering. */
import { readFile } from 'node:fs/promises';
import type { Static } from 'typebox';
import type { Catalogue } from '../data/anime.ts';
import { AnimeSchema } from '../data/anime-schema.ts';
import { ArtefactError } from '../error.ts';
import { LateCheck } from '../late-check.ts';
import { TimeSlice } from '../time-slice.ts';

const AnimeCheck = new LateCheck(AnimeSchema);

/**
 * The file is a JSON array with a title per line.
 * @param remedy what to do when it is damaged
 * @throws ArtefactError that names the title
 */
export async function readCatalogue(path: string, remedy: string): Promise<Catalogue> {
  const catalogue: Static<typeof AnimeSchema>[] = [];
  const slice = new TimeSlice();
  for (const line of linesOf(await readFile(path, 'utf8'))) {
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

function checked(read: unknown, where: string, remedy: string): Static<typeof AnimeSchema> {
  // Bundles of earlier releases have no themes.
  const value: unknown = typeof read === 'object' && read !== null ? { themes: [], ...read } : read;
  if (AnimeCheck.Check(value)) return value;
  const [problem] = AnimeCheck.Errors(value);
  throw new ArtefactError(`${where}${problem.instancePath} ${problem.message}: ${remedy}`);
}

/** Without an array of all of them. */
function* linesOf(text: string): Generator<string> {
  let from = 0;
  for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
    yield text.slice(from, to);
    from = to + 1;
  }
  yield text.slice(from);
}
