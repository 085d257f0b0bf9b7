/** Finds the titles that a message names: in quotes, after "like", before みたいな, or by their exact names. */
import type { Anime, Catalogue } from '../data/anime.ts';
import { type KnownNames, MAX_NAME_WORDS } from '../explain/known-names.ts';
import { nameKey } from '../search/search-terms.ts';
import type { TitleSearch } from '../search/title-search.ts';
import { NOT_AFTER } from './vocabulary.ts';

export interface TitleSources {
  readonly catalogue: Catalogue;
  readonly names: KnownNames;
  readonly search: Pick<TitleSearch, 'find'>;
}

export interface NamedTitles {
  readonly titles: readonly Anime[];
  /** the message without the names, whose words could be mistaken for wishes */
  readonly rest: string;
}

const QUOTED = /[「『“"«]([^」』”"»]{1,100})[」』”"»]/gu;
const LIKE =
  /\b(?:(?:something|anything|anime|shows?|films?|movies?|more)\s+)?(?:like|similar to|such as|reminds? me of|as good as|in the (?:style|vein|spirit) of|fans? of|loved?|enjoyed)\s+(.+?)(?=\s*(?:[,;!?]|\.(?:\s|$)|$|\b(?:but|only|except|without|minus|with|no|not|that|which|from|in|for|please|and (?:less|more|not|no|something|also))\b))/giu;
const LIKE_JA =
  /([^、。,\s「」『』]{2,40}?)(?:みたいな|みたいに|みたいで|みたいだけど|のような|のようで|のようだけど|っぽい|っぽくて|に似た|に似ている|が好き)/gu;
const WORD = /[\p{L}\p{N}]+(?:['’.;:!/☆★-]+[\p{L}\p{N}]+)*[!'’°]*/gu;
/** at the end of the text before a title that is not wanted */
const REJECTION =
  /\b(?:(?:no|not|nothing|without|except|minus|less|never|hated?|hates|dislike[ds]?|avoid|skip)|(?:do|did|does|can|could)(?: not|n['’]?t)(?: really)? (?:like|love|enjoy|want|stand))\s+(?:(?:too|so|much|more|any|a|an|the|like|similar to|as|‖ +n?or)\s+)*$/i;
const BETWEEN = /\s*(?:,|\/|&|\band\b|\bor\b|と|や|、)\s*/iu;

/** Names that are searched for: a wish has room for five titles, and 500 letters of nonsense for fifty names. */
const MAX_SEARCHES = 12;

export function namedTitles(message: string, allSources: TitleSources): NamedTitles {
  const sources = searchingAtMost(MAX_SEARCHES, allSources);
  const titles: Anime[] = [];
  let rest = message;
  const take = (anime: Anime | null, text: string) => {
    if (anime === null) return false;
    if (!isRejected(text, rest)) titles.push(anime);
    rest = rest.replace(text, ' ‖ ');
    return true;
  };
  const alone = exactly(message, sources);
  if (alone !== null) return { titles: [alone], rest: '' };
  for (const [whole, name] of message.matchAll(QUOTED)) take(findTitle(name, sources), whole);
  for (const [, name] of [...rest.matchAll(LIKE_JA)]) takeParts(name, sources, take);
  for (const [, name] of [...rest.matchAll(LIKE)]) takeParts(name, sources, take);
  takeExact(() => rest, sources, take);
  return { titles, rest };
}

/** The same sources, whose search finds nothing more after some searches. */
function searchingAtMost(most: number, sources: TitleSources): TitleSources {
  let left = most;
  const find: TitleSearch['find'] = (...asked) => (left-- > 0 ? sources.search.find(...asked) : []);
  return { ...sources, search: { find } };
}

/** The title is named but not wanted: "I hated Naruto", "not Naruto", "nothing like Naruto", ナルトは嫌. */
function isRejected(name: string, message: string): boolean {
  const at = message.indexOf(name);
  if (at < 0) return false;
  return REJECTION.test(message.slice(0, at)) || NOT_AFTER.test(message.slice(at + name.length));
}

type Take = (anime: Anime | null, text: string) => boolean;

/** "Mushishi and Natsume" may be one title, or two. */
function takeParts(name: string, sources: TitleSources, take: Take): void {
  const whole = exactly(name, sources);
  if (whole !== null) {
    take(whole, name);
    return;
  }
  const parts = name.split(BETWEEN).filter((part) => part.trim() !== '' && !part.includes('‖'));
  for (const part of parts) take(findTitle(part, sources), part);
}

/** The title with exactly this name, or else the first that the search finds. */
export function findTitle(name: string, sources: TitleSources): Anime | null {
  const typed = name.trim();
  if (nameKey(typed).length < 2) return null;
  const exact = exactly(typed, sources);
  if (exact !== null) return exact;
  // A genre after "like" is not a title, and neither is a whole sentence.
  if (sources.names.isOrdinary(typed) || typed.split(/\s+/).length > MAX_NAME_WORDS) return null;
  const [found] = sources.search.find(typed, { limit: 1 });
  return found ?? null;
}

function exactly(name: string, { catalogue, names }: TitleSources): Anime | null {
  const item = names.called(name).find((at) => !catalogue[at].adult);
  return item === undefined ? null : catalogue[item];
}

/** Takes exact names anywhere in the message, longest first; a single word only when it is not an ordinary one. */
function takeExact(rest: () => string, sources: TitleSources, take: Take): void {
  for (let size = MAX_NAME_WORDS; size >= 1; size--) {
    const text = rest();
    const words = [...text.matchAll(WORD)];
    for (let from = 0; from + size <= words.length; from++) {
      const last = words[from + size - 1];
      const name = text.slice(words[from].index, last.index + last[0].length);
      if (!rest().includes(name) || !isName(name, size, sources)) continue;
      take(exactly(name, sources), name);
    }
  }
}

function isName(name: string, size: number, { names }: TitleSources): boolean {
  if (names.called(name).length === 0) return false;
  const words = name.split(/\s+/);
  // "a film", "the world": ordinary words that are also the names of obscure titles.
  if (words.every((word) => names.isOrdinary(word))) return size > 1 && names.isWellKnown(name);
  return (
    nameKey(name).length >= 4 && (size > 1 || /^\p{Lu}/u.test(name) || names.isWellKnown(name))
  );
}
