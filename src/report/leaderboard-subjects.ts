/** Sections of the leaderboard by subject: the tasks, what is in the lists, and differences from the published model. */
import type { ModelEvaluation } from '../metric/evaluate-model.ts';
import { TASKS, type TaskName } from '../metric/task/task.ts';
import { fixed, intervals, within } from './interval-chart.ts';
import { type Markup, type Section, side, table } from './page.ts';

const COMPARED: readonly (readonly [measure: string, name: string])[] = [
  ['liked.ndcg10', 'liked NDCG@10'],
  ['liked.recall20', 'liked Recall@20'],
  ['newStories.ndcg10', 'new stories NDCG@10'],
  ['discovery.ndcg10', 'discovery NDCG@10'],
  ['fewKnown5.ndcg10', '5 known NDCG@10'],
  ['lists.newStories10', 'share of new stories'],
  ['lists.dislikesPerHit20', 'dislikes per hit'],
];

/** Nothing of a leaderboard of an earlier release. */
export function subjectSections(models: readonly ModelEvaluation[]): Section[] {
  const withTasks = models.filter(({ tasks }) => tasks);
  const withLists = models.filter(({ lists }) => lists);
  const compared = models.filter(({ difference }) => difference);
  return [
    ...(withTasks.length > 0 ? [taskSection(withTasks)] : []),
    ...(withLists.length > 0 ? [listSection(withLists)] : []),
    ...(compared.length > 0 ? [differenceSection(compared)] : []),
  ];
}

function taskSection(models: readonly ModelEvaluation[]): Section {
  const tasks = TASKS.filter(([task]) => models.some((row) => row.tasks?.[task]));
  return {
    heading: 'New stories, and few known titles',
    text: 'Liked titles. New stories: ranking and targets are of franchises that the person has not begun. Discovery: five favourites are known; targets are neither of their franchises nor among the 100 best-known titles. Few known: so many titles drawn at random are known, and all the others are targets.',
    body: [
      side(
        tasks.map(([task, name]) =>
          intervals(`${name}, NDCG@10`, models, (row) => row.tasks?.[task]?.liked.ndcg10),
        ),
      ),
      table(
        ['task', 'people', 'model', 'NDCG@10', 'Recall@20', 'Recall@50', 'NDCG@100'],
        tasks.flatMap(([task, name]) => models.flatMap((row) => taskRow(row, task, name))),
      ),
    ],
  };
}

function taskRow({ model, tasks }: ModelEvaluation, task: TaskName, name: string) {
  const found = tasks?.[task];
  if (!found) return [];
  const { ndcg10, recall20, recall50, ndcg100 } = found.liked;
  return [[name, found.people, model, ...[ndcg10, recall20, recall50, ndcg100].map(within)]];
}

function listSection(models: readonly ModelEvaluation[]): Section {
  return {
    heading: 'What is in the lists',
    text: 'Top tens. New stories: the share of titles of franchises not begun, and how many of them are liked held-out ones. Diversity: how different the genres of two titles of a list are. Calibration: how far the list’s genres, and its share of well and little known titles, are from those of the person’s own list (Kullback–Leibler divergence, 0 is the same). Gini: how unevenly recommendations fall on the catalogue. Dislikes per hit: of the held-out titles found in the top 20, those dropped or disliked.',
    body: [
      table(
        [
          ...['model', 'new stories', 'liked among them', 'genre diversity', 'genre calibration'],
          ...['popularity calibration', 'Gini', 'dislikes per hit', 'dislikes in top 20'],
        ],
        models.flatMap((row) => (row.lists ? [listRow(row, row.lists)] : [])),
      ),
    ],
  };
}

function listRow(
  { model, dislikes20 }: ModelEvaluation,
  lists: NonNullable<ModelEvaluation['lists']>,
): string[] {
  const { newStories10, newStoriesLiked10, genreDiversity10, dislikesPerHit20 } = lists;
  const { genreCalibration10, popularityCalibration10, gini10 } = lists;
  return [
    model,
    ...[newStories10, newStoriesLiked10, genreDiversity10, genreCalibration10].map(within),
    ...[within(popularityCalibration10), fixed(gini10, 3)],
    ...[within(dislikesPerHit20), within(dislikes20)],
  ];
}

function differenceSection(models: readonly ModelEvaluation[]): Section {
  const from = models[0].difference?.from;
  const shown = (measure: string): Markup[] => {
    const name = COMPARED.find(([one]) => one === measure)?.[1] ?? measure;
    return [
      intervals(`${name}, minus ${from}`, models, ({ difference }) => difference?.of[measure]),
    ];
  };
  return {
    heading: `Difference from ${from}`,
    text: 'On the same people: the mean of the differences person by person is more certain than the difference of two means. An interval without 0 is a difference.',
    body: [
      side([...shown('liked.ndcg10'), ...shown('newStories.ndcg10')]),
      table(
        ['model', ...COMPARED.map(([, name]) => name)],
        models.map(({ model, difference }) => [
          model,
          ...COMPARED.map(([measure]) => {
            const interval = difference?.of[measure];
            return interval ? within(interval) : '–';
          }),
        ]),
      ),
    ],
  };
}
