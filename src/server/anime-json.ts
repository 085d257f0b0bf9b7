/** Lists of titles and recommendations as JSON bytes. A title's JSON is made once and copied into every list that has it. */
import type { Anime } from '../data/anime.ts';
import type { Because } from '../recommend/because.ts';
import type { Recommendation } from '../recommend/recommend.ts';
import { JsonBytes } from './json-bytes.ts';

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
  return `${line.slice(0, line.lastIndexOf(' ', SHORT) || SHORT).replace(/[\s,;:]+$/, '')} …`;
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

/** {"items":[{"rank","anime","score","prior","because"}],"ignored":[…],"bundle":version} */
export function recommendationsJson(
  items: readonly Recommendation[],
  ignored: readonly number[],
  version: string,
): Buffer {
  out.start('{"items":[');
  for (const { rank, anime, score, prior, because, insteadOf } of items) {
    out.raw(rank > 1 ? ',{"rank":' : '{"rank":').raw(String(rank));
    out.raw(',"anime":').bytes(cardJson(anime)).raw(',"score":').decimal(score);
    out.raw(',"prior":').decimal(prior);
    writeBecause(because);
    if (insteadOf) {
      out.raw(',"insteadOf":{"animeId":').raw(String(insteadOf.animeId));
      out.raw(',"title":').string(insteadOf.title).raw('}');
    }
    out.raw('}');
  }
  out.raw('],"ignored":').raw(JSON.stringify(ignored));
  return out.raw(',"bundle":').string(version).raw('}').take();
}

function writeBecause(because: readonly Because[]): void {
  out.raw(',"because":[');
  for (let at = 0; at < because.length; at++) {
    const { animeId, title, share, contribution } = because[at];
    const { json, shareAt, contributionAt } = reasonOf(animeId, title);
    if (out.filled(json, shareAt, share, contributionAt, contribution)) continue;
    out.raw('{"animeId":').raw(String(animeId)).raw(',"title":').string(title);
    out.raw(',"share":').decimal(share).raw(',"contribution":').decimal(contribution).raw('},');
  }
  out.closeList();
}

/** {"animeId":…,"title":…,"share":0.00000000,"contribution":0.00000000}, and where its decimals begin */
interface Reason {
  readonly title: string;
  readonly json: Buffer;
  readonly shareAt: number;
  readonly contributionAt: number;
}

const reasons = new Map<number, Reason>();

/** The same titles are reasons again and again. One is kept for an id. */
function reasonOf(animeId: number, title: string): Reason {
  const known = reasons.get(animeId);
  if (known?.title === title) return known;
  const share = `{"animeId":${animeId},"title":${JSON.stringify(title)},"share":0.`;
  const contribution = `${share}00000000,"contribution":0.`;
  const reason = {
    title,
    json: Buffer.from(`${contribution}00000000},`),
    shareAt: Buffer.byteLength(share),
    contributionAt: Buffer.byteLength(contribution),
  };
  reasons.set(animeId, reason);
  return reason;
}
