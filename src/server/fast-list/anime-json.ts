/** Lists of titles and recommendations as JSON bytes. A title's JSON is made once and copied into every list that has it. */
import type { Anime, Catalogue } from '../../data/anime.ts';
import { firstLetters } from '../../first-letters.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { JsonBytes } from './json-bytes.ts';
import { type ListColumns, ListWriter } from './list-writer.ts';

/** Letters of a synopsis in a list: two lines of a page. */
const SHORT = 200;

const cards = new WeakMap<Anime, Buffer>();

/** A title as it stands in a list: what a row of it shows. It is kept as long as the catalogue that it belongs to. */
export function cardJson(anime: Anime): Buffer {
  let json = cards.get(anime);
  if (!json) {
    json = Buffer.from(JSON.stringify(cardOf(anime)));
    cards.set(anime, json);
  }
  return json;
}

function cardOf(anime: Anime) {
  const { animeId, title, titleEnglish, titleJapanese, type, episodes, year, season } = anime;
  const { genres, studios, members, meanScore, adult, synopsis } = anime;
  return {
    animeId,
    title,
    titleEnglish,
    titleJapanese,
    type,
    episodes,
    year,
    season,
    genres,
    studios,
    members,
    meanScore,
    adult,
    synopsis: synopsis === null ? null : shortened(synopsis),
  };
}

/** The first words, on one line. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  if (line.length <= SHORT) return line;
  const space = line.lastIndexOf(' ', SHORT);
  return `${(space > 0 ? line.slice(0, space) : firstLetters(line, SHORT)).replace(/[\s,;:]+$/, '')} …`;
}

/** Answers are written in one go, so one writer serves them all. */
const out = new JsonBytes();

/** {"items":[…title, title…]}, and "next" of a list that comes in pages */
export function titlesJson(titles: readonly Anime[], next?: string | null): Buffer {
  out.start('{"items":[');
  titles.forEach((anime, at) => {
    out.raw(at > 0 ? ',' : '').bytes(cardJson(anime));
  });
  return endOfPage(next);
}

/** {"items":[{"anime":…,"score":…}],"next":…} */
export function scoredJson(
  titles: readonly { readonly anime: Anime; readonly score: number }[],
  next: string | null,
): Buffer {
  out.start('{"items":[');
  titles.forEach(({ anime, score }, at) => {
    out.raw(at > 0 ? ',{"anime":' : '{"anime":').bytes(cardJson(anime));
    out.raw(',"score":').decimal(score).raw('}');
  });
  return endOfPage(next);
}

function endOfPage(next: string | null | undefined): Buffer {
  if (next === undefined) return out.raw(']}').take();
  return out.raw('],"next":').raw(JSON.stringify(next)).raw('}').take();
}

const writers = new WeakMap<Catalogue, ListWriter>();

/**
 * {"items":[{"rank","anime","score","prior","because"}],"ignored":[…],"bundle":version}
 * @param room gives memory for so many bytes
 */
export function recommendationsJson(
  { catalogue, version }: Pick<Bundle, 'catalogue' | 'version'>,
  list: ListColumns,
  ignored: readonly number[],
  room: (bytes: number) => Buffer = Buffer.allocUnsafeSlow,
): Buffer {
  const items = writerFor(catalogue, list).write(list);
  const end = `],"ignored":${JSON.stringify(ignored)},"bundle":${JSON.stringify(version)}}`;
  const json = room(START.length + items.length + Buffer.byteLength(end));
  json.write(START, 'latin1');
  json.set(items, START.length);
  json.write(end, START.length + items.length);
  return json;
}

const START = '{"items":[';

/** What the list says of its titles has been placed. */
function writerFor(catalogue: Catalogue, { items, insteadOf, reasons }: ListColumns): ListWriter {
  let writer = writers.get(catalogue);
  if (!writer) {
    writer = new ListWriter(catalogue.length, START.length);
    writers.set(catalogue, writer);
  }
  for (let n = 0; n < items.length; n++) {
    place(writer, catalogue, items[n]);
    if (insteadOf[n] >= 0) place(writer, catalogue, insteadOf[n]);
  }
  for (const item of reasons.items) place(writer, catalogue, item);
  return writer;
}

function place(writer: ListWriter, catalogue: Catalogue, item: number): void {
  if (writer.has(item)) return;
  const { animeId, title } = catalogue[item];
  const name = `{"animeId":${animeId},"title":${JSON.stringify(title)}`;
  const { buffer, byteOffset, length } = writer.place(
    item,
    cardJson(catalogue[item]),
    Buffer.from(name),
  );
  // From now on there is one of it, whoever wants it.
  cards.set(catalogue[item], Buffer.from(buffer, byteOffset, length));
}
