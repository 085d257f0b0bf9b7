/** The report of a run: cost, learning curves, the leaderboard once evaluated, and example recommendations. */
import * as Plot from '@observablehq/plot';
import type { Examples } from '../metric/examples.ts';
import type { Leaderboard } from '../metric/leaderboard.ts';
import { flatten } from '../track/flatten.ts';
import type { RunRecord } from '../track/run-record.ts';
import { bars, chart, colourScale } from './chart.ts';
import { leaderboardSections } from './leaderboard-charts.ts';
import { list, type Markup, pageHtml, type Section, side, table } from './page.ts';

export function runReport(
  record: RunRecord,
  examples: Examples | null,
  board: Leaderboard | null,
): string {
  const sections: Section[] = [
    costSection(record),
    ...Object.entries(record.epochs).map(([model, epochs]) => curveSection(model, epochs)),
    ...(board ? leaderboardSections(board) : []),
    ...(examples && examples.people > 0 ? [mostSection(examples), listSection(examples)] : []),
    parameterSection(record),
  ];
  return pageHtml({
    title: `Run ${record.id}`,
    lead: `${record.origin}: ${record.people} people, ${record.titles} titles, ${record.interactions} rows; ${record.status} after ${record.seconds.toFixed(1)} s. Seed ${record.seed ?? 'of each model'}, dataset ${record.fingerprint.slice(0, 12)}${record.commit ? `, source ${record.commit.slice(0, 12)}` : ''}.`,
    sections,
  });
}

function costSection({ models }: RunRecord): Section {
  const rows = Object.entries(models);
  return {
    heading: 'Models',
    body: [
      table(
        ['model', 'seconds', 'peak memory MB', 'saved MB'],
        rows.map(([model, { seconds, peakMemoryBytes, savedBytes }]) => [
          model,
          seconds.toFixed(2),
          (peakMemoryBytes / 1e6).toFixed(0),
          (savedBytes / 1e6).toFixed(2),
        ]),
      ),
    ],
  };
}

/** One chart per metric: "training.loss" and "validation.loss" are two lines of one chart. */
function curveSection(model: string, epochs: readonly Readonly<Record<string, number>>[]): Section {
  const points = epochs.flatMap(({ epoch, ...values }) =>
    Object.entries(values).map(([path, value]) => {
      const [measure, ...before] = path.split('.').reverse();
      return { epoch: epoch + 1, measure, series: before.reverse().join('.') || measure, value };
    }),
  );
  const measures = [...new Set(points.map(({ measure }) => measure))];
  return {
    heading: `${model}, epoch by epoch`,
    body: [
      side(
        measures.map((measure) =>
          curve(
            measure,
            points.filter((p) => p.measure === measure),
          ),
        ),
      ),
    ],
  };
}

function curve(measure: string, points: readonly { series: string; epoch: number }[]): Markup {
  return chart(measure, {
    x: { label: 'epoch', ticks: 6, tickFormat: 'd' },
    y: { label: null, grid: true },
    color: colourScale([...new Set(points.map(({ series }) => series))]),
    marks: [
      Plot.lineY(points, { x: 'epoch', y: 'value', stroke: 'series', strokeWidth: 2 }),
      Plot.dot(points, { x: 'epoch', y: 'value', fill: 'series', r: 2.5 }),
    ],
  });
}

function mostSection({ model, people, mostRecommended }: Examples): Section {
  const rows = mostRecommended.map(({ title, people }) => ({ name: title, count: people }));
  return {
    heading: 'Most recommended titles',
    text: `How many of ${people} validation people have a title in their top ten (${model}).`,
    body: [bars('people with the title in their top ten', rows, { label: 'people' })],
  };
}

function listSection({ lists }: Examples): Section {
  return {
    heading: 'A few people',
    text: 'Favourites that the model knew, and what it recommends. "liked", "seen", "disliked": the title was held out and the person had it.',
    body: lists.map(({ userId, favourites, recommended }) =>
      side([
        list(
          `Person ${userId}: favourites`,
          favourites.map(({ title, rating }) => (rating > 0 ? `${title}: ${rating}` : title)),
        ),
        list(
          'recommended',
          recommended.map(({ title, heldOut }) => (heldOut ? `${title} (${heldOut})` : title)),
        ),
      ]),
    ),
  };
}

function parameterSection({ parameters }: RunRecord): Section {
  return {
    heading: 'Parameters',
    body: Object.entries(parameters).map(([model, options]) =>
      table(
        [model, ''],
        flatten(options).map(([path, value]) => [path, String(value)]),
      ),
    ),
  };
}
