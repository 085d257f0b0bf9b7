/**
 * Matches the rows of a list with the titles of a catalogue: by MyAnimeList's ids, and by names where there is no id or
 * the id contradicts them. Nothing is guessed: a name that several titles share is left to the person.
 */
import type { Anime } from '../../data/anime.ts';
import { lastYearOf } from '../../data/catalogue/last-year.ts';
import { nameKey } from '../../search/search-terms.ts';
import { TimeSlice } from '../../time-slice.ts';
import { type ImportedList, type ListRow, note } from '../list/imported-list.ts';
import { likeness } from './nearest.ts';
import {
  type ImportedEntry,
  merged,
  type NameSources,
  type PlacedList,
  statusOf,
} from './placed-list.ts';
import { type Found, TitleNames } from './title-names.ts';
import { UnknownRows } from './unknown-rows.ts';

/** What the names of a row say about its id. */
type Opinion = 'agree' | 'contradict' | 'silent';

interface Judged {
  readonly row: ListRow;
  /** the title with the row's id */
  readonly byId: Anime | null;
  readonly byName: Found;
  readonly opinion: Opinion;
}

/**
 * The list with every row an entry or among the unknown titles. The event loop runs meanwhile.
 * @throws the signal's reason when it has aborted
 */
export async function placeRows(
  list: ImportedList,
  sources: NameSources,
  signal?: AbortSignal,
): Promise<PlacedList> {
  return new Placing(list, sources, signal).place();
}

/** By catalogue: made when a list first needs it. */
const namesOf = new WeakMap<object, Promise<TitleNames>>();

function titleNames({ catalogue, search }: NameSources): Promise<TitleNames> {
  const known = namesOf.get(catalogue);
  if (known) return known;
  const made = search().then((found) => TitleNames.of(catalogue, (name) => found.called(name)));
  namesOf.set(catalogue, made);
  made.catch(() => namesOf.delete(catalogue));
  return made;
}

/** Names that are alike enough to be of one title, in another spelling or language. */
const RELATED = 0.5;

class Placing {
  readonly #slice = new TimeSlice();
  readonly #entries = new Map<number, ImportedEntry>();
  #names: TitleNames | null = null;
  #agree = 0;
  #contradict = 0;
  #duplicates = 0;
  #notBelieved = 0;

  constructor(
    private readonly list: ImportedList,
    private readonly sources: NameSources,
    private readonly signal?: AbortSignal,
  ) {}

  async place(): Promise<PlacedList> {
    const { rows, ...facts } = this.list;
    const judged: Judged[] = [];
    for (const row of rows) {
      judged.push(await this.#judge(row));
      await this.#turn();
    }
    const lastYear = lastYearOf(this.sources.catalogue);
    const unknown = new UnknownRows(this.list, this.sources, lastYear);
    for (const each of judged) {
      const anime = this.#decide(each);
      if (anime) this.#enter(anime, each.row);
      else await unknown.add(each.row, each.byName, this.#names);
      await this.#turn();
    }
    return {
      ...facts,
      leftOut: unknown.leftOut(facts.leftOut),
      notes: [...facts.notes, ...this.#notes()],
      ...{ entries: [...this.#entries.values()], unknown: unknown.titles, lastYear },
    };
  }

  async #judge(row: ListRow): Promise<Judged> {
    const { animeId, names } = row;
    const { catalogue, items } = this.sources;
    const item = animeId === null ? -1 : items.indexOf(animeId);
    const byId = item < 0 ? null : catalogue[item];
    const isKnown = byId !== null && names.some((name) => hasName(byId, name));
    if (isKnown) this.#agree++;
    const isSite = this.list.source === 'anilist' || this.list.source === 'myanimelist';
    if (isKnown || names.length === 0 || (isSite && animeId !== null))
      return { row, byId, byName: 'unknown-name', opinion: isKnown ? 'agree' : 'silent' };
    this.#names ??= await titleNames(this.sources);
    const byName = this.#names.find(row);
    const opinion = animeId === null ? 'silent' : this.#opinionOf(row, byId, byName);
    if (opinion === 'agree') this.#agree++;
    if (opinion === 'contradict') this.#contradict++;
    return { row, byId, byName, opinion };
  }

  #opinionOf({ names }: ListRow, byId: Anime | null, byName: Found): Opinion {
    if (!isOne(byName)) return byId && isRelated(byId, names) ? 'agree' : 'silent';
    if (byName === byId) return 'agree';
    if (byId && (isSameStory(byId, byName) || isRelated(byId, names))) return 'agree';
    return names.some((name) => hasName(byName, name)) ? 'contradict' : 'silent';
  }

  /** The title of a row; null = it comes to none. */
  #decide({ row, byId, byName, opinion }: Judged): Anime | null {
    const named = isOne(byName) ? byName : null;
    if (row.animeId === null) return named;
    if (this.#isBelieved(row, opinion)) return byId;
    this.#notBelieved++;
    return named;
  }

  #isBelieved({ isSure, names }: ListRow, opinion: Opinion): boolean {
    if (opinion === 'agree') return true;
    if (opinion === 'contradict') return false;
    if (this.#contradict > this.#agree) return false;
    if (isSure) return true;
    // A column "id" of which nothing is known, beside titles that are not.
    return names.length === 0 || (this.#agree > 0 && this.#contradict === 0);
  }

  #enter(anime: Anime, row: ListRow): void {
    const { rating } = row;
    const { animeId } = anime;
    const status = statusOf(row, anime);
    const entry = rating === undefined ? { animeId, status } : { animeId, rating, status };
    const earlier = this.#entries.get(animeId);
    if (earlier) this.#duplicates++;
    this.#entries.set(animeId, earlier ? merged(earlier, entry) : entry);
  }

  #notes() {
    return [
      ...(this.#notBelieved > 0 ? [note('ids-not-believed', { count: this.#notBelieved })] : []),
      ...(this.#duplicates > 0 ? [note('duplicates', { count: this.#duplicates })] : []),
    ];
  }

  async #turn(): Promise<void> {
    if (this.#slice.over) await this.#slice.next();
    this.signal?.throwIfAborted();
  }
}

function isOne(found: Found): found is Anime {
  return typeof found === 'object' && 'animeId' in found;
}

function hasName({ title, titleEnglish, titleJapanese }: Anime, name: string): boolean {
  const key = nameKey(name);
  return (
    key !== '' && [title, titleEnglish, titleJapanese].some((own) => own && nameKey(own) === key)
  );
}

function isSameStory(a: Anime, b: Anime): boolean {
  return a.franchise !== null && a.franchise.franchiseId === b.franchise?.franchiseId;
}

function isRelated(anime: Anime, names: readonly string[]): boolean {
  const own = [anime.title, anime.titleEnglish, anime.titleJapanese, ...anime.synonyms];
  return names.some((name) => own.some((other) => other && areRelated(name, other)));
}

function areRelated(a: string, b: string): boolean {
  const [one, other] = [nameKey(a), nameKey(b)];
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return (short.length >= 4 && long.includes(short)) || likeness(a, b) >= RELATED;
}
