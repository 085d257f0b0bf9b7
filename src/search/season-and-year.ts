/** Reads what a query says about which title of a story is meant: its season, or its year. */
import { seasonOf } from './season-mark.ts';

export interface Season {
  /** the name without the number */
  readonly base: string;
  /** from 1 */
  readonly number: number;
}

const BEFORE = /^(?:the\s+)?(\w+)\s+(?:season|series)\s+of\s+(.+)$/i;

/** "Overlord 3", "overlord s3", "Overlord III", "3rd season of Overlord", オーバーロード3期; null without a number. */
export function seasonIn(query: string): Season | null {
  const text = query.normalize('NFKC').trim();
  const [, ordinal, name] = BEFORE.exec(text) ?? [];
  const { base, season, isMarked } = seasonOf(
    name === undefined ? text : `${name} ${ordinal} season`,
  );
  return isMarked ? { base: base.trim(), number: season } : null;
}

export interface Dated {
  /** the name without the year */
  readonly base: string;
  readonly year: number;
}

/** "Berserk (2016)", "fruits basket 2019", 全职猎人2011; null without a year. */
export function yearIn(query: string): Dated | null {
  const found = /^(.+?)\s*[([]?((?:19|20)\d\d)[)\]]?$/.exec(query.normalize('NFKC').trim());
  if (!found || /\d$/.test(found[1])) return null;
  return { base: found[1].trim(), year: Number(found[2]) };
}
