/** File + environment + flags (all unknown) → Config (typed). The only reader of the environment. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { UsageError } from './error.ts';

const share = (value: number) => Type.Number({ minimum: 0, maximum: 1, default: value });
const count = (value: number, minimum = 0) => Type.Integer({ minimum, default: value });
const amount = (value: number) => Type.Number({ minimum: 0, default: value });

/** How much liking an interaction states; see data/weights.ts. */
export const WeightOptions = Type.Object(
  {
    /** weight gained per point above the person's own mean */
    slope: amount(0.3),
    /** 0 = points count as they are; 1 = divided by the person's own spread (relative to 1.3 points) */
    spread: share(0),
    /** scored but by someone with few scores: their mean leans towards 7.5 as if this many scores had been 7.5 */
    shrinkage: amount(3),
    floor: amount(0.1),
    ceiling: amount(2.5),
    /** a listed title without a score */
    unscored: Type.Object(
      { completed: amount(0.7), watching: amount(0.7), on_hold: amount(0.5), dropped: amount(0.1) },
      { additionalProperties: false, default: {} },
    ),
    /** scored, but dropped or on hold: its weight is multiplied by */
    dropped: amount(1),
    onHold: amount(1),
    /** plan-to-watch: interest, never "seen" */
    planned: amount(0),
  },
  { additionalProperties: false, default: {} },
);
export type WeightOptions = Static<typeof WeightOptions>;

export const EaseOptions = Type.Object(
  {
    /** λ, added to the diagonal of G */
    regularization: amount(60),
    /** β of DAN's user normalisation: a person counts by (their total weight)^−β */
    userNormalization: share(0.2),
    /** p of EDLAE: adds p/(1−p)·diag(G) to the diagonal */
    dropout: Type.Number({ minimum: 0, maximum: 0.95, default: 0.15 }),
    /** α, weight of the content rows */
    content: amount(20),
    /** entries kept per title, by size */
    neighbours: count(200, 1),
    weights: WeightOptions,
  },
  { additionalProperties: false, default: {} },
);
export type EaseOptions = Static<typeof EaseOptions>;

const Config = Type.Object(
  {
    /** a folder, a .zip, an http(s) address; null = the built-in sample */
    source: Type.Union([Type.String(), Type.Null()], { default: null }),
    threads: count(0),
    ingest: Type.Object(
      {
        /** first rows only; 0 = all */
        rows: count(0),
        /** more rejected rows than this share (unknown ids apart) stop the stage */
        maxRejected: share(0.05),
      },
      { additionalProperties: false, default: {} },
    ),
    prepare: Type.Object(
      {
        minRatingsPerUser: count(5, 1),
        /** held-out people; never more than a tenth of everyone each */
        validationUsers: count(700),
        testUsers: count(700),
        /** held-out people have seen at least this many titles */
        minHeldOutRatings: count(10, 2),
        seed: Type.Integer({ default: 42 }),
        /** path of an anime-offline-database JSON with relations between titles */
        relations: Type.Union([Type.String(), Type.Null()], { default: null }),
      },
      { additionalProperties: false, default: {} },
    ),
    train: Type.Object({ ease: EaseOptions }, { additionalProperties: false, default: {} }),
    serve: Type.Object(
      { host: Type.String({ default: '127.0.0.1' }), port: Type.Integer({ minimum: 0, maximum: 65535, default: 3000 }) },
      { additionalProperties: false, default: {} },
    ),
  },
  { additionalProperties: false, default: {} },
);
export type Config = Static<typeof Config> & { readonly home: string };
