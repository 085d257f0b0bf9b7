/** The elements of MyAnimeList's export → a list. */
import { SaxesParser } from 'saxes';
import { firstLetters } from '../first-letters.ts';
import {
  ImportError,
  type ImportedEntry,
  type ImportedList,
  MOST_ENTRIES,
  plainTitle,
  tooManyEntries,
  type UnknownTitle,
} from './imported-list.ts';
import { onTen, scaleOf, scoreFrom } from './scale.ts';
import { likelyStatus, statusFrom } from './status-words.ts';

const ROOT = 'myanimelist';
/** myanimelist > anime > my_score */
const DEEPEST = 3;
const EXPORT_PAGE = 'https://myanimelist.net/panel.php?go=export';

type Entry = Omit<ImportedEntry, 'rating' | 'animeId'> & {
  readonly animeId: number | null;
  readonly score: number | undefined;
};

export class MalXmlReader {
  readonly #name: string;
  readonly #parser = new SaxesParser({ xmlns: false, position: true });
  readonly #entries: Entry[] = [];
  #owner: string | null = null;
  #depth = 0;
  /** children of the present child of the root, by tag */
  #fields = new Map<string, string>();
  #text = '';

  /** @param name of the file, for messages */
  constructor(name: string) {
    this.#name = name;
    const parser = this.#parser;
    parser.on('error', (error) => this.#refuse(`is not well-formed XML (${place(error)})`));
    parser.on('doctype', () => this.#refuse('has a DOCTYPE, which an export never has'));
    parser.on('opentag', (tag) => this.#open(tag.name));
    parser.on('closetag', (tag) => this.#close(tag.name));
    parser.on('text', (text) => this.#add(text));
    parser.on('cdata', (text) => this.#add(text));
  }

  /** @throws ImportError */
  write(text: string): void {
    this.#parser.write(text);
  }

  /** @throws ImportError when the document is not complete */
  close(): ImportedList {
    this.#parser.close();
    const scores = this.#entries.flatMap(({ score }) => (score === undefined ? [] : [score]));
    const scale = scaleOf(scores);
    if (scale === null) this.#refuse('has scores that are neither 1–10 nor 1–100');
    const entries: ImportedEntry[] = [];
    const unknown: UnknownTitle[] = [];
    for (const { animeId, score, ...entry } of this.#entries) {
      const rating = score === undefined ? undefined : onTen(score, scale);
      if (animeId !== null) entries.push({ ...entry, animeId, rating });
      else unknown.push({ title: entry.title ?? '', animeId, reason: 'no-id' });
    }
    return { source: 'mal-xml', owner: this.#owner, entries, unknown, scale };
  }

  #open(tag: string): void {
    this.#depth++;
    this.#text = '';
    if (this.#depth === 1 && tag !== ROOT)
      this.#refuse(
        `is not a MyAnimeList export: it begins with <${firstLetters(plainTitle(tag), 40)}>`,
      );
    if (this.#depth === 2) this.#fields = new Map();
    if (this.#depth === 2 && tag === 'manga')
      this.#refuse('is a manga list. Export the anime list instead');
    if (this.#depth > DEEPEST) this.#refuse('has elements inside elements where a value belongs');
  }

  #add(text: string): void {
    if (this.#depth === DEEPEST) this.#text += text;
  }

  #close(tag: string): void {
    if (this.#depth === DEEPEST) this.#fields.set(tag, this.#text.trim());
    if (this.#depth === 2 && tag === 'anime') this.#take();
    if (this.#depth === 2 && tag === 'myinfo')
      this.#owner = firstLetters(plainTitle(this.#fields.get('user_name') ?? ''), 40) || null;
    this.#depth--;
  }

  #take(): void {
    if (this.#entries.length === MOST_ENTRIES) throw tooManyEntries(this.#name);
    const fields = this.#fields;
    const title = plainTitle(fields.get('series_title') ?? '') || null;
    const id = fields.get('series_animedb_id') ?? '';
    const score = scoreFrom(fields.get('my_score'));
    if (score !== undefined && !(score > 0 && score <= 100))
      this.#refuse(`gives "${title ?? id}" a score that is not a number from 1 to 10`);
    const started = (scoreFrom(fields.get('my_watched_episodes')) ?? 0) > 0;
    const status =
      statusFrom(fields.get('my_status') ?? '') ?? likelyStatus(score !== undefined, started);
    this.#entries.push({
      animeId: /^[1-9]\d{0,9}$/.test(id) ? Number(id) : null,
      title,
      score,
      status,
    });
  }

  #refuse(what: string): never {
    throw new ImportError(
      'unreadable',
      `${this.#name} ${what}. Choose the file that ${EXPORT_PAGE} makes`,
    );
  }
}

/** "3:17: unclosed tag" */
function place(error: Error): string {
  return firstLetters(plainTitle(error.message), 80).replace(/\.$/, '');
}
