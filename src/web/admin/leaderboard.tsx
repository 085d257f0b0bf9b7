/** The models side by side, each number with its interval. */

import { useAnswer } from '../app/use-answer.ts';
import type { Board, Interval, Judged } from './answers.ts';
import type { AdminApi } from './api.ts';
import { endOf, IntervalCell } from './interval-cell.tsx';
import { AdminSection, Answered } from './section.tsx';
import { type Column, SortableTable } from './sortable-table.tsx';
import { useAdminWords } from './use-messages.ts';

const METRICS = [
  ['ndcg10', 'NDCG@10'],
  ['recall20', 'Recall@20'],
  ['recall50', 'Recall@50'],
  ['ndcg100', 'NDCG@100'],
] as const;
const UNKNOWN: Interval = { mean: null, low: null, high: null };

export function AdminLeaderboard({ api }: { api: AdminApi }) {
  const { leaderboard: words, sections } = useAdminWords();
  const answer = useAnswer('leaderboard', api.leaderboard);
  return (
    <AdminSection id="leaderboard" heading={sections.leaderboard}>
      <Answered answer={answer}>
        {(board) => (board ? <BoardTable board={board} /> : <p>{words.none}</p>)}
      </Answered>
    </AdminSection>
  );
}

function BoardTable({ board }: { board: Board }) {
  const { leaderboard: words, sections, figures } = useAdminWords();
  const { origin, part, people, titles, models } = board;
  const interval = (id: string, label: string, of: (row: Judged) => Interval): Column<Judged> => {
    const end = endOf(models.map(of));
    return {
      id,
      label,
      figures: true,
      value: (row) => of(row).mean,
      cell: (row) => <IntervalCell interval={of(row)} end={end} />,
    };
  };
  const quality = (of: 'liked' | 'seen') =>
    METRICS.map(([key, name]) =>
      interval(`${of} ${key}`, `${words[of]} ${name}`, (row) => row[of][key] ?? UNKNOWN),
    );
  const columns: Column<Judged>[] = [
    { id: 'model', label: words.model, value: ({ model }) => model, cell: ({ model }) => model },
    ...quality('liked'),
    ...quality('seen'),
    {
      id: 'coverage',
      label: words.coverage,
      figures: true,
      value: ({ coverage }) => coverage,
      cell: ({ coverage }) => figures.count(coverage),
    },
    interval('popularity', words.popularity, (row) => row.popularity),
    interval('dislikes', words.dislikes, (row) => row.dislikes),
  ];
  return (
    <>
      <p class="quiet">{words.facts(origin, part, people, titles)}</p>
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
