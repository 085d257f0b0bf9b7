/**
 * Histograms of durations, counted in arrays and written as text when somebody asks. A request is counted in five of
 * them; `prom-client` looks each bucket up by a number made into text, which cost 5 % of a server's processor time
 * (`npm run bench -- watching`).
 *
 * Format: https://prometheus.io/docs/instrumenting/exposition_formats/
 */

export interface DurationsOptions<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
  /** upper bounds in seconds, ascending */
  readonly buckets: readonly number[];
}

/** The durations of one combination of labels. */
export class DurationSeries {
  readonly #bounds: Float64Array;
  /** by bucket, the last one for what is longer than every bound */
  readonly counts: Float64Array;
  sum = 0;

  constructor(bounds: Float64Array) {
    this.#bounds = bounds;
    this.counts = new Float64Array(bounds.length + 1);
  }

  observe(seconds: number): void {
    const bounds = this.#bounds;
    let bucket = 0;
    while (bucket < bounds.length && seconds > bounds[bucket]) bucket++;
    this.counts[bucket]++;
    this.sum += seconds;
  }
}

export class Durations<Label extends string> {
  readonly #options: DurationsOptions<Label>;
  readonly #bounds: Float64Array;
  readonly #series = new Map<string, DurationSeries>();

  constructor(options: DurationsOptions<Label>) {
    this.#options = options;
    this.#bounds = Float64Array.from(options.buckets);
  }

  /** The series of these labels, which is made at the first call. */
  of(labels: Readonly<Record<Label, string>>): DurationSeries {
    const { labelNames } = this.#options;
    const written = labelNames.map((name) => `${name}="${escaped(labels[name])}"`).join(',');
    let series = this.#series.get(written);
    if (!series) {
      series = new DurationSeries(this.#bounds);
      this.#series.set(written, series);
    }
    return series;
  }

  /** All series, as Prometheus reads them. */
  text(): string {
    const { name, help, buckets } = this.#options;
    const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`];
    for (const [labels, { counts, sum }] of this.#series) {
      let count = 0;
      for (const [bucket, bound] of [...buckets, '+Inf'].entries()) {
        count += counts[bucket];
        lines.push(`${name}_bucket{le="${bound}",${labels}} ${count}`);
      }
      lines.push(`${name}_sum{${labels}} ${sum}`, `${name}_count{${labels}} ${count}`);
    }
    return `${lines.join('\n')}\n`;
  }
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}
