/**
 * How close predictions are to the targets of training or validation rows:
 *
 *   loss       mean of −t·ln a − (1 − t)·ln(1 − a), a kept 10⁻⁷ away from 0 and 1
 *   mae, mse   mean of |a − t| and of (a − t)²
 *   for targets of 0 and 1: accuracy, precision and recall at a > .5; auc = P(a of a 1 > a of a 0), ties half,
 *   predictions compared to a precision of 1/4096. Precision and recall of nothing are 0, an auc without both kinds is .5.
 */
export interface RowMetrics {
  readonly rows: number;
  readonly loss: number;
  readonly mae: number;
  readonly mse: number;
  readonly accuracy?: number;
  readonly precision?: number;
  readonly recall?: number;
  readonly auc?: number;
}

const CLIP = 1e-7;
const BINS = 4096;

export class RowMetricsSum {
  #rows = 0;
  #loss = 0;
  #absolute = 0;
  #squared = 0;
  /** predictions of rows with the target 0 and 1, by size */
  readonly #zeros = new Uint32Array(BINS + 1);
  readonly #ones = new Uint32Array(BINS + 1);
  readonly #hits = { truePositive: 0, falsePositive: 0, falseNegative: 0 };

  constructor(private readonly binary: boolean) {}

  /** Adds the first `count` rows. */
  add(predictions: Float32Array, targets: Float32Array, count: number): void {
    for (let n = 0; n < count; n++) {
      const t = targets[n];
      const a = Math.min(1 - CLIP, Math.max(CLIP, predictions[n]));
      const off = predictions[n] - t;
      this.#loss -= t * Math.log(a) + (1 - t) * Math.log(1 - a);
      this.#absolute += Math.abs(off);
      this.#squared += off * off;
    }
    this.#rows += count;
    if (this.binary) this.countHits(predictions, targets, count);
  }

  /** The sum of losses is no number once a prediction was none. */
  get isFinite(): boolean {
    return Number.isFinite(this.#loss);
  }

  result(): RowMetrics {
    const rows = this.#rows;
    const shares = {
      loss: this.#loss / rows,
      mae: this.#absolute / rows,
      mse: this.#squared / rows,
    };
    return { rows, ...shares, ...(this.binary ? this.binaryResult() : {}) };
  }

  private countHits(predictions: Float32Array, targets: Float32Array, count: number): void {
    for (let n = 0; n < count; n++) {
      const positive = predictions[n] > 0.5;
      const bin = Math.floor(predictions[n] * BINS);
      if (targets[n] === 1) {
        this.#ones[bin]++;
        if (positive) this.#hits.truePositive++;
        else this.#hits.falseNegative++;
      } else {
        this.#zeros[bin]++;
        if (positive) this.#hits.falsePositive++;
      }
    }
  }

  private binaryResult() {
    const { truePositive, falsePositive, falseNegative } = this.#hits;
    return {
      accuracy: 1 - (falsePositive + falseNegative) / this.#rows,
      precision: ratio(truePositive, truePositive + falsePositive),
      recall: ratio(truePositive, truePositive + falseNegative),
      auc: this.auc(),
    };
  }

  private auc(): number {
    let below = 0;
    let ordered = 0;
    let ones = 0;
    for (let bin = 0; bin <= BINS; bin++) {
      ordered += this.#ones[bin] * (below + this.#zeros[bin] / 2);
      below += this.#zeros[bin];
      ones += this.#ones[bin];
    }
    return ones * below === 0 ? 0.5 : ordered / (ones * below);
  }
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
