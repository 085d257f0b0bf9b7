/** Names the parts of a wish that nobody has understood. */
import type { Message, Span } from './message.ts';
import { startOfNo } from './polarity.ts';
import { isStopWord, stopLengthJapanese } from './words/stop-words.ts';

const WORD =
  /(?:(?![\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー々])[\p{L}\p{N}])+(?:['.-](?:(?![\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー々])[\p{L}\p{N}])+)*/gu;
const JAPANESE_RUN = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー々]+/gu;
/** A number without a unit says nothing: episodes, points, years? */
const NUMBER =
  /(?:(?:at least|at most|under|over|above|below|more than|less than|fewer than|about|around|up to|max|min) )?(?<![\p{Script=Latin}\p{N}.])\d+(?:\.\d+)?\+?(?![\p{Script=Latin}\p{N}])/giu;

/** More parts than this are named by the first ones. */
const MOST_PARTS = 4;
const MOST_LETTERS = 50;

export function unreadParts(message: Message): string[] {
  for (const found of message.find(NUMBER)) message.refuse(found);
  const spans = [...message.refused, ...unreadWords(message), ...unreadJapanese(message)];
  const parts = spans
    .sort((a, b) => a.from - b.from)
    .map((span) => message.said(span).trim())
    .filter((part) => part !== '');
  return [...new Set(parts)].slice(0, MOST_PARTS).map(shortened);
}

function shortened(part: string): string {
  return part.length > MOST_LETTERS ? `${part.slice(0, MOST_LETTERS).trimEnd()}…` : part;
}

/** Words next to each other, with the "no" that is about them. */
export function unreadWords({ open }: Message): Span[] {
  const spans: { from: number; to: number }[] = [];
  for (const { 0: word, index } of open.matchAll(WORD)) {
    if (isStopWord(word)) continue;
    const last = spans.at(-1);
    const isNext = last !== undefined && /^[\s-]*$/.test(open.slice(last.to, index));
    if (isNext) last.to = index + word.length;
    else spans.push({ from: index, to: index + word.length });
  }
  return spans.map(({ from, to }) => {
    const no = startOfNo(open.slice(0, from), '');
    return no === null || open.slice(no, from).includes('‖') ? { from, to } : { from: no, to };
  });
}

/** What remains of a Japanese sentence without its particles. */
function unreadJapanese({ open }: Message): Span[] {
  const spans: Span[] = [];
  for (const run of open.matchAll(JAPANESE_RUN)) {
    let from = 0;
    for (let at = 0; at <= run[0].length; ) {
      const stop = at < run[0].length ? stopLengthJapanese(run[0].slice(at)) : 1;
      if (stop > 0) {
        const word = run[0].slice(from, at);
        if (isSaying(word)) spans.push({ from: run.index + from, to: run.index + at });
        from = at + stop;
      }
      at += Math.max(1, stop);
    }
  }
  return spans;
}

/** A single kana is a part of the grammar. */
function isSaying(word: string): boolean {
  return /\p{Script=Han}|[\p{Script=Katakana}ー]{2}/u.test(word);
}
