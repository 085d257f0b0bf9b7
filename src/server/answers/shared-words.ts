/** What sites show of a shared link, in words. */
import type { Anime } from '../../data/anime.ts';
import type { Language } from '../../explain/language.ts';
import { firstLetters } from '../../first-letters.ts';
import type { Shared, SharedKind } from './shared-titles.ts';

export interface SharedWords {
  readonly title: string;
  readonly description: string;
}

/** Titles that are named in a sentence. */
const NAMED = 3;
/** UTF-16 units of a synopsis: sites show about so many. */
const SYNOPSIS = 200;

export function sharedWords({ kind, titles, count }: Shared, language: Language): SharedWords {
  const japanese = language === 'ja';
  const names = titles.map((anime) => (japanese && anime.titleJapanese) || anime.title);
  return japanese ? wordsJa(kind, names, count, titles[0]) : wordsEn(kind, names, count, titles[0]);
}

/** The heading on the picture, whose fonts have no Japanese: '' = none. */
export function cardHeading(
  { kind, titles, count }: Pick<Shared, 'kind' | 'titles' | 'count'>,
  language: Language,
): string {
  if (language === 'ja' || kind === 'title') return kind === 'title' ? titles[0].title : '';
  if (kind === 'watchlist')
    return count === 1 ? 'A watchlist of one anime' : `A watchlist of ${count} anime`;
  return `What to watch after ${andMore(
    titles.map(({ title }) => title),
    count,
    2,
  )}`;
}

function wordsEn(
  kind: SharedKind,
  names: readonly string[],
  count: number,
  first: Anime,
): SharedWords {
  if (kind === 'title')
    return {
      title: `${names[0]}${first.year === null ? '' : ` (${first.year})`}`,
      description: shortened(first.synopsis) ?? 'An anime, with what is like it and why.',
    };
  if (kind === 'watchlist')
    return {
      title: count === 1 ? 'A watchlist of one anime' : `A watchlist of ${count} anime`,
      description: `${andMore(names, count, NAMED)}. Open it, add it to yours, or see what goes with it.`,
    };
  return {
    title: `What to watch after ${andMore(names, count, 2)}`,
    description: `Anime for somebody who loves ${andMore(names, count, NAMED)}, each with the reason why. Open the list and make it yours.`,
  };
}

function wordsJa(
  kind: SharedKind,
  names: readonly string[],
  count: number,
  first: Anime,
): SharedWords {
  const rest = count - Math.min(names.length, NAMED);
  const list = `${names
    .slice(0, NAMED)
    .map((name) => `「${name}」`)
    .join('')}${rest > 0 ? `ほか${rest}作品` : ''}`;
  if (kind === 'title')
    return {
      title: `「${names[0]}」${first.year === null ? '' : `（${first.year}年）`}`,
      description: '似ている作品と、その理由。',
    };
  if (kind === 'watchlist')
    return {
      title: `見たいアニメ${count}作品のリスト`,
      description: `${list}。開いて、自分のリストに加えられます。`,
    };
  return {
    title: `「${names[0]}」が好きな人へのおすすめ`,
    description: `${list}が好きな人に合うアニメを、理由つきで。自分の好みに変えて使えます。`,
  };
}

/** "Mushishi, Steins;Gate and 3 more" */
function andMore(names: readonly string[], count: number, most: number): string {
  const named = names.slice(0, count === most + 1 ? most + 1 : most);
  const rest = count - named.length;
  const parts = rest > 0 ? [...named, `${rest} more`] : named;
  return parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function shortened(synopsis: string | null): string | null {
  if (!synopsis) return null;
  const text = synopsis.replace(/\s+/g, ' ').trim();
  return text.length <= SYNOPSIS ? text : `${firstLetters(text, SYNOPSIS).trimEnd()}…`;
}
