/** The leaderboard as charts: quality with its intervals, quality by group, quality against time and cost. */
import * as Plot from '@observablehq/plot';
import type { ModelEvaluation } from '../metric/evaluate-model.ts';
import type { Interval } from '../metric/interval.ts';
import type { Leaderboard } from '../metric/leaderboard.ts';
import type { RelevanceMetric } from '../metric/ranking.ts';
import { COLOURS, chart, colourScale } from './chart.ts';
import { fixed, intervals, within } from './interval-chart.ts';
import { subjectSections } from './leaderboard-subjects.ts';
import { type Markup, type Section, side, table } from './page.ts';

const METRICS: readonly (readonly [key: RelevanceMetric, name: string])[] = [
  ['ndcg10', 'NDCG@10'],
  ['recall20', 'Recall@20'],
  ['recall50', 'Recall@50'],
  ['ndcg100', 'NDCG@100'],
];

export function leaderboardSections(board: Leaderboard): Section[] {
  const { models, part, people, titles } = board;
  const close = models.filter(({ closely }) => closely);
  return [
    {
      heading: 'Quality',
      text: `${people} held-out people (${part}), full ranking over ${titles} titles. Liked: held-out titles rated at least 7 and at least the person's mean. Lines are 95 % bootstrap intervals.`,
      body: [
        side(
          METRICS.map(([key, name]) =>
            intervals(`liked ${name}`, models, ({ liked }) => liked[key]),
          ),
        ),
        qualityTable(models),
      ],
    },
    ...subjectSections(models),
    ...(close.length > 0 ? [groupSection(close), costSection(close)] : []),
  ];
}

function qualityTable(models: readonly ModelEvaluation[]): Markup {
  return table(
    [
      'model',
      ...METRICS.map(([, name]) => `liked ${name}`),
      ...METRICS.map(([, name]) => `seen ${name}`),
      'titles in top tens',
      'popularity',
      'dislikes per hit',
    ],
    models.map((row) => [
      row.model,
      ...METRICS.map(([key]) => within(row.liked[key])),
      ...METRICS.map(([key]) => within(row.seen[key])),
      row.coverage10,
      within(row.popularity20),
      row.lists ? within(row.lists.dislikesPerHit20) : '–',
    ]),
  );
}

function groupSection(models: readonly ModelEvaluation[]): Section {
  const rows = models.flatMap(({ model, closely }) =>
    (closely?.groups ?? []).map(({ group, people, liked }) => ({
      model,
      group: `${group} (${people})`,
      ...liked.ndcg10,
    })),
  );
  const groups = [...new Set(rows.map(({ group }) => group))];
  const names = models.map(({ model }) => model);
  const drawn = chart('liked NDCG@10 by group (people)', {
    width: 1000,
    marginLeft: 150,
    x: { label: null, grid: true, zero: true },
    y: { label: null, domain: names, axis: null },
    fy: { label: null, domain: groups },
    color: colourScale(names, true),
    marks: [
      Plot.ruleY(rows.filter(isKnown), {
        fy: 'group',
        y: 'model',
        x1: 'low',
        x2: 'high',
        stroke: 'model',
        strokeWidth: 2,
      }),
      Plot.dot(rows.filter(isKnown), {
        fy: 'group',
        y: 'model',
        x: 'mean',
        r: 4,
        fill: 'model',
        title: ({ model, group, mean, low, high }) =>
          `${model}, ${group}: ${within({ mean, low, high })}`,
      }),
    ],
    marginRight: 130,
  });
  return {
    heading: 'By group',
    text: 'People by list size (terciles) and taste (halves by mean popularity of their list); everyone with only 5 known titles; only targets with fewer than 10 ratings in training; each franchise counted once.',
    body: [
      drawn,
      table(
        [
          'group',
          'people',
          'model',
          'liked NDCG@10',
          'liked Recall@20',
          'liked NDCG@100',
          'seen NDCG@10',
        ],
        models.flatMap(({ model, closely }) =>
          (closely?.groups ?? []).map(({ group, people, liked, seen }) => [
            group,
            people,
            model,
            within(liked.ndcg10),
            within(liked.recall20),
            within(liked.ndcg100),
            within(seen.ndcg10),
          ]),
        ),
      ),
    ],
  };
}

function costSection(models: readonly ModelEvaluation[]): Section {
  const rows = models.map(({ model, liked, closely, cost }) => ({
    model,
    ndcg10: liked.ndcg10.mean,
    p50: closely?.latency.p50 ?? Number.NaN,
    p99: closely?.latency.p99 ?? Number.NaN,
    seconds: cost?.seconds ?? Number.NaN,
    memory: (cost?.peakMemoryBytes ?? Number.NaN) / 1e6,
    saved: (cost?.savedBytes ?? Number.NaN) / 1e6,
  }));
  const against = (key: 'p50' | 'seconds', label: string) =>
    chart(`liked NDCG@10 against ${label}`, {
      x: { label, type: 'log', grid: true, ticks: 4 },
      y: { label: null, grid: true, zero: true },
      marginRight: 70,
      marks: [
        Plot.dot(
          rows.filter((row) => row[key] > 0),
          { x: key, y: 'ndcg10', r: 5, fill: COLOURS[1] },
        ),
        Plot.text(
          rows.filter((row) => row[key] > 0),
          { x: key, y: 'ndcg10', text: 'model', dy: -12, fill: 'currentColor' },
        ),
      ],
    });
  return {
    heading: 'Time and cost',
    text: 'Latency is the time of one recommendation in the process (scores and the best 20); memory is the peak of the process while the model was fitted.',
    body: [
      side([against('p50', 'latency, median ms'), against('seconds', 'training, s')]),
      table(
        ['model', 'ms p50', 'ms p99', 'training s', 'peak memory MB', 'saved MB'],
        rows.map(({ model, p50, p99, seconds, memory, saved }) => [
          model,
          ...[p50, p99].map((value) => fixed(value, 2)),
          fixed(seconds, 1),
          fixed(memory, 0),
          fixed(saved, 1),
        ]),
      ),
    ],
  };
}

function isKnown({ mean }: Interval): boolean {
  return Number.isFinite(mean);
}
