/** Titles line by line, as people write them: with bullets and numbers, under headings, some with a score. */
import { type ImportedList, type Note, note, plainTitle } from '../list/imported-list.ts';
import { ListBuilder, type ListOptions } from '../list/list-builder.ts';
import { isReading, statusFrom } from '../list/status-words.ts';
import { addressIn } from './columns.ts';

/** "1. ", "12) ", "- ", "* ", "• ", "[x] ", "- [ ] " */
const BULLET = /^\s*(?:[-*+•●○◦▪▫■□♦»>‣·]\s+|#?\d{1,4}[.)]\s+|\[[ xX✓]?\]\s*|[✓✔✅☑☐]\s*)*/u;
const UNTICKED = /^\s*(?:[-*+]\s+)?(?:\[ ?\]|☐)/u;
/** "Title - 9", "Title: 8.5/10", "Title (9/10)", "Title 9/10", "Title ★★★★" */
const SCORES = [
  /^(.*\S)\s*[-–—:=|→]+\s*(\d{1,3}(?:[.,]\d{1,2})?(?:\s*\/\s*\d{1,3}|\s*%)?)\s*$/u,
  /^(.*\S)\s*[([]\s*(\d{1,3}(?:[.,]\d{1,2})?(?:\s*\/\s*\d{1,3}|\s*%)?)\s*[)\]]\s*$/u,
  /^(.*\S)\s+(\d{1,3}(?:[.,]\d{1,2})?\s*(?:\/\s*\d{1,3}|%))\s*$/u,
  /^(.*[^\s★⭐☆])\s*[-–—:(]?\s*([★⭐]+½?☆*)\)?\s*$/u,
];

export function listOfLines(
  content: string,
  options: ListOptions & { readonly notes?: readonly Note[] },
): ImportedList {
  const builder = new ListBuilder(options);
  let heading: string | null = null;
  let isManga = false;
  let number = 0;
  for (const line of content.split('\n')) {
    number++;
    const title = plainTitle(line);
    if (title === '') continue;
    const section = headingIn(title);
    if (section !== null) {
      isManga = /manga/i.test(section) || isReading(section);
      heading = statusFrom(section) === null ? null : section;
    } else if (isManga) builder.leaveOut('manga');
    else addLine(title, number, heading, builder);
  }
  const about = { source: 'text' as const, format: null, owner: null };
  return builder.list(about, null, options.notes ?? [note('no-header')]);
}

/** "Completed:", "## Plan to Watch", "=== Dropped (12) ===" @returns null for any other line */
function headingIn(line: string): string | null {
  const text = line
    .replace(/^[#=*_\s-]+|[=*_:\s-]+$/gu, '')
    .replace(/\s*\(\d+\)$/, '')
    .trim();
  if (text === '') return '';
  const isMarked = /^#{1,6}\s|^={2,}|[:：]$/.test(line.trim());
  const isStatus = statusFrom(text) !== null || isReading(text);
  if (/^\d+$/.test(text)) return null;
  return isStatus || (isMarked && /^(?:my )?(?:anime|manga)(?: list)?s?$/i.test(text))
    ? text
    : null;
}

function addLine(line: string, number: number, heading: string | null, builder: ListBuilder): void {
  const bare = line.replace(BULLET, '').trim();
  const text = bare === '' ? line : bare;
  const address = addressIn(text);
  if (address?.kind === 'manga') {
    builder.leaveOut('manga');
    return;
  }
  const { title, score } = scoredTitle(text);
  builder.add({
    animeId: address?.id ?? null,
    isSure: address !== null,
    names: address ? [] : [...new Set([title, ...(score ? [] : [line])])],
    score,
    status: heading ?? (UNTICKED.test(line) ? 'plan_to_watch' : ''),
    line: number,
    ...{ watched: null, year: null, type: null },
  });
}

function scoredTitle(text: string): { title: string; score: string } {
  for (const pattern of SCORES) {
    const [, title, score] = pattern.exec(text) ?? [];
    // "Akira (1988)" ends in a year, "Eureka Seven - 2" hardly in a score above 100.
    if (title && score && !/^\d{3}$/.test(score.trim().replace(/^100$/, '')))
      return { title, score };
  }
  return { title: text, score: '' };
}
