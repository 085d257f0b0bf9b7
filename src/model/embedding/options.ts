/** What the embedding network is trained on and how: options with their defaults. */
import { type Static, Type } from 'typebox';
import { parseOptions } from '../../config/parse-options.ts';
import { DIMENSION_STEP } from '../../linalg/wasm/embedding-kernels.ts';
import { ScheduleOptions } from './schedule.ts';

const count = (value: number, minimum = 0) => Type.Integer({ minimum, default: value });
/** a target of its own, or null: such rows are left out */
const targetOrNone = Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()], {
  default: null,
});

export const EmbeddingOptions = Type.Object(
  {
    /** length of a person's and of a title's vector */
    dimension: Type.Integer({
      minimum: DIMENSION_STEP,
      multipleOf: DIMENSION_STEP,
      maximum: 1024,
      default: 128,
    }),
    /** rating: the scaled rating itself; liked: whether it is at least likedFrom */
    target: Type.Union([Type.Literal('rating'), Type.Literal('liked')], { default: 'rating' }),
    likedFrom: Type.Number({ minimum: 0, maximum: 1, default: 0.6 }),
    /** the rating that is scaled to 0; 10 is scaled to 1 */
    lowest: Type.Union([Type.Literal(0), Type.Literal(1)], { default: 1 }),
    unscored: targetOrNone,
    planned: targetOrNone,
    /** titles drawn beside each row that the person does not list, with the target 0 */
    negatives: count(4),
    /** rows held out by seed for early stopping: a number of rows, or a share if below 1 */
    validationRows: Type.Number({ minimum: 0, default: 0.02 }),
    batch: count(10_000, 1),
    epochs: count(20, 1),
    schedule: ScheduleOptions,
    /** λ of λ·‖row‖², for the rows that a batch names */
    l2: Type.Number({ minimum: 0, default: 0 }),
    /** epochs without a better validation loss after which training stops; 0 = never */
    patience: count(3),
    /** weight of the mean direction of all users against a user's own rows, in rows; see fold-in.ts */
    prior: Type.Number({ minimum: 0, default: 0 }),
    seed: Type.Integer({ default: 42 }),
  },
  { additionalProperties: false, default: {} },
);
export type EmbeddingOptions = Static<typeof EmbeddingOptions>;

/** @throws UsageError that names the field */
export function parseEmbeddingOptions(value: unknown): EmbeddingOptions {
  return parseOptions(EmbeddingOptions, value, 'train.models.embedding');
}
