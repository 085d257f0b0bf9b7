/** The sample's titles as anime.csv and anime_with_synopsis.csv of the 2020 data set; unknown values are `Unknown`. */
import type { SampleTitle } from './titles.ts';

const COLUMNS = [
  ...[
    'MAL_ID',
    'Name',
    'Score',
    'Genres',
    'English name',
    'Japanese name',
    'Type',
    'Episodes',
    'Aired',
    'Premiered',
  ],
  ...[
    'Producers',
    'Licensors',
    'Studios',
    'Source',
    'Duration',
    'Rating',
    'Ranked',
    'Popularity',
    'Members',
    'Favorites',
  ],
  ...['Watching', 'Completed', 'On-Hold', 'Dropped', 'Plan to Watch'],
  ...Array.from({ length: 10 }, (_, i) => `Score-${10 - i}`),
];

/** The data set's spelling. */
const SYNOPSIS_COLUMNS = ['MAL_ID', 'Name', 'Score', 'Genres', 'sypnopsis'];

const RATING_CLASS: Record<SampleTitle['ratingClass'], string> = {
  G: 'G - All Ages',
  PG: 'PG - Children',
  'PG-13': 'PG-13 - Teens 13 or older',
  R: 'R - 17+ (violence & profanity)',
  'R+': 'R+ - Mild Nudity',
  Rx: 'Rx - Hentai',
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const WATCHING_STATUS_CSV =
  'status, description\n1,Currently Watching\n2,Completed\n3,On Hold\n4,Dropped\n6,Plan to Watch\n';

/** @param titles most listed first */
export function animeCsv(titles: readonly SampleTitle[]): string {
  const rankOf = new Map(
    [...titles].sort((a, b) => b.score - a.score).map((title, rank) => [title, rank + 1]),
  );
  const lines = titles.map((title, popularity) => {
    const known: Record<string, string | number | undefined> = {
      MAL_ID: title.id,
      Name: title.title,
      Score: title.score,
      Genres: title.genres.join(', '),
      'English name': title.english,
      'Japanese name': title.japanese,
      Type: title.type,
      Episodes: title.episodes,
      Aired: aired(title),
      Premiered: premiered(title),
      Studios: title.studios.join(', '),
      Source: title.source,
      Duration: duration(title),
      Rating: RATING_CLASS[title.ratingClass],
      Ranked: rankOf.get(title),
      Popularity: popularity + 1,
      Members: title.members,
    };
    return COLUMNS.map((column) => field(known[column] || 'Unknown'));
  });
  return csv([COLUMNS, ...lines]);
}

/** Adult titles have no row, as in the data set. */
export function synopsisCsv(titles: readonly SampleTitle[]): string {
  const lines = titles
    .filter((title) => title.ratingClass !== 'Rx')
    .map(({ id, title, score, genres, synopsis }) =>
      [id, title, score, genres.join(', '), synopsis].map(field),
    );
  return csv([SYNOPSIS_COLUMNS, ...lines]);
}

/** `Apr, 1998 to Apr, 1999`; one month when it ran once, `to ?` while it runs. */
function aired({ airedFrom, airedTo, episodes }: SampleTitle): string {
  if (airedTo) return `${monthOf(airedFrom)} to ${monthOf(airedTo)}`;
  return episodes === undefined ? `${monthOf(airedFrom)} to ?` : monthOf(airedFrom);
}

/** December belongs to the winter of the next year. */
function premiered({ season, year, airedFrom }: SampleTitle): string | undefined {
  if (!season) return undefined;
  const late = season === 'winter' && airedFrom.endsWith('-12');
  return `${season[0].toUpperCase()}${season.slice(1)} ${late ? year + 1 : year}`;
}

function monthOf(date: string): string {
  const [year, month] = date.split('-');
  return month ? `${MONTHS[Number(month) - 1]}, ${year}` : year;
}

function duration({ minutes, episodes }: SampleTitle): string {
  const hours = Math.floor(minutes / 60);
  const time = [hours > 0 && `${hours} hr.`, minutes % 60 > 0 && `${minutes % 60} min.`]
    .filter(Boolean)
    .join(' ');
  return episodes === 1 ? time : `${time} per ep.`;
}

function field(value: string | number): string {
  const written = String(value);
  return /[",\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
}

function csv(lines: readonly (readonly string[])[]): string {
  return `${lines.map((line) => line.join(',')).join('\n')}\n`;
}
