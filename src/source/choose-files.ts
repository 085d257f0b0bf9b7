/** Which of the files of a source are read, and as what: by their headers, and by their names where those say nothing. */

import { isOfflineDatabase } from '../data/catalogue/offline-database.ts';
import { utf16Of } from '../data/csv/encoding.ts';
import { type Role, recognise, requireLayout } from '../data/csv/recognise.ts';
import { CATALOGUE_LAYOUTS } from '../data/layout/catalogue-layouts.ts';
import { RATING_LAYOUTS } from '../data/layout/rating-layouts.ts';
import { OsusumeError, UsageError } from '../error.ts';
import type { DataFile } from './data-file.ts';
import { type NamedRole, nameRank, partOf, roleByName } from './known-files.ts';
import type { RatingsFile } from './ratings-file.ts';
import type { UnpackOptions } from './unpack-file.ts';

/** One file of the data set. `label` is the name that people know, e.g. "animelist.csv.gz". */
export interface SourceFile {
  readonly label: string;
  /** a plain file */
  readonly path: string;
}

export interface SourceFiles {
  /** null = the offline database is the catalogue */
  readonly catalogue: SourceFile | null;
  readonly synopses: SourceFile | null;
  readonly relations: SourceFile | null;
  /** an anime-offline-database */
  readonly offline: SourceFile | null;
  /** one file, or the parts of one in their order */
  readonly ratings: readonly RatingsFile[];
  /** whether the folder or archive of the ratings has the mark that they are of no real person */
  readonly synthetic: boolean;
}

/** A source lacks a required file. */
export class MissingFileError extends OsusumeError {}

interface Candidate {
  readonly file: DataFile;
  readonly role: NamedRole;
  /** whether the header says so; otherwise it is the name */
  readonly isCertain: boolean;
  /** of its layout, in order of preference */
  readonly layoutRank: number;
  readonly layoutId: string | null;
}

const RANKS = [...CATALOGUE_LAYOUTS, ...RATING_LAYOUTS].map(({ id }) => id as string);

/** @throws OsusumeError when a required file is missing, or two are as good */
export async function chooseFiles(
  source: string,
  files: readonly DataFile[],
  options: UnpackOptions,
): Promise<SourceFiles> {
  const unknown: { label: string; line: string }[] = [];
  const all = await candidatesOf(files, unknown);
  const offline = chosen(all, 'offline');
  const catalogue = chosen(all, 'catalogue');
  const ratings = ratingsFor(all, catalogue);
  if (!catalogue && !offline) throw missing(source, all, unknown, 'catalogue');
  if (!ratings) throw missing(source, all, unknown, 'ratings');
  const parts = partsOf(all, ratings, options);
  const synopses = chosen(all, 'synopses');
  const relations = chosen(all, 'relations');
  const used = [offline, catalogue, synopses, relations, ...parts];
  for (const { file, role } of all)
    if (role === 'ratings' && !used.some((other) => other?.file === file) && !isCopy(file, used))
      options.progress.note(
        `${file.label} has ratings too; those of ${ratings.file.label} are read, and not these`,
      );
  const unpack = async (candidate: Candidate | null) =>
    candidate && {
      label: candidate.file.label,
      path: await candidate.file.unpack(options),
    };
  return {
    catalogue: await unpack(catalogue),
    synopses: await unpack(synopses),
    relations: await unpack(relations),
    offline: await unpack(offline),
    ratings: await openAll(parts, options),
    synthetic: ratings.file.synthetic,
  };
}

async function openAll(
  parts: readonly Candidate[],
  options: UnpackOptions,
): Promise<RatingsFile[]> {
  const opened: RatingsFile[] = [];
  for (const { file } of parts) opened.push(await file.open(options));
  return opened;
}

/** @param unknown gets the files of which nothing is known, with their first lines */
async function candidatesOf(
  files: readonly DataFile[],
  unknown: { label: string; line: string }[],
): Promise<Candidate[]> {
  const names = files.map(({ plain }) => plain);
  const candidates: Candidate[] = [];
  for (const file of files) {
    const head = await file.head();
    const found = head && recogniseHead(file, head);
    if (found) {
      candidates.push({ file, ...found, isCertain: true });
      continue;
    }
    const role = roleByName(file.plain, names);
    const isData = file.format !== 'json' || (role === 'offline' && head === null);
    if (role && isData)
      candidates.push({ file, role, isCertain: false, layoutRank: 1000, layoutId: null });
    else if (file.format !== 'json')
      unknown.push({ label: file.label, line: head ? firstLine(head) : '' });
  }
  return candidates;
}

function recogniseHead(
  file: DataFile,
  head: Uint8Array,
): Pick<Candidate, 'role' | 'layoutRank' | 'layoutId'> | null {
  if (file.format === 'json')
    return isOfflineDatabase(decode(head))
      ? { role: 'offline', layoutRank: 0, layoutId: null }
      : null;
  const found = recognise(firstLine(head));
  if (!found) return null;
  const { id } = found.recognised.layout;
  return { role: found.role, layoutRank: RANKS.indexOf(id), layoutId: id };
}

function decode(head: Uint8Array): string {
  return new TextDecoder(utf16Of(head) ?? 'utf-8').decode(head);
}

function firstLine(head: Uint8Array): string {
  return decode(head).split('\n', 1)[0];
}

/** Those in the source itself before those one folder down; then by layout, by name, and plain before packed. */
function order(a: Candidate, b: Candidate): number {
  return (
    Number(b.isCertain) - Number(a.isCertain) ||
    Number(a.file.folder !== '') - Number(b.file.folder !== '') ||
    a.layoutRank - b.layoutRank ||
    rank(nameRank(a.file.plain)) - rank(nameRank(b.file.plain)) ||
    Number(a.file.label.includes(': ')) - Number(b.file.label.includes(': ')) ||
    Number(a.file.packing !== null) - Number(b.file.packing !== null) ||
    (a.file.label < b.file.label ? -1 : 1)
  );
}

function rank(value: number): number {
  return Math.min(value, 1000);
}

function chosen(all: readonly Candidate[], wanted: NamedRole): Candidate | null {
  return onlyFolder(all.filter(({ role }) => role === wanted).sort(order));
}

/** Titles of the 2025 data set have numbers of their own, which mean nothing elsewhere. */
function ratingsFor(all: readonly Candidate[], catalogue: Candidate | null): Candidate | null {
  const found = all.filter(({ role }) => role === 'ratings').sort(order);
  const isOwn = ({ layoutId }: Candidate) =>
    (layoutId === '2025') === (catalogue?.layoutId === '2025') || layoutId === null;
  const best = onlyFolder(found.filter(isOwn));
  if (best || found.length === 0) return best;
  throw new OsusumeError(
    `${found[0].file.label} and ${catalogue?.file.label ?? 'the catalogue'} number titles differently (one is of the 2025 data set, which has ids of its own): put the files of one data set into one folder`,
  );
}

/** The best one. @throws UsageError for data sets in folders side by side, where nothing says which one is meant */
function onlyFolder(sorted: readonly Candidate[]): Candidate | null {
  const [best = null] = sorted;
  if (!best?.isCertain || best.file.folder === '') return best;
  const other = sorted.find(({ isCertain, file }) => isCertain && file.folder !== best.file.folder);
  if (!other) return best;
  throw new UsageError(
    `There are several data sets (${best.file.label}, ${other.file.label}): give the folder of one as the source`,
  );
}

/** The same file packed in another way. */
function isCopy(file: DataFile, used: readonly (Candidate | null)[]): boolean {
  return used.some((other) => other?.file.plain === file.plain);
}

/** A file that is split is read as a whole, in the order of the numbers. */
function partsOf(
  all: readonly Candidate[],
  first: Candidate,
  { progress }: UnpackOptions,
): Candidate[] {
  const own = partOf(first.file.plain);
  if (!own) return [first];
  const numbered = new Map<number, Candidate>();
  for (const candidate of all.filter(({ role }) => role === 'ratings').sort(order)) {
    const part = partOf(candidate.file.plain);
    const isSame = candidate.layoutId === first.layoutId && part?.whole === own.whole;
    if (isSame && !numbered.has(part.part)) numbered.set(part.part, candidate);
  }
  const numbers = [...numbered.keys()].sort((a, b) => a - b);
  const gap = numbers.findIndex((number, at) => at > 0 && number !== numbers[at - 1] + 1);
  if (numbers[0] > 1 || gap >= 0)
    progress.note(
      `Parts of ${own.whole} are missing (there is none before part ${numbers[Math.max(0, gap)]}): the ${numbers.length} that are there are read without them`,
    );
  return numbers.map((number) => numbered.get(number)!);
}

const WANTED = {
  catalogue: 'anime.csv (nor another catalogue of a known layout)',
  ratings:
    'animelist.csv or rating.csv or rating_complete.csv (nor other ratings of a known layout)',
};

function missing(
  source: string,
  all: readonly Candidate[],
  unknown: readonly { label: string; line: string }[],
  role: 'catalogue' | 'ratings',
): OsusumeError {
  const known = all.map(({ file, layoutId }) => `${file.label} (${layoutId ?? 'by its name'})`);
  const found = [...known, ...unknown.map(({ label }) => label)].slice(0, 12).join(', ');
  const [first] = unknown;
  const nearest = first ? ` ${whyNot(first.label, first.line, role)}.` : '';
  return new MissingFileError(
    `${source} has no ${WANTED[role]} as .csv, .gz, .zip or .parquet; found: ${found || 'no such file at all'}.${nearest} ` +
      'Give a folder or archive with the files of one data set (docs/formats.md lists those that are understood); "osusume fetch" gets one',
  );
}

function whyNot(label: string, line: string, role: Role): string {
  try {
    requireLayout(label, line, role);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
