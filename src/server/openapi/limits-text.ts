/** What a client may ask for at most, as a table for the reference. The schemas of each route have their own limits too. */
import {
  MAX_BATCH,
  MAX_BODY,
  MAX_FILE,
  MAX_MESSAGE,
  MAX_PROFILES,
  MAX_RATINGS,
  MAX_RECOMMENDATIONS,
  MAX_TITLES,
} from '../../api/constants/limits.ts';
import type { LimitSettings } from '../../config/limit-settings.ts';

/** Markdown. */
export function limitsText(limits: LimitSettings): string {
  const { listsPerSecond, listsAtOnce, lookupsPerMinute } = limits;
  const rows = [
    [
      'work of one address',
      listsPerSecond === 0
        ? 'no limit'
        : `${number(listsPerSecond)} lists a second, ${number(listsAtOnce)} at once; costlier requests count as several`,
    ],
    ['ratings of a list', number(MAX_RATINGS)],
    ['titles of a list of recommendations', number(MAX_RECOMMENDATIONS)],
    ['profiles of a batch', `${number(MAX_PROFILES)}, ${mebibytes(MAX_BATCH)}`],
    ['titles of a page', `${number(MAX_TITLES)}; \`next\` leads to more`],
    ['body of a request', mebibytes(MAX_BODY)],
    ['file of a list', mebibytes(MAX_FILE)],
    ['characters of a wish', number(MAX_MESSAGE)],
    [
      'look-ups at other sites',
      lookupsPerMinute === 0 ? 'no limit' : `${number(lookupsPerMinute)} a minute`,
    ],
  ];
  const lines = rows.map(([what, most]) => `| ${what} | ${most} |`);
  return `| at most | |\n|---|---|\n${lines.join('\n')}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}

function mebibytes(bytes: number): string {
  return `${bytes >> 20} MiB`;
}
