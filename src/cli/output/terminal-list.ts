/** What was understood of a list, in the terminal. */
import pc from 'picocolors';
import type { LeftOut, Note } from '../../import/list/imported-list.ts';
import type { PlacedList, UnknownTitle } from '../../import/place/placed-list.ts';

/** Titles and cells that are named. */
const NAMED = 10;

/** For `--json`. */
export function listJson({ unknown, entries, ...about }: PlacedList) {
  return {
    ...about,
    matched: entries.length,
    unknown: unknown.map(({ nearest, ...title }) => ({
      ...title,
      nearest: nearest.map(({ animeId, title: name }) => ({ animeId, title: name })),
    })),
  };
}

export function describeList(list: PlacedList): string {
  const { entries, unknown, unread, unreadCount } = list;
  const format = list.format ? ` (${list.format})` : '';
  const scale = list.scale === 'none' ? 'no scores' : `scores on ${list.scale}`;
  const lines = [`Your list${format}: ${entries.length} titles, ${scale}`, ...leftOutLines(list)];
  for (const note of list.notes) lines.push(noteLine(note));
  for (const { line, what, value } of unread.slice(0, NAMED))
    lines.push(`Line ${line}: the ${what} "${value}" cannot be read`);
  if (unreadCount > NAMED) lines.push(`and ${unreadCount - NAMED} more cells`);
  for (const title of unknown.slice(0, NAMED)) lines.push(unknownLine(title, list.lastYear));
  if (unknown.length > NAMED) lines.push(`and ${unknown.length - NAMED} more that were not found`);
  return lines.map((line) => pc.dim(line)).join('\n');
}

const OTHERS: Readonly<Record<LeftOut, string>> = {
  manga: 'manga or books',
  'other-media': 'films, series and other things that are not anime here',
  episode: 'single episodes or seasons',
  deleted: 'titles that the site has deleted',
};

function leftOutLines({ leftOut }: PlacedList): string[] {
  return (Object.keys(OTHERS) as LeftOut[])
    .filter((what) => leftOut[what] > 0)
    .map((what) => `Left out: ${leftOut[what]} ${OTHERS[what]}`);
}

function noteLine({ what, count, detail }: Note): string {
  const sentences: Readonly<Record<Note['what'], string>> = {
    'mean-not-read': "The scores are everybody's means, not yours: they were not read",
    'ages-not-read': 'The column of ratings has age classes, no scores',
    converted: `Converted from ${detail}`,
    'broken-bytes': `${count} broken letters`,
    'cut-off': 'The end of the file is missing',
    'no-header': 'There is no header: what each column is was told from its content',
    'other-files': `Read from the zip: ${detail}; ${count} other files were not`,
    'anilist-ids': `${count} titles have only AniList's numbers; --anilist <name> finds them`,
    'ids-not-believed': `${count} ids contradict the titles beside them; the titles count`,
    duplicates: `${count} rows repeat a title`,
    'custom-lists': `${count} titles are only on lists of your own`,
    empty: 'The list is public, and empty',
  };
  return sentences[what];
}

function unknownLine(
  { title, line, reason, nearest, animeId }: UnknownTitle,
  lastYear: number | null,
): string {
  const where = line === undefined ? '' : ` (line ${line})`;
  const name = title || (animeId === null ? 'a row without a title' : `the id ${animeId}`);
  const end = lastYear === null ? '' : `, which ends in ${lastYear}`;
  const near = nearest.map((anime) => `${anime.title} [${anime.animeId}]`).join(', ');
  if (reason === 'newer') return `Newer than this catalogue${end}: ${name}${where}`;
  if (reason === 'ambiguous-name') return `Several titles are called ${name}${where}: ${near}`;
  const guess = near ? `. Perhaps: ${near} (add it with --like)` : '';
  return `Not in this catalogue${end}: ${name}${where}${guess}`;
}
