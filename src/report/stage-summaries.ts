/** What each stage's summary has: the metrics and the tables that `--summary` writes. */

import type { Dataset } from '../data/dataset.ts';
import type { Manifest } from '../home/manifest.ts';
import type { ModelEvaluation } from '../metric/evaluate-model.ts';
import type { Leaderboard } from '../metric/leaderboard.ts';
import { meansOfLists } from '../metric/list/list-measures.ts';
import type { RankCurves } from '../metric/rank-curves.ts';
import type { Relevance } from '../metric/ranking.ts';
import type { BundleAbout } from '../recommend/bundle-file.ts';
import type { IngestReport } from '../source/ingest/ingest-report.ts';
import type { RunRecord } from '../track/run-record.ts';
import type { Summary, Table } from './summary.ts';

export function ingestSummary({ rows, users, titles, files }: IngestReport): Summary {
  const byFile = files.map(({ file, read, kept, duplicates, rejected }) => [
    file.replace(/\.csv.*$/, ''),
    { read, kept, duplicates, rejected },
  ]);
  return {
    stage: 'ingest',
    metrics: { rows, people: users, titles, files: Object.fromEntries(byFile) },
  };
}

export function prepareSummary({ users, items, interactions, parts }: Dataset): Summary {
  const { ratings } = interactions;
  const counts = new Array<number>(11).fill(0);
  for (const rating of ratings) counts[rating]++;
  const [unscored, ...scored] = counts;
  return {
    stage: 'prepare',
    metrics: {
      ...{ people: users.size, titles: items.size, rows: ratings.length, unscored },
      heldOut: {
        validation: parts.validation.to - parts.validation.from,
        test: parts.test.to - parts.test.from,
      },
    },
    tables: {
      ratings: { columns: ['rating', 'rows'], rows: scored.map((count, i) => [i + 1, count]) },
    },
  };
}

export function trainSummary({ models, epochs, people, interactions }: RunRecord): Summary {
  const saved = Object.entries(models).map(([name, { savedBytes }]) => {
    const reports = epochs[name] ?? [];
    const learned = reports.length > 0 ? { epochs: reports.length, last: reports.at(-1) } : {};
    return [name, { savedBytes, ...learned }];
  });
  return {
    stage: 'train',
    metrics: { people, interactions, models: Object.fromEntries(saved) },
    tables: { epochs: epochTable(epochs) },
  };
}

/** A row for each epoch; a column for each figure of each model that learns in epochs. */
function epochTable(epochs: RunRecord['epochs']): Table {
  const series = Object.entries(epochs).flatMap(([model, reports]) =>
    Object.keys(reports[0] ?? {})
      .filter((figure) => figure !== 'epoch')
      // a dot would be a path for programs that draw it
      .map((figure) => ({ column: `${model}.${figure}`.replace(/\W/g, '_'), figure, reports })),
  );
  const longest = Math.max(0, ...Object.values(epochs).map((reports) => reports.length));
  return {
    columns: ['epoch', ...series.map(({ column }) => column)],
    rows: Array.from({ length: longest }, (_, i) => [
      i + 1,
      ...series.map(({ figure, reports }) => reports[i]?.[figure] ?? Number.NaN),
    ]),
  };
}

export function evaluateSummary({ people, models }: Leaderboard): Summary {
  const byName = [...models].sort((a, b) => (a.model < b.model ? -1 : 1));
  return {
    stage: 'evaluate',
    metrics: {
      people,
      models: Object.fromEntries(byName.map((model) => [model.model, meansOf(model)])),
    },
    tables: {
      models: modelTable(models),
      recall: curveTable(byName, 'recall'),
      ndcg: curveTable(byName, 'ndcg'),
    },
  };
}

function meansOf(evaluation: ModelEvaluation): object {
  const { liked, seen, tasks = {}, lists, coverage10, popularity20, dislikes20 } = evaluation;
  const means = (relevance: Relevance) =>
    Object.fromEntries(Object.entries(relevance).map(([metric, { mean }]) => [metric, mean]));
  return {
    ...{ liked: means(liked), seen: means(seen) },
    ...Object.fromEntries(Object.entries(tasks).map(([task, of]) => [task, means(of.liked)])),
    ...(lists && { lists: Object.fromEntries(meansOfLists(lists)) }),
    ...{ coverage10, popularity20: popularity20.mean, dislikes20: dislikes20.mean },
  };
}

function modelTable(models: readonly ModelEvaluation[]): Table {
  return {
    columns: [
      ...['model', 'liked_ndcg10', 'liked_recall20', 'liked_ndcg100'],
      ...['new_stories_ndcg10', 'discovery_ndcg10', 'few_known5_ndcg10', 'dislikes_per_hit20'],
    ],
    rows: models.map(({ model, liked: { ndcg10, recall20, ndcg100 }, tasks, lists }) => [
      model,
      ...[ndcg10.mean, recall20.mean, ndcg100.mean],
      ...(['newStories', 'discovery', 'fewKnown5'] as const).map(
        (task) => tasks?.[task]?.liked.ndcg10.mean ?? Number.NaN,
      ),
      lists?.dislikesPerHit20.mean ?? Number.NaN,
    ]),
  };
}

/** A row for each k, a column for each model. */
function curveTable(models: readonly ModelEvaluation[], curve: keyof RankCurves): Table {
  const values = models.map(({ curves }) => curves?.[curve] ?? []);
  const longest = Math.max(0, ...values.map(({ length }) => length));
  return {
    columns: ['k', ...models.map(({ model }) => model)],
    rows: Array.from({ length: longest }, (_, i) => [
      i + 1,
      ...values.map((of) => of[i] ?? Number.NaN),
    ]),
  };
}

export function publishSummary({ files }: Manifest, about: BundleAbout): Summary {
  const { people, titles, interactions, metrics = {} } = about;
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  return { stage: 'publish', metrics: { bytes, people, titles, interactions, held_out: metrics } };
}
