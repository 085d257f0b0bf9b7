/** How the columns of a file of ratings are read. */
import type { Recognised } from '../layout/layout.ts';
import type { RatingField, RatingLayout } from '../layout/rating-layouts.ts';

/** Where a row of numbers has each field. */
export const SLOT = { person: 0, animeId: 1, rating: 2, status: 3, episodes: 4, time: 5 } as const;
export const SLOTS = 6;

/** What a column holds. */
export const KIND = {
  skipped: 0,
  number: 1,
  /** 0–10, empty = not scored */
  score: 2,
  /** .1–10.0 in tenths, empty = not scored */
  tenths: 3,
  /** a code or a word, empty = not known */
  status: 4,
  /** a number, empty = 0 */
  count: 5,
  name: 6,
  /** Unix seconds or an ISO date, empty = not known */
  time: 7,
} as const;

export interface RatingPlan {
  readonly separator: number;
  /** kind of each column */
  readonly kinds: Uint8Array;
  /** slot of each column; 0 where it is skipped */
  readonly slots: Uint8Array;
  readonly hasStatus: boolean;
  readonly hasTime: boolean;
  readonly hasTenths: boolean;
  /** whether titles have numbers of the data set's own */
  readonly hasOwnIds: boolean;
  /** whether there are columns of text, in which quotes and line breaks may be */
  readonly hasText: boolean;
  /** whether the columns are those of the 2020 data set, which are read fastest */
  readonly isPlain: boolean;
}

const COMMA = 44;

export function planOf({ layout, header, position }: Recognised<RatingLayout>): RatingPlan {
  const columns = header.names.length;
  const kinds = new Uint8Array(columns);
  const slots = new Uint8Array(columns);
  const kindOf: Record<RatingField, number> = {
    person: layout.named ? KIND.name : KIND.number,
    animeId: KIND.number,
    rating: layout.tenths ? KIND.tenths : KIND.score,
    status: KIND.status,
    episodes: KIND.count,
    time: KIND.time,
  };
  for (const [field, at] of Object.entries(position) as [RatingField, number][]) {
    kinds[at] = kindOf[field];
    slots[at] = SLOT[field];
  }
  const separator = header.separator.charCodeAt(0);
  const inOrder = slots.every((slot, at) => slot === at && kinds[at] !== KIND.skipped);
  return {
    ...{ separator, kinds, slots },
    hasStatus: position.status !== undefined,
    hasTime: position.time !== undefined,
    hasTenths: layout.tenths,
    hasOwnIds: layout.id === '2025',
    hasText: kinds.some((kind) => kind === KIND.skipped || kind === KIND.name),
    isPlain:
      inOrder &&
      separator === COMMA &&
      !layout.named &&
      !layout.tenths &&
      (columns === 3 || columns === 5),
  };
}
