/** A synopsis of a catalogue, without MyAnimeList's notes that there is none. */
import { parseText } from './anime-fields.ts';

const NO_SYNOPSIS = /^No synopsis (information )?has been added|^No synopsis yet/i;

export function parseSynopsis(field: string | undefined): string | null {
  const synopsis = parseText(field);
  return synopsis && !NO_SYNOPSIS.test(synopsis) ? synopsis : null;
}
