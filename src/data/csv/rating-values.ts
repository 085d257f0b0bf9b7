/** Single values of a file of ratings, read as text: what the fast scanners leave. NaN = not such a value. */
import { STATUS } from '../interactions.ts';

const MISSING = new Set(['', 'nan', 'null', 'none', 'unknown', 'n/a', '<na>', 'nat']);

export function isMissing(text: string): boolean {
  return MISSING.has(text.trim().toLowerCase());
}

/** A whole number, also written as `7.0`. */
export function parseInteger(text: string): number {
  const [, digits] = /^\s*([+-]?\d{1,15})(?:[.,]0*)?\s*$/.exec(text) ?? [];
  return digits === undefined ? Number.NaN : Number(digits);
}

/** `8.3` → 83 */
export function parseTenths(text: string): number {
  const [, whole, tenth] = /^\s*(\d{0,3})(?:[.,](\d?)0*)?\s*$/.exec(text) ?? [];
  if (whole === undefined || (whole === '' && !tenth)) return Number.NaN;
  return Number(whole) * 10 + Number(tenth || 0);
}

const WORDS: Readonly<Record<string, number>> = {
  ...STATUS,
  currently_watching: STATUS.watching,
  onhold: STATUS.on_hold,
  plantowatch: STATUS.plan_to_watch,
  planned: STATUS.plan_to_watch,
  ptw: STATUS.plan_to_watch,
};

/** A code, or a word such as `Plan to Watch`; 0 = not known. */
export function parseStatus(text: string): number {
  if (isMissing(text)) return 0;
  const code = parseInteger(text);
  if (!Number.isNaN(code)) return code;
  const word = text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');
  return WORDS[word] ?? Number.NaN;
}

const MAX_TIME = 2 ** 31 - 1;

/** `1362307973`, `2013-03-03`, `2013-03-03 10:52:53+00:00` → Unix seconds; 0 = not known, as `0000-00-00` */
export function parseTime(text: string): number {
  const [seconds] = /^\d{1,10}$/.exec(text.trim()) ?? [];
  const [, day, hour, minute, second] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?.*)?$/.exec(text.trim()) ?? [];
  const time = day
    ? Date.parse(`${day}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}Z`) / 1000
    : Number(seconds);
  return time > 0 && time <= MAX_TIME ? Math.floor(time) : 0;
}
