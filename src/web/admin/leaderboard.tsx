/** The leaderboard as a table, each number with its interval. */

import type { AdminClient, EvaluatedModel, Interval, Leaderboard } from '../../api/admin-client.ts';
import { isNotFound } from '../../api/client.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { endOf, IntervalCell } from './charts/interval-cell.tsx';
import { type Column, SortableTable } from './charts/sortable-table.tsx';
import { AdminSection, Answered } from './section.tsx';
import { useAdminMessages } from './use-messages.ts';

const METRICS = [
  ['ndcg10', 'NDCG@10'],
  ['recall20', 'Recall@20'],
  ['recall50', 'Recall@50'],
  ['ndcg100', 'NDCG@100'],
] as const;
const TASKS = ['newStories', 'discovery', 'fewKnown5'] as const;
const UNKNOWN: Interval = { mean: null, low: null, high: null };

export function AdminLeaderboard({ api }: { api: AdminClient }) {
  const { leaderboard: messages, sections } = useAdminMessages();
  const answer = useAnswer('leaderboard', (signal) => leaderboard(api, signal));
  return (
    <AdminSection id="leaderboard" heading={sections.leaderboard}>
      <Answered answer={answer}>
        {(board) => (board ? <LeaderboardTable board={board} /> : <p>{messages.none}</p>)}
      </Answered>
    </AdminSection>
  );
}

/** null = no model has been evaluated yet */
async function leaderboard(api: AdminClient, signal: AbortSignal): Promise<Leaderboard | null> {
  try {
    return (await api.getLeaderboard({ signal })).board;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function LeaderboardTable({ board }: { board: Leaderboard }) {
  const { leaderboard: messages, sections, formats } = useAdminMessages();
  const { origin, part, people, titles, models } = board;
  const interval = (
    id: string,
    label: string,
    of: (row: EvaluatedModel) => Interval,
  ): Column<EvaluatedModel> => {
    const end = endOf(models.map(of));
    return {
      id,
      label,
      numeric: true,
      value: (row) => of(row).mean,
      cell: (row) => <IntervalCell interval={of(row)} end={end} />,
    };
  };
  const quality = (of: 'liked' | 'seen') =>
    METRICS.map(([key, name]) =>
      interval(`${of} ${key}`, `${messages[of]} ${name}`, (row) => row[of][key] ?? UNKNOWN),
    );
  const columns: Column<EvaluatedModel>[] = [
    { id: 'model', label: messages.model, value: ({ model }) => model, cell: ({ model }) => model },
    ...quality('liked'),
    ...quality('seen'),
    {
      id: 'coverage',
      label: messages.coverage,
      numeric: true,
      value: ({ coverage10 }) => coverage10,
      cell: ({ coverage10 }) => formats.count(coverage10),
    },
    interval('popularity', messages.popularity, (row) => row.popularity20),
    interval('dislikes', messages.dislikesPerHit, (row) => row.lists?.dislikesPerHit20 ?? UNKNOWN),
    ...TASKS.map((task) =>
      interval(
        task,
        `${messages.tasks[task]} NDCG@10`,
        (row) => row.tasks?.[task]?.liked.ndcg10 ?? UNKNOWN,
      ),
    ),
  ];
  return (
    <>
      <p class="quiet">{messages.facts(origin.name, part, people, titles)}</p>
      <SortableTable
        label={sections.leaderboard}
        columns={columns}
        rows={models}
        keyOf={({ model }) => model}
        first={{ column: 'liked ndcg10', descending: true }}
      />
    </>
  );
}
