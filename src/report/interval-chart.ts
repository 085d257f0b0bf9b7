/** Means of models with their 95 % intervals, as a chart and as text. */
import * as Plot from '@observablehq/plot';
import type { ModelEvaluation } from '../metric/evaluate-model.ts';
import type { Interval } from '../metric/interval.ts';
import { COLOURS, chart } from './chart.ts';
import type { Markup } from './page.ts';

/** A line for each model, on a scale that has 0. */
export function intervals(
  caption: string,
  models: readonly ModelEvaluation[],
  of: (evaluation: ModelEvaluation) => Interval | undefined,
): Markup {
  const rows = models.flatMap((evaluation) => {
    const interval = of(evaluation);
    return interval && Number.isFinite(interval.mean)
      ? [{ model: evaluation.model, ...interval }]
      : [];
  });
  return chart(caption, {
    marginLeft: 110,
    x: { label: null, grid: true, zero: true },
    y: { label: null, domain: models.map(({ model }) => model) },
    marks: [
      Plot.ruleY(rows, { y: 'model', x1: 'low', x2: 'high', stroke: COLOURS[0], strokeWidth: 2 }),
      Plot.dot(rows, {
        y: 'model',
        x: 'mean',
        r: 5,
        fill: COLOURS[0],
        title: ({ model, mean, low, high }) => `${model}: ${within({ mean, low, high })}`,
      }),
    ],
  });
}

/** .570 [.551, .588]; "–" when there was nobody to evaluate on. */
export function within({ mean, low, high }: Interval): string {
  if (!Number.isFinite(mean)) return '–';
  return `${fixed(mean, 3)} [${fixed(low, 3)}, ${fixed(high, 3)}]`;
}

export function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits).replace(/^(-?)0\./, '$1.') : '–';
}
