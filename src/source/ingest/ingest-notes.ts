/** What a person should know about how a file was read. */

import type { Encoding } from '../../data/csv/encoding.ts';
import type { RatingPlan } from '../../data/csv/rating-plan.ts';
import type { CatalogueField } from '../../data/layout/catalogue-layouts.ts';
import type { AdultReport, FileReport } from './ingest-report.ts';

const SEPARATOR_NAMES: Readonly<Record<string, string>> = {
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
};

export function dialectNotes(file: string, encoding: Encoding, separator: string): string[] {
  const notes: string[] = [];
  if (encoding !== 'UTF-8') notes.push(`${file} is ${encoding}; it was converted to UTF-8`);
  const name = SEPARATOR_NAMES[separator];
  if (name) notes.push(`${file} is separated by ${name}`);
  return notes;
}

/** Columns without which something that people rely on is lost. */
const VALUED: Readonly<Partial<Record<CatalogueField, string>>> = {
  ratingClass: 'rating class',
  genres: 'genres',
  meanScore: 'mean score',
  members: 'members',
};

export function missingNotes(
  file: string,
  missing: ReadonlySet<CatalogueField>,
  adult: AdultReport,
): string[] {
  const names = Object.entries(VALUED).flatMap(([field, name]) =>
    missing.has(field as CatalogueField) ? [name] : [],
  );
  const notes = names.length > 0 ? [`${file} has no column with the ${names.join(', ')}`] : [];
  if (adult.by === 'genres')
    notes.push(
      `Rating classes are missing: ${adult.titles} titles are taken for adult by their genres, tags and studios`,
    );
  if (adult.by === 'none')
    notes.push(
      `Nothing in ${file} says which titles are for adults (neither rating classes nor genres nor tags): it is not published without --no-adult-flag`,
    );
  return notes;
}

export function statusNotes(plan: RatingPlan, file: FileReport): string[] {
  const number = (value: number) => value.toLocaleString('en');
  if (plan.hasStatus)
    return file.settledStatuses === 0
      ? []
      : [
          `${number(file.settledStatuses)} rows of ${file.file} have no status that is known: it was derived from the score and the episodes`,
        ];
  if (file.unknownStatuses === 0)
    return [`${file.file} has no statuses: scored titles count as seen`];
  return [
    `${file.file} has no statuses: scored titles count as seen; ${number(file.unknownStatuses)} rows without a score may be planned titles (status unknown) and do not count as seen`,
  ];
}
