/**
 * The learning rate of an epoch (from 0 on), and when to stop. Both follow from the losses of the epochs before, so a
 * resumed training needs no memory of its own.
 *
 *   warm-up   epoch < w:      start + (maximum − start) / w · epoch
 *             epoch < w + s:  maximum
 *             then:           minimum + (maximum − minimum) · decay^(epoch − w − s)
 *   plateau   rate, times `factor` (not below minimum) whenever `patience` epochs have not improved the loss by 10⁻⁴
 *   constant  rate
 *
 * (w = warmUp, s = sustain.) A minimum above the maximum is allowed, as public projects have it: the rate then rises
 * towards it.
 */
import { type Static, Type } from 'typebox';

const rate = (value: number) => Type.Number({ exclusiveMinimum: 0, default: value });
const epochs = (value: number) => Type.Integer({ minimum: 0, default: value });
const factor = (value: number) =>
  Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1, default: value });

export const ScheduleOptions = Type.Union(
  [
    Type.Object(
      { kind: Type.Literal('constant'), rate: rate(1e-3) },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        kind: Type.Literal('plateau'),
        rate: rate(1e-3),
        factor: factor(0.5),
        patience: Type.Integer({ minimum: 1, default: 2 }),
        minimum: rate(1e-4),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        kind: Type.Literal('warm-up'),
        start: rate(1e-5),
        maximum: rate(1e-3),
        minimum: rate(1e-5),
        warmUp: epochs(5),
        sustain: epochs(0),
        decay: factor(0.8),
      },
      { additionalProperties: false },
    ),
  ],
  { default: { kind: 'plateau', rate: 2e-3, factor: 0.5, patience: 2, minimum: 1e-4 } },
);
export type ScheduleOptions = Static<typeof ScheduleOptions>;

/** An epoch that is better by less has not improved (Keras' min_delta of ReduceLROnPlateau). */
const LEAST_IMPROVEMENT = 1e-4;

/** @param losses of the epochs before this one, in order: epoch = losses.length */
export function learningRate(schedule: ScheduleOptions, losses: readonly number[]): number {
  switch (schedule.kind) {
    case 'constant':
      return schedule.rate;
    case 'plateau':
      return plateauRate(schedule, losses);
    case 'warm-up':
      return warmUpRate(schedule, losses.length);
  }
}

type Kind<K extends ScheduleOptions['kind']> = Extract<ScheduleOptions, { kind: K }>;

function warmUpRate(options: Kind<'warm-up'>, epoch: number): number {
  const { start, maximum, minimum, warmUp, sustain, decay } = options;
  if (epoch < warmUp) return start + ((maximum - start) / warmUp) * epoch;
  if (epoch < warmUp + sustain) return maximum;
  return minimum + (maximum - minimum) * decay ** (epoch - warmUp - sustain);
}

function plateauRate(options: Kind<'plateau'>, losses: readonly number[]): number {
  let current = options.rate;
  let best = Number.POSITIVE_INFINITY;
  let waited = 0;
  for (const loss of losses) {
    if (loss < best - LEAST_IMPROVEMENT) {
      best = loss;
      waited = 0;
    } else if (++waited >= options.patience) {
      current = Math.max(Math.min(current, options.minimum), current * options.factor);
      waited = 0;
    }
  }
  return current;
}

/** The epoch with the lowest loss, the first of equals; −1 when there is none. */
export function bestEpoch(losses: readonly number[]): number {
  return losses.reduce((best, loss, epoch) => (best < 0 || loss < losses[best] ? epoch : best), -1);
}

/** Early stopping: `patience` epochs in a row have not gone below the lowest loss. 0 never stops. */
export function shouldStop(losses: readonly number[], patience: number): boolean {
  return patience > 0 && losses.length - 1 - bestEpoch(losses) >= patience;
}
