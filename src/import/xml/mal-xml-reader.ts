/** The elements of MyAnimeList's export → a list. */
import { decodeHTML } from 'entities';
import { Parser } from 'htmlparser2';
import { firstLetters } from '../../first-letters.ts';
import { ImportError, type ImportFault } from '../list/import-error.ts';
import {
  type ImportedList,
  MOST_ENTRIES,
  type Note,
  note,
  plainTitle,
  shownCell,
} from '../list/imported-list.ts';
import { ListBuilder, type ListOptions } from '../list/list-builder.ts';
import { typeFrom } from '../list/type-words.ts';
import { watchedIn } from '../table/table-list.ts';

const ROOT = 'myanimelist';
const RECORDS = new Set(['anime', 'manga', 'myinfo']);
/** Fields of a record; anything else inside is HTML in a comment. */
const FIELD = /^(?:series|my|manga|user|update|anime)_/;
/** Elements inside elements: comments may have HTML. */
const DEEPEST = 100;
/** Letters that are parsed at once. */
const PIECE = 1 << 16;
/**
 * Letters without the end of anything: of a name, an attribute, a comment. The parser keeps such a piece whole, and has
 * no limit of its own.
 */
const LONGEST_PIECE = 1 << 20;
/** Letters of a value that are kept: only comments are longer. */
const LONGEST_VALUE = 2000;
/** Attributes of an element: an export has none. */
const MOST_ATTRIBUTES = 100;
/** Tags, texts, comments and the like: an export has about 75 an entry. */
const MOST_PARTS = 150 * MOST_ENTRIES;
const EXPORT_PAGE = 'https://myanimelist.net/panel.php?go=export';

export class MalXmlReader {
  readonly #options: ListOptions;
  readonly #mostParts: number;
  readonly #builder: ListBuilder;
  readonly #parser: Parser;
  #owner: string | null = null;
  #hasRoot = false;
  #isClosed = false;
  /** the present child of the root; null = none */
  #record: string | null = null;
  /** of the record, by name */
  #fields = new Map<string, string>();
  #field: string | null = null;
  #text = '';
  #depth = 0;
  #parts = 0;
  /** of the present element */
  #attributes = 0;
  /** letters since the last end of anything */
  #unended = 0;
  #number = 0;

  /** @param mostParts tags, texts, comments and the like */
  constructor(options: ListOptions, mostParts = MOST_PARTS) {
    this.#options = options;
    this.#mostParts = mostParts;
    this.#builder = new ListBuilder(options);
    this.#parser = new Parser(
      {
        onopentagname: (tag) => this.#open(tag),
        onattribute: () => this.#countAttribute(),
        onopentag: () => this.#ended(),
        onclosetag: (tag, isImplied) => this.#close(tag, isImplied),
        ontext: (text) => this.#add(text),
        oncomment: () => this.#countPart(),
        oncdatastart: () => this.#countPart(),
        onprocessinginstruction: (name) => this.#instruct(name),
      },
      { recognizeCDATA: true, recognizeSelfClosing: true, decodeEntities: true },
    );
  }

  /** @throws ImportError */
  write(text: string): void {
    for (let at = 0; at < text.length; at += PIECE) {
      const part = text.slice(at, at + PIECE).replace(CONTROLS, '');
      this.#unended += part.length;
      this.#parser.write(part);
      if (this.#unended > LONGEST_PIECE)
        this.#tooMuch(`has a tag or a comment of more than ${LONGEST_PIECE} letters`);
    }
  }

  /** @throws ImportError when there is no list in it */
  close(notes: readonly Note[] = []): ImportedList {
    this.#parser.end();
    if (!this.#hasRoot) this.#refuse('has no list in it');
    const all = this.#isClosed ? notes : [...notes, note('cut-off')];
    const about = { source: 'mal-xml' as const, format: null, owner: this.#owner };
    const list = this.#builder.list(about, null, all, false);
    if (list.rows.length === 0 && list.leftOut.manga > 0)
      this.#refuse('is a manga list. Export the anime list instead');
    return list;
  }

  #ended(): void {
    this.#unended = 0;
  }

  #countPart(): void {
    this.#ended();
    if (++this.#parts > this.#mostParts)
      this.#tooMuch(`has more than ${this.#mostParts} tags, texts and comments`);
  }

  #countAttribute(): void {
    this.#ended();
    if (++this.#attributes > MOST_ATTRIBUTES)
      this.#tooMuch(`has an element with more than ${MOST_ATTRIBUTES} attributes`);
  }

  #instruct(name: string): void {
    this.#countPart();
    if (/^!doctype/i.test(name)) this.#refuse('has a DOCTYPE, which an export never has');
  }

  #open(tag: string): void {
    this.#countPart();
    this.#attributes = 0;
    if (++this.#depth > DEEPEST)
      this.#refuse(`has more than ${DEEPEST} elements inside elements`, 'too-large');
    if (!this.#hasRoot) {
      if (tag !== ROOT && !RECORDS.has(tag))
        this.#refuse(`is not a MyAnimeList export: it begins with <${shownCell(tag)}>`);
      this.#hasRoot = true;
    }
    if (RECORDS.has(tag)) this.#begin(tag);
    else if (this.#record !== null && FIELD.test(tag)) this.#beginField(tag);
    else if (this.#field !== null) this.#text += ' ';
  }

  #begin(record: string): void {
    if (this.#record !== null) this.#take();
    this.#record = record;
    this.#fields = new Map();
    this.#field = null;
  }

  #beginField(field: string): void {
    this.#endField();
    this.#field = field;
    this.#text = '';
  }

  #endField(): void {
    if (this.#field !== null) this.#fields.set(this.#field, this.#text.trim());
    this.#field = null;
  }

  #add(text: string): void {
    this.#countPart();
    if (this.#field === null || this.#text.length > LONGEST_VALUE) return;
    this.#text += firstLetters(text, LONGEST_VALUE);
  }

  /** @param isImplied no end tag was there: something around the element has ended, or the file */
  #close(tag: string, isImplied: boolean): void {
    this.#ended();
    this.#depth--;
    if (tag === this.#field) this.#endField();
    if (tag === this.#record) {
      // Half a record has perhaps lost its score.
      if (!isImplied) this.#take();
      this.#record = null;
    }
    if (tag === ROOT && !isImplied) this.#isClosed = true;
  }

  #take(): void {
    this.#endField();
    const field = (name: string) => this.#fields.get(name) ?? '';
    if (this.#record === 'myinfo')
      this.#owner = firstLetters(plainTitle(field('user_name')), 40) || null;
    else if (this.#record === 'manga') this.#builder.leaveOut('manga');
    else if (this.#record === 'anime') this.#takeAnime(field);
  }

  #takeAnime(field: (name: string) => string): void {
    // Some programs write entities into CDATA, where they are letters.
    const title = plainTitle(decodeHTML(field('series_title')));
    const id = field('series_animedb_id');
    const line = ++this.#number;
    const animeId = /^[1-9]\d{0,9}$/.test(id) ? Number(id) : null;
    if (animeId === null && title === '') this.#builder.unread('id', id, line);
    this.#builder.add({
      animeId,
      isSure: true,
      names: title === '' ? [] : [title],
      score: field('my_score'),
      status: /^(?:1|true|yes)$/i.test(field('my_rewatching')) ? 'completed' : field('my_status'),
      watched: watchedIn(field('my_watched_episodes')),
      year: null,
      type: typeFrom(field('series_type')),
      line,
    });
  }

  #refuse(what: string, fault: ImportFault = 'unreadable'): never {
    throw new ImportError(
      fault,
      `${this.#options.name} ${what}. Choose the file that ${EXPORT_PAGE} makes`,
    );
  }

  #tooMuch(what: string): never {
    this.#refuse(what, 'too-large');
  }
}

/** XML allows no control characters but tabs and line ends, and some programs write them nevertheless. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;
