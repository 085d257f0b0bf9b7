/** Writes an explanation in English from the facts. */
import type { Anime } from '../data/anime.ts';
import { type Cause, type Facts, knownShare, sameStory } from './facts.ts';
import { genreWord, SOURCE_WORDS } from './genre-words.ts';
import { nameOf, percent, rounded, type TitleName } from './language.ts';
import { knownAs, movedBy } from './reason-words.ts';
import { sharedKinds } from './shared-kinds.ts';

const TYPE_WORDS: Readonly<Record<string, string>> = {
  TV: 'TV series',
  Movie: 'film',
  OVA: 'OVA',
  ONA: 'web series',
  Special: 'special',
  Music: 'music video',
};

/** Sentences, in order. */
export function sentencesEn(facts: Facts, titles: TitleName): string[] {
  const name = (anime: Anime) => nameOf(anime, titles);
  return [
    leadOf(facts, name),
    alsoKnown(facts),
    secondStage(facts),
    sharedOf(facts),
    titleItself(facts),
    startOf(facts, name),
  ].filter((sentence) => sentence !== '');
}

type NameOf = (anime: Anime) => string;

function leadOf(facts: Facts, name: NameOf): string {
  const { anime, dominant, causes } = facts;
  const [first] = causes;
  switch (dominant) {
    case 'popularity':
      return popular(facts, name);
    case 'story':
      return `${name(anime)} belongs to the same story as ${name(first.anime)}, which you ${verbOf(first)}: ${part(first.share)} of its score comes from there.`;
    case 'one':
      return oneOf(anime, first, name);
    case 'few': {
      const sum = part(causes.reduce((total, { share }) => total + share, 0));
      if (causes.length > 1)
        return `You ${listed(causes, name)}; together they are ${sum} of this one’s score.`;
      return `You ${verbOf(first)} ${name(first.anime)}, and ${sum} of the score comes from there${restOf(facts)}.`;
    }
    case 'many':
      return `No single title explains this one: ${and(causes.map((cause) => name(cause.anime)))} ${causes.length > 1 ? 'each add' : 'adds'} a little, and many smaller hints from your list do the rest.`;
  }
}

/** 34 % of … */
function part(share: number): string {
  return percent(share) === 100 ? 'all' : `${percent(share)}\u00a0%`;
}

/** Two variants, so that a list does not repeat itself; the title decides between them. */
function oneOf(anime: Anime, first: Cause, name: NameOf): string {
  const share = part(first.share);
  return anime.animeId % 2 === 0
    ? `You ${verbOf(first)} ${name(first.anime)}, and that is most of the reason: ${share} of the score comes from there.`
    : `This one is here because you ${verbOf(first)} ${name(first.anime)}: that alone is ${share} of its score.`;
}

/** What one named cause leaves of the score. */
function restOf(facts: Facts): string {
  const rest = 1 - facts.causes[0].share;
  if (knownShare(facts) < rest / 2) return '; the rest is many smaller hints from your list';
  return `; most of the rest is that it is ${knownAs(facts.anime, 'en')}`;
}

function popular(facts: Facts, name: NameOf): string {
  const { anime, causes } = facts;
  const [first] = causes;
  const known = knownShare(facts);
  const title = name(anime);
  if (known === 0) return `Nothing that you like points to ${title} in particular.`;
  if (!first)
    return `Nothing on your list points to ${title} in particular; it is here because it is ${knownAs(anime, 'en')}.`;
  const lead = `${title} is ${knownAs(anime, 'en')}, and that is ${part(known)} of its score.`;
  const share = part(first.share);
  if (sameStory(anime, first.anime))
    return `${lead} It belongs to the same story as ${name(first.anime)}, which you ${verbOf(first)}: that adds ${share}.`;
  return facts.because.length > 1
    ? `${lead} Of your titles, ${name(first.anime)} speaks for it most and adds ${share}.`
    : `${lead} ${name(first.anime)}, which you ${verbOf(first)}, adds ${share}.`;
}

function alsoKnown(facts: Facts): string {
  const { dominant, causes, anime } = facts;
  const isShown = dominant === 'popularity' || (dominant === 'few' && causes.length === 1);
  if (isShown || knownShare(facts) <= 1 / 3) return '';
  return `That it is ${knownAs(anime, 'en')} adds ${part(knownShare(facts))}.`;
}

/** What the second stage counts for it. */
function secondStage(facts: Facts): string {
  const reasons = movedBy(facts, 'en');
  return reasons.length === 0 ? '' : `${capital(and(reasons))}: that speaks for it, too.`;
}

/** "loved A and B, and watched C": the verb is repeated only where it changes. */
function listed(causes: readonly Cause[], name: NameOf): string {
  const groups: { verb: string; names: string[] }[] = [];
  for (const cause of causes) {
    const verb = verbOf(cause);
    const group = groups.find((other) => other.verb === verb);
    if (group) group.names.push(name(cause.anime));
    else groups.push({ verb, names: [name(cause.anime)] });
  }
  return groups.map(({ verb, names }) => `${verb} ${and(names)}`).join(', and ');
}

function verbOf({ rating, status }: Cause): string {
  if (status === 'plan_to_watch') return 'plan to watch';
  if (rating === null) return status === 'watching' ? 'are watching' : 'watched';
  if (rating >= 9) return 'loved';
  return rating >= 7 ? 'liked' : 'watched';
}

function sharedOf(facts: Facts): string {
  const { causes } = facts;
  const { studios, source } = facts.shared;
  if (causes.length === 0) return '';
  const all = causes.length === 1 ? 'both' : 'all of them';
  const { themes, genres } = sharedKinds(facts);
  const shown = [...themes.map(({ en }) => en.toLowerCase()), ...genres.map(genreWord)];
  const theme =
    shown.length > 0 ? `${and(shown)} ${shown.length > 1 ? 'run' : 'runs'} through ${all}` : '';
  const makers = studios.length > 0 ? `${and(studios)} made ${all}` : '';
  const origin = source === null ? undefined : SOURCE_WORDS[source]?.en;
  // Only one more fact beside the genres: the studio says more than the source.
  const also =
    makers || (origin ? `${causes.length === 1 ? 'both' : 'all of them'} ${origin}` : '');
  const words = [theme, also].filter(Boolean).join(', and ');
  return words ? `${capital(words)}.` : '';
}

function capital(words: string): string {
  return `${words[0].toUpperCase()}${words.slice(1)}`;
}

function titleItself(facts: Facts): string {
  const { anime } = facts;
  const { type, episodes, year, season, meanScore, members } = anime;
  const word = TYPE_WORDS[type ?? ''] ?? 'title';
  const length = episodes && episodes > 1 ? `${episodes}-episode ` : '';
  const when =
    year === null
      ? ''
      : ` from ${season ? `${season === 'fall' ? 'autumn' : season} ` : ''}${year}`;
  const said = sharedKinds(facts).genres;
  const others = anime.genres.filter((genre) => !said.includes(genre));
  const kind = others.length > 0 ? `${and(others.slice(0, 3).map(genreWord))} ` : '';
  const crowd =
    meanScore === null
      ? ''
      : `, rated ${meanScore.toFixed(1)} by those who scored it${members > 0 ? ` and on ${rounded(members).toLocaleString('en')} lists` : ''}`;
  return `It is ${articleBefore(length || kind || word)} ${length}${kind}${word}${when}${crowd}.`;
}

/** an 8-, 11-, 18-, 80-episode series, an OVA; a 12-episode one, a film */
function articleBefore(words: string): string {
  return /^(8|11-|18-|[aeio])/i.test(words) ? 'an' : 'a';
}

function startOf({ anime, dominant }: Facts, name: NameOf): string {
  const { franchise } = anime;
  if (franchise === null || franchise.size < 2 || dominant === 'story') return '';
  if (franchise.position === 1)
    return `The story has ${franchise.size} parts, and ${name(anime)} is where it starts.`;
  return franchise.prerequisite === null
    ? 'It is part of a longer story, and can be watched by itself.'
    : '';
}

export function and(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
