/** Writes an explanation in Japanese from the facts; it is not a translation of the English one. */
import type { Anime } from '../data/anime.ts';
import { genreJa } from '../data/genres-ja.ts';
import { type Cause, type Facts, knownShare, sameStory } from './facts.ts';
import { SOURCE_WORDS } from './genre-words.ts';
import { nameOf, percent, rounded, type TitleName } from './language.ts';
import { knownAs, movedBy } from './reason-words.ts';
import { sharedKinds } from './shared-kinds.ts';

const TYPE_WORDS: Readonly<Record<string, string>> = {
  TV: 'TVシリーズ',
  Movie: '映画',
  OVA: 'OVA',
  ONA: 'ウェブアニメ',
  Special: 'スペシャル',
  Music: 'ミュージックビデオ',
};

/** Sentences, in order. */
export function sentencesJa(facts: Facts, titles: TitleName): string[] {
  const name = (anime: Anime) => `『${nameOf(anime, titles)}』`;
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
      return `${name(anime)}は、${likingOf(first)}${name(first.anime)}と同じシリーズの作品です。スコアの${part(first.share)}はそこから来ています。`;
    case 'one':
      return anime.animeId % 2 === 0
        ? `決め手は${likingOf(first)}${name(first.anime)}です。スコアの${part(first.share)}を占めています。`
        : `${likingOf(first)}${name(first.anime)}が、この作品のスコアの${part(first.share)}を占めています。`;
    case 'few': {
      const sum = part(causes.reduce((total, { share }) => total + share, 0));
      const names = causes.map((cause) => name(cause.anime)).join('');
      if (causes.length === 1)
        return `${likingOf(first)}${names}がスコアの${sum}を占め、${restOf(facts)}。`;
      const all = new Set(causes.map(likingOf)).size === 1 ? likingOf(first) : 'あなたが観てきた';
      return `${all}${names}が、合わせてスコアの${sum}を占めています。`;
    }
    case 'many':
      return `これひとつという理由はありません。${causes.map((cause) => name(cause.anime)).join('')}のほか、あなたのリストの小さな手がかりが積み重なった一本です。`;
  }
}

function part(share: number): string {
  return percent(share) === 100 ? 'すべて' : `${percent(share)}%`;
}

/** What one named cause leaves of the score. */
function restOf(facts: Facts): string {
  const rest = 1 - facts.causes[0].share;
  if (knownShare(facts) < rest / 2) return '残りはあなたのリストの小さな手がかりの積み重ねです';
  return `残りの多くは${knownAs(facts.anime, 'ja')}ことによるものです`;
}

function popular(facts: Facts, name: NameOf): string {
  const { anime, causes } = facts;
  const [first] = causes;
  const known = knownShare(facts);
  const title = name(anime);
  if (known === 0) return `あなたの好きな作品に、${title}への直接の手がかりはありません。`;
  if (!first)
    return `あなたのリストに直接の手がかりはありませんが、${title}は${knownAs(anime, 'ja')}作品です。`;
  const lead = `${title}は${knownAs(anime, 'ja')}作品で、それがスコアの${part(known)}です。`;
  const share = part(first.share);
  if (sameStory(anime, first.anime))
    return `${lead}${likingOf(first)}${name(first.anime)}と同じシリーズで、そこから${share}が加わります。`;
  return facts.because.length > 1
    ? `${lead}あなたの作品の中では${name(first.anime)}が一番の後押しで、${share}が加わります。`
    : `${lead}${likingOf(first)}${name(first.anime)}から${share}が加わります。`;
}

function alsoKnown(facts: Facts): string {
  const { dominant, causes, anime } = facts;
  const isShown = dominant === 'popularity' || (dominant === 'few' && causes.length === 1);
  if (isShown || knownShare(facts) <= 1 / 3) return '';
  return `${knownAs(anime, 'ja')}作品でもあり、それが${part(knownShare(facts))}です。`;
}

/** What the second stage counts for it. */
function secondStage(facts: Facts): string {
  const reasons = movedBy(facts, 'ja');
  return reasons.length === 0 ? '' : `${reasons.join('、')}であることも、後押しになっています。`;
}

/** Stands before a title. */
function likingOf({ rating, status }: Cause): string {
  if (status === 'plan_to_watch') return 'あなたが観る予定の';
  if (rating === null) return status === 'watching' ? 'あなたが観ている' : 'あなたが観た';
  if (rating >= 9) return 'あなたが大好きな';
  return rating >= 7 ? 'あなたが気に入った' : 'あなたが観た';
}

function sharedOf(facts: Facts): string {
  const { causes } = facts;
  const { studios, source } = facts.shared;
  if (causes.length === 0) return '';
  const { themes, genres } = sharedKinds(facts);
  const shown = [...themes.map(({ ja }) => ja), ...genres.map(genreJa)];
  const theme = shown.length > 0 ? `共通しているのは${shown.join('・')}` : '';
  const origin = source === null ? undefined : SOURCE_WORDS[source]?.ja;
  const both = causes.length === 1 ? 'どちらも' : 'いずれも';
  const also =
    studios.length > 0 ? `${both}${studios.join('・')}の制作` : origin ? `${both}${origin}` : '';
  if (theme && also) return `${theme}で、${also}です。`;
  return theme || also ? `${theme || also}です。` : '';
}

const COMPACT = new Intl.NumberFormat('ja', { notation: 'compact' });

function titleItself(facts: Facts): string {
  const { anime } = facts;
  const { type, episodes, year, meanScore, members } = anime;
  const when = year === null ? '' : `${year}年の`;
  const length = episodes && episodes > 1 ? `全${episodes}話の` : '';
  const said = sharedKinds(facts).genres;
  const others = anime.genres.filter((genre) => !said.includes(genre));
  const kind = others.length > 0 ? `${others.slice(0, 3).map(genreJa).join('・')}の` : '';
  const word = TYPE_WORDS[type ?? ''] ?? '作品';
  const crowd =
    meanScore === null
      ? ''
      : `、採点した人の平均は${meanScore.toFixed(1)}点${members > 0 ? `、${COMPACT.format(rounded(members))}人のリストに入っています` : 'です'}`;
  return `${when}${length}${kind}${word}で${crowd || 'す'}。`;
}

function startOf({ anime, dominant }: Facts, name: NameOf): string {
  const { franchise } = anime;
  if (franchise === null || franchise.size < 2 || dominant === 'story') return '';
  if (franchise.position === 1)
    return `${franchise.size}作からなるシリーズで、${name(anime)}がはじまりです。`;
  return franchise.prerequisite === null ? 'シリーズの一作ですが、これだけでも楽しめます。' : '';
}
