/** The portrait of a taste as the server sends it, checked. */
import { type Anime, readAnime } from '../app/answers.ts';
import { ask } from '../app/api.ts';
import { type Asked, ratingOf } from '../picks/picks.ts';

export interface Leaning {
  /** a genre, or the first year of a decade */
  readonly kind: string | number;
  readonly titles: number;
  readonly mine: number;
  readonly everyone: number;
  /** above 0 = favoured */
  readonly lean: number;
  readonly sure: number;
}

export interface Surprise {
  readonly anime: Anime;
  readonly rating: number;
  readonly predicted: number;
}

export interface Taste {
  readonly seen: number;
  readonly scored: number;
  readonly genres: readonly Leaning[];
  readonly decades: readonly Leaning[];
  /** counts of 1, 2, … 10 */
  readonly mine: readonly number[];
  readonly everyone: readonly number[];
  readonly mean: number | null;
  readonly aboveCrowd: number | null;
  readonly steering: readonly { anime: Anime; share: number; brings: Anime | null }[];
  readonly higher: readonly Surprise[];
  readonly lower: readonly Surprise[];
  readonly kindred: {
    readonly people: number;
    readonly shared: number;
    readonly loves: readonly { anime: Anime; lovers: number }[];
  } | null;
}

export async function getTaste(
  { picks, whole }: Pick<Asked, 'picks' | 'whole'>,
  signal: AbortSignal,
): Promise<Taste> {
  return readTaste(await ask('/api/taste', signal, { ratings: picks.map(ratingOf), whole }));
}

function readTaste(value: unknown): Taste {
  const fields = fieldsOf(value);
  const scale = fieldsOf(fields.scale);
  const surprises = fieldsOf(fields.surprises);
  return {
    seen: number(fields.seen),
    scored: number(fields.scored),
    genres: list(fields.genres).map(readLeaning),
    decades: list(fields.decades).map(readLeaning),
    mine: list(scale.mine).map(number),
    everyone: list(scale.everyone).map(number),
    mean: optional(scale.mean),
    aboveCrowd: optional(scale.aboveCrowd),
    steering: list(fields.steering).map(readSteering),
    higher: list(surprises.higher).map(readSurprise),
    lower: list(surprises.lower).map(readSurprise),
    kindred: fields.kindred === null ? null : readKindred(fieldsOf(fields.kindred)),
  };
}

function readLeaning(value: unknown): Leaning {
  const { kind, titles, mine, everyone, lean, sure } = fieldsOf(value);
  return {
    kind: typeof kind === 'number' ? kind : String(kind),
    titles: number(titles),
    mine: number(mine),
    everyone: number(everyone),
    lean: number(lean),
    sure: number(sure),
  };
}

function readSteering(value: unknown): Taste['steering'][number] {
  const { anime, share, brings } = fieldsOf(value);
  return {
    anime: readAnime(anime),
    share: number(share),
    brings: brings === null ? null : readAnime(brings),
  };
}

function readSurprise(value: unknown): Surprise {
  const { anime, rating, predicted } = fieldsOf(value);
  return { anime: readAnime(anime), rating: number(rating), predicted: number(predicted) };
}

function readKindred({ people, shared, loves }: Fields): NonNullable<Taste['kindred']> {
  return {
    people: number(people),
    shared: number(shared),
    loves: list(loves).map((value) => {
      const { anime, lovers } = fieldsOf(value);
      return { anime: readAnime(anime), lovers: number(lovers) };
    }),
  };
}

type Fields = Record<string, unknown>;

function fieldsOf(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new TypeError('The server sent a portrait that this page does not understand. Reload it.');
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function optional(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
