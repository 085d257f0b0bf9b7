/** The elements of MyAnimeList's export → a list. */
import { SaxesParser } from 'saxes';
import { firstLetters } from '../first-letters.ts';
import {
  ImportError,
  type ImportedEntry,
  type ImportedList,
  type ImportFault,
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
/**
 * Letters without the end of anything: of a name, an attribute, a comment, a text. The parser keeps such a piece whole,
 * and has no limit of its own. A person's notes are shorter.
 */
const LONGEST_PIECE = 1 << 16;
/** Attributes of an element: an export has none. */
const MOST_ATTRIBUTES = 100;
/** Tags, texts, comments and the like: an export has about 75 an entry. */
const MOST_PARTS = 100 * MOST_ENTRIES;
const EXPORT_PAGE = 'https://myanimelist.net/panel.php?go=export';

type Entry = Omit<ImportedEntry, 'rating' | 'animeId'> & {
  readonly animeId: number | null;
  readonly score: number | undefined;
};

export class MalXmlReader {
  readonly #name: string;
  readonly #mostParts: number;
  readonly #parser = new SaxesParser({ xmlns: false, position: true });
  readonly #entries: Entry[] = [];
  #owner: string | null = null;
  #depth = 0;
  /** children of the present child of the root, by tag */
  #fields = new Map<string, string>();
  #text = '';
  #parts = 0;
  /** of the present element */
  #attributes = 0;
  /** letters since the last end of anything */
  #unended = 0;

  /**
   * @param name of the file, for messages
   * @param mostParts tags, texts, comments and the like
   */
  constructor(name: string, mostParts = MOST_PARTS) {
    this.#name = name;
    this.#mostParts = mostParts;
    const parser = this.#parser;
    parser.on('error', (error) => this.#refuse(`is not well-formed XML (${place(error)})`));
    parser.on('doctype', () => this.#refuse('has a DOCTYPE, which an export never has'));
    parser.on('opentagstart', () => {
      this.#attributes = 0;
    });
    parser.on('attribute', () => this.#countAttribute());
    parser.on('opentag', (tag) => this.#open(tag.name));
    parser.on('closetag', (tag) => this.#close(tag.name));
    parser.on('text', (text) => this.#add(text));
    parser.on('cdata', (text) => this.#add(text));
    parser.on('comment', () => this.#countPart());
    parser.on('processinginstruction', () => this.#countPart());
  }

  /** @throws ImportError */
  write(text: string): void {
    for (let at = 0; at < text.length; at += LONGEST_PIECE) {
      const part = text.slice(at, at + LONGEST_PIECE);
      this.#unended += part.length;
      this.#parser.write(part);
      if (this.#unended > LONGEST_PIECE)
        this.#tooMuch(`has a text, a tag or a comment of more than ${LONGEST_PIECE} letters`);
    }
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

  #countPart(): void {
    this.#unended = 0;
    if (++this.#parts > this.#mostParts)
      this.#tooMuch(`has more than ${this.#mostParts} tags, texts and comments`);
  }

  #countAttribute(): void {
    this.#unended = 0;
    if (++this.#attributes > MOST_ATTRIBUTES)
      this.#tooMuch(`has an element with more than ${MOST_ATTRIBUTES} attributes`);
  }

  #open(tag: string): void {
    this.#countPart();
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
    this.#countPart();
    if (this.#depth !== DEEPEST) return;
    this.#text += text;
    if (this.#text.length > LONGEST_PIECE)
      this.#tooMuch(`has a value of more than ${LONGEST_PIECE} letters`);
  }

  #close(tag: string): void {
    if (this.#depth === DEEPEST) this.#fields.set(tag, this.#text.trim());
    if (this.#depth === 2 && tag === 'anime') this.#take();
    if (this.#depth === 2 && tag === 'myinfo')
      this.#owner = firstLetters(plainTitle(this.#fields.get('user_name') ?? ''), 40) || null;
    this.#depth--;
    this.#unended = 0;
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

  #refuse(what: string, fault: ImportFault = 'unreadable'): never {
    throw new ImportError(
      fault,
      `${this.#name} ${what}. Choose the file that ${EXPORT_PAGE} makes`,
    );
  }

  #tooMuch(what: string): never {
    this.#refuse(what, 'too-large');
  }
}

/** "3:17: unclosed tag" */
function place(error: Error): string {
  return firstLetters(plainTitle(error.message), 80).replace(/\.$/, '');
}
