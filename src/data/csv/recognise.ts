/** The first line of a file → its layout. All of the header decides: one column of another name changes little. */
import { UnusableFileError } from '../../error.ts';
import { firstLetters } from '../../first-letters.ts';
import { CATALOGUE_LAYOUTS, RELATED_LAYOUT, SYNOPSIS_LAYOUT } from '../layout/catalogue-layouts.ts';
import {
  columnName,
  type Header,
  isIndexColumn,
  type Layout,
  type Recognised,
} from '../layout/layout.ts';
import { RATING_LAYOUTS } from '../layout/rating-layouts.ts';
import { splitLine } from './csv.ts';

export type Role = 'catalogue' | 'ratings' | 'synopses' | 'relations';

const LAYOUTS: Record<Role, readonly Layout[]> = {
  catalogue: CATALOGUE_LAYOUTS,
  ratings: RATING_LAYOUTS,
  synopses: [SYNOPSIS_LAYOUT],
  relations: [RELATED_LAYOUT],
};
const SEPARATORS = [',', '\t', ';', '|'];

/** So many columns of a layout make a file one of it, where the file has others too. */
const ENOUGH_COLUMNS = 4;

interface Match {
  readonly role: Role;
  readonly recognised: Recognised;
  /** columns of the layout that the file has; one under another name counts half */
  readonly matched: number;
  readonly share: number;
  readonly missing: readonly string[];
  readonly isEnough: boolean;
}

/** What a file is by its first line; null = nothing that is known. */
export function recognise(line: string): { role: Role; recognised: Recognised } | null {
  const match = matchesOf(line).find(({ isEnough }) => isEnough);
  return match ? { role: match.role, recognised: match.recognised } : null;
}

/**
 * The layout of a file whose role is known.
 * @throws UnusableFileError that names the columns found, the nearest layout and what is missing
 */
export function requireLayout(file: string, line: string, role: Role): Recognised {
  const matches = matchesOf(line);
  const foreign = FOREIGN.find(({ column }) => matches[0].recognised.header.names.includes(column));
  if (foreign) throw new UnusableFileError(`${file} is of ${foreign.name}: ${foreign.why}`);
  const best = matches.find(({ isEnough }) => isEnough);
  if (best?.role === role) return unrepeated(file, best.recognised);
  if (best)
    throw new UnusableFileError(
      `${file} has the columns of ${best.recognised.layout.name}, expected ${ROLE_NAMES[role]}: check that the files have their own names`,
    );
  throw unknownHeader(file, matches.find((match) => match.role === role)!);
}

const ROLE_NAMES: Record<Role, string> = {
  catalogue: 'a catalogue of titles',
  ratings: 'ratings of people',
  synopses: 'synopses of titles',
  relations: 'relations between titles',
};

/** Data sets that are known and cannot be read, by a column that nothing else has. */
const FOREIGN = [
  {
    column: 'anime_planetid',
    name: 'the Anime-Planet data set',
    why: "its titles have Anime-Planet's own ids and its scores are half stars. Osusume reads data sets of MyAnimeList (docs/formats.md)",
  },
];

/** Best first. A file with more columns of a layout is more like it; then the layout of which more is there. */
function matchesOf(line: string): Match[] {
  const headers = SEPARATORS.map((separator) => headerOf(line, separator));
  const matches = (Object.entries(LAYOUTS) as [Role, readonly Layout[]][]).flatMap(
    ([role, layouts]) =>
      layouts.flatMap((layout) => headers.map((header) => matchOf(role, layout, header))),
  );
  const columns = ({ recognised }: Match) => recognised.header.names.length;
  return matches.sort(
    (a, b) => b.matched - a.matched || b.share - a.share || columns(b) - columns(a),
  );
}

export function headerOf(text: string, separator: string): Header {
  const line = text.replace(/^\uFEFF/, '').replace(/\r$/, '');
  return { separator, names: (splitLine(line, separator) ?? [line]).map(columnName), text: line };
}

function matchOf(role: Role, layout: Layout, header: Header): Match {
  const position: Partial<Record<string, number>> = {};
  const published = new Set(layout.header.split(',').map(columnName));
  const taken = new Set<string>();
  for (const [field, columns] of Object.entries(layout.fields)) {
    const names = columns!.map(columnName).filter((name) => header.names.includes(name));
    if (names.length === 0) continue;
    position[field] = header.names.indexOf(names[0]);
    for (const name of names) taken.add(name);
  }
  for (const name of published) if (header.names.includes(name)) taken.add(name);
  const lacking = layout.required.filter((field) => position[field] === undefined);
  const missing = lacking.map((field) => layout.fields[field]![0]);
  const exact = [...taken].filter((name) => published.has(name)).length;
  const matched = exact + 0.5 * (taken.size - exact);
  const named = header.names.filter((name) => !isIndexColumn(name));
  const isMost =
    taken.size >= Math.min(ENOUGH_COLUMNS, published.size) || taken.size >= named.length;
  return {
    ...{ role, missing, matched },
    recognised: { layout, header, position },
    share: matched / published.size,
    isEnough: lacking.length === 0 && isMost,
  };
}

/** A column that stands twice could be either. */
function unrepeated(file: string, recognised: Recognised): Recognised {
  const { names } = recognised.header;
  for (const at of Object.values(recognised.position)) {
    if (names.indexOf(names[at!]) === names.lastIndexOf(names[at!])) continue;
    throw new UnusableFileError(
      `${file} has the column "${names[at!]}" twice: leave the one that is meant, and ingest again`,
    );
  }
  return recognised;
}

function unknownHeader(file: string, { recognised, missing, matched }: Match): UnusableFileError {
  const { layout, header } = recognised;
  const columns = header.names.length > 1 ? `the columns ${header.names.join(', ')}` : header.text;
  const lacks = missing.length > 0 ? missing : withoutColumns(layout, header).slice(0, 8);
  const nearest =
    matched > 0
      ? `The nearest layout is "${layout.name}", of which ${lacks.join(', ')} ${lacks.length > 1 ? 'are' : 'is'} missing`
      : `None of them is in a known layout, such as "${layout.name}": ${layout.header}`;
  return new UnusableFileError(
    `${file} begins with ${firstLetters(columns, 300)}, which is no layout that Osusume knows. ${nearest}. ` +
      'Check that it is the file of the data set, with its first line; docs/formats.md lists the layouts',
  );
}

function withoutColumns(layout: Layout, { names }: Header): string[] {
  return layout.header.split(',').filter((name) => !names.includes(columnName(name)));
}
