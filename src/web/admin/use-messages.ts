/** The console's messages, and its formats of numbers, times and sizes. */
import { useMemo } from 'preact/hooks';
import { useDisplay } from '../display/use-display.tsx';
import { type AdminMessages, adminEn } from './messages-en.ts';
import { adminJa } from './messages-ja.ts';

const MESSAGES = { en: adminEn, ja: adminJa } as const;

export interface Formats {
  readonly count: (value: number | null) => string;
  /** with a fixed number of decimals, so that columns align; "–" when unknown */
  readonly fixed: (value: number | null, decimals: number) => string;
  /** abbreviated: "5.42M" */
  readonly short: (value: number) => string;
  readonly bytes: (value: number | null) => string;
  readonly milliseconds: (value: number) => string;
  readonly percent: (share: number) => string;
  /** date and time, to the minute */
  readonly moment: (iso: string | null) => string;
  /** "3 hr 20 min" */
  readonly lasting: (seconds: number) => string;
}

const NOTHING = '–';

export function useAdminMessages(): AdminMessages & { readonly formats: Formats } {
  const { language } = useDisplay();
  return useMemo(() => {
    const messages: AdminMessages = MESSAGES[language];
    return { ...messages, formats: formatsOf(messages.locale) };
  }, [language]);
}

function formatsOf(locale: string): Formats {
  const number = (value: number, options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, options).format(value);
  const fixed = (value: number | null, decimals: number) =>
    value === null
      ? NOTHING
      : number(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    count: (value) => fixed(value, 0),
    fixed,
    short: (value) => number(value, { notation: 'compact', maximumSignificantDigits: 3 }),
    bytes: (value) =>
      value === null ? NOTHING : `${fixed(value / 1e6, value < 1e7 ? 1 : 0)}\u00a0MB`,
    milliseconds: (value) => `${fixed(value, value < 10 ? 2 : value < 100 ? 1 : 0)}\u00a0ms`,
    // As elsewhere on the page: "80.0 %", in Japanese "80.0%".
    percent: (share) => `${fixed(share * 100, 1)}${locale.startsWith('ja') ? '' : '\u00a0'}%`,
    moment(iso) {
      const time = iso === null ? Number.NaN : Date.parse(iso);
      return Number.isNaN(time) ? NOTHING : moments.format(time);
    },
    lasting: (seconds) => lasting(seconds, number),
  };
}

/** The two largest units that are not 0. */
function lasting(
  seconds: number,
  number: (value: number, options: Intl.NumberFormatOptions) => string,
): string {
  const units = [
    ['day', Math.floor(seconds / 86_400)],
    ['hour', Math.floor(seconds / 3600) % 24],
    ['minute', Math.floor(seconds / 60) % 60],
    ['second', Math.floor(seconds) % 60],
  ] as const;
  const first = units.findIndex(([, value]) => value > 0);
  return units
    .slice(Math.max(0, first < 0 ? 3 : first))
    .slice(0, 2)
    .map(([unit, value]) => number(value, { style: 'unit', unit, unitDisplay: 'short' }))
    .join(' ');
}
