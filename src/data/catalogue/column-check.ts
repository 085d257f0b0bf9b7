/**
 * Whether the columns of a catalogue hold what their names say. "Rating" is a class in one layout and a mean score in
 * another: where the values contradict the layout, the file is refused and not read wrongly.
 */
import { UnusableFileError } from '../../error.ts';
import { firstLetters } from '../../first-letters.ts';
import type { CatalogueField, CatalogueLayout } from '../layout/catalogue-layouts.ts';
import { parseText } from './anime-fields.ts';

const isNumber = (text: string) => /^\d+([.,]\d+)?$/.test(text);

const EXPECTED: Readonly<
  Partial<Record<CatalogueField, { what: string; fits: (text: string) => boolean }>>
> = {
  meanScore: {
    what: 'mean scores from 0 to 10',
    fits: (text) => isNumber(text) && Number(text.replace(',', '.')) <= 10,
  },
  ratingClass: { what: 'classes such as "PG-13"', fits: (text) => !isNumber(text) },
  episodes: { what: 'numbers of episodes', fits: isNumber },
  genres: { what: 'genres', fits: (text) => !isNumber(text) },
  title: { what: 'titles', fits: (text) => !isNumber(text) },
};

/** More contradictions than this share are no accident. */
const MOST = 0.5;

interface Count {
  values: number;
  wrong: number;
  example: string;
}

export class ColumnCheck {
  readonly #counts = new Map<CatalogueField, Count>();

  constructor(
    private readonly file: string,
    private readonly layout: CatalogueLayout,
    private readonly position: Readonly<Partial<Record<CatalogueField, number>>>,
  ) {}

  add(field: (name: CatalogueField) => string | undefined): void {
    for (const [name, { fits }] of Object.entries(EXPECTED) as [
      CatalogueField,
      { fits: (text: string) => boolean },
    ][]) {
      const text = parseText(field(name));
      if (text === null) continue;
      const count = this.#counts.get(name) ?? { values: 0, wrong: 0, example: '' };
      this.#counts.set(name, count);
      count.values++;
      if (fits(text)) continue;
      count.wrong++;
      count.example ||= text;
    }
  }

  /** @throws UnusableFileError when a column holds something else */
  finish(): void {
    for (const [name, { values, wrong, example }] of this.#counts) {
      if (wrong <= MOST * values) continue;
      const column = this.layout.fields[name]?.[0] ?? name;
      throw new UnusableFileError(
        `${this.file} looks like ${this.layout.name}, where column ${this.position[name]! + 1} ("${column}") holds ${EXPECTED[name]!.what}; ` +
          `${wrong} of its ${values} values are something else, for example "${firstLetters(example, 40)}". ` +
          'Give the columns their published names (docs/formats.md) and ingest again',
      );
    }
  }
}
