/** Names that differ only in what people write differently have one key. */
import { seasonOf } from '../../search/season-mark.ts';

export interface LooseKeys {
  /** of the whole name */
  readonly whole: string;
  /** of the name up to a colon or a dash, with the season of the whole name; null = there is neither */
  readonly head: string | null;
}

/** Letters of a name in its plainest form: no title is so long. */
const LONGEST = 300;
/** Letters of a head that tells a work: shorter ones are shared by many. */
const LEAST_HEAD = 4;

export function looseKeys(name: string): LooseKeys {
  const plain = withoutMarks(name.normalize('NFKC').slice(0, LONGEST));
  const { base, season, part } = seasonOf(plain);
  const mark = (season > 1 ? `#${season}` : '') + (part > 1 ? `.${part}` : '');
  const [first] = base.split(/:\s|\s[-–—~]\s?/);
  const head = first === base ? null : lettersOf(first);
  return {
    whole: `${lettersOf(base)}${mark}`,
    head: head !== null && head.length >= LEAST_HEAD ? `${head}${mark}` : null,
  };
}

/** Marks of sites and of what a person has watched: "(TV)", "[Sub]", "(2011)". */
function withoutMarks(name: string): string {
  return name
    .replace(/\s*[([](?:tv|sub|dub|subbed|dubbed|uncensored|bd|blu-?ray|anime|japanese)[)\]]/gi, '')
    .replace(/\s*[([](?:19|20)\d\d[)\]]\s*$/, '')
    .trim();
}

/** & and "and" are passed over; × is x, @ is a; long vowels and を are written in several ways. */
function lettersOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('×', 'x')
    .replaceAll('@', 'a')
    .replace(/\s*[&＆]\s*|\band\b/g, ' ')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/\b(?:wo)\b/g, 'o')
    .replace(/ou|oo|oh(?![aeiou])/g, 'o')
    .replace(/uu/g, 'u')
    .replace(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .replace(/蟲/g, '虫')
    .replace(/聲/g, '声')
    .replace(/進擊/g, '進撃')
    .replace(/[^\p{L}\p{N}ー]/gu, '');
}
