/** Titles and recommendations as JSON bytes. A title's JSON is made once and copied into every answer that has it. */
import type { Anime } from '../data/anime.ts';
import type { Because } from '../recommend/because.ts';
import type { Recommendation } from '../recommend/recommend.ts';

const cache = new WeakMap<Anime, Buffer>();

/** The JSON of a title; it is kept as long as the catalogue that the title belongs to. */
export function animeJson(anime: Anime): Buffer {
  let json = cache.get(anime);
  if (!json) {
    json = Buffer.from(JSON.stringify(anime));
    cache.set(anime, json);
  }
  return json;
}

/** {"items":[…title, title…]} */
export function titlesJson(titles: readonly Anime[]): Buffer {
  const out = new JsonBytes().text('{"items":[');
  titles.forEach((anime, at) => {
    out.text(at > 0 ? ',' : '').bytes(animeJson(anime));
  });
  return out.text(']}').end();
}

/** {"items":[{"anime":…,"score":…}]} */
export function scoredJson(
  titles: readonly { readonly anime: Anime; readonly score: number }[],
): Buffer {
  const out = new JsonBytes().text('{"items":[');
  titles.forEach(({ anime, score }, at) => {
    out
      .text(at > 0 ? ',{"anime":' : '{"anime":')
      .bytes(animeJson(anime))
      .text(`,"score":${decimal(score)}}`);
  });
  return out.text(']}').end();
}

/** {"items":[{"rank","anime","score","because"}],"ignored":[…],"bundle":version} */
export function recommendationsJson(
  items: readonly Recommendation[],
  ignored: readonly number[],
  version: string,
): Buffer {
  const out = new JsonBytes().text('{"items":[');
  for (const { rank, anime, score, because, insteadOf } of items) {
    out.text(`${rank > 1 ? ',' : ''}{"rank":${rank},"anime":`).bytes(animeJson(anime));
    out.text(`,"score":${decimal(score)},"because":[${because.map(becauseJson).join(',')}]`);
    if (insteadOf)
      out.text(
        `,"insteadOf":{"animeId":${insteadOf.animeId},"title":${JSON.stringify(insteadOf.title)}}`,
      );
    out.text('}');
  }
  return out
    .text(`],"ignored":${JSON.stringify(ignored)},"bundle":${JSON.stringify(version)}}`)
    .end();
}

function becauseJson({ animeId, title, share, contribution }: Because): string {
  return `{"animeId":${animeId},"title":${quoted(title)},"share":${decimal(share)},"contribution":${decimal(contribution)}}`;
}

/** A title as a JSON string; few titles need the work that escapes take. */
function quoted(title: string): string {
  return /^[ !#-[\]-~]*$/.test(title) ? `"${title}"` : JSON.stringify(title);
}

const UNIT = 1e8;

/**
 * Eight decimals: finer than float32 is. Most of the time of an answer would go into writing doubles; below 1 the
 * digits of a whole number do.
 */
function decimal(value: number): string {
  const digits = Math.round(Math.abs(value) * UNIT);
  if (digits >= UNIT) return String(Math.round(value * UNIT) / UNIT);
  return (value < 0 ? '-0.' : '0.') + String(UNIT + digits).slice(1);
}

/** JSON put together from text and ready-made bytes. */
class JsonBytes {
  readonly #chunks: Buffer[] = [];
  #text = '';

  text(text: string): this {
    this.#text += text;
    return this;
  }

  bytes(bytes: Buffer): this {
    this.#flush();
    this.#chunks.push(bytes);
    return this;
  }

  end(): Buffer {
    this.#flush();
    return Buffer.concat(this.#chunks);
  }

  #flush(): void {
    if (this.#text === '') return;
    this.#chunks.push(Buffer.from(this.#text));
    this.#text = '';
  }
}
