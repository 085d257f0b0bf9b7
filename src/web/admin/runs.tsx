/** The training runs, newest first, and the details of one. */
import { useState } from 'preact/hooks';
import type { AdminClient, RunRow } from '../../api/admin-client.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { type Column, SortableTable } from './charts/sortable-table.tsx';
import { AdminRun } from './run.tsx';
import { AdminSection, Answered } from './section.tsx';
import { useAdminMessages } from './use-messages.ts';

export function AdminRuns({ api }: { api: AdminClient }) {
  const { runs: messages, sections } = useAdminMessages();
  const [open, setOpen] = useState<string | null>(null);
  const answer = useAnswer('runs', (signal) => api.getRuns({ signal }));
  const columns = useColumns(open, (id) => setOpen(open === id ? null : id));
  return (
    <AdminSection id="runs" heading={sections.runs}>
      <Answered answer={answer}>
        {({ items: runs }) =>
          runs.length > 0 ? (
            <SortableTable
              label={sections.runs}
              columns={columns}
              rows={runs}
              keyOf={({ id }) => id}
            />
          ) : (
            <p>{messages.none}</p>
          )
        }
      </Answered>
      {open !== null && <AdminRun key={open} api={api} id={open} onClose={() => setOpen(null)} />}
    </AdminSection>
  );
}

function useColumns(open: string | null, onOpen: (id: string) => void): Column<RunRow>[] {
  const { runs: messages, formats } = useAdminMessages();
  const { columns } = messages;
  return [
    {
      id: 'id',
      label: columns.id,
      value: ({ id }) => id,
      cell: ({ id }) => (
        <button
          type="button"
          class="plain"
          aria-label={messages.show(id)}
          aria-expanded={id === open}
          onClick={() => onOpen(id)}
        >
          <code>{id}</code>
        </button>
      ),
    },
    {
      id: 'status',
      label: columns.status,
      value: ({ status }) => status,
      cell: ({ status }) => messages.status[status] ?? status,
    },
    {
      id: 'models',
      label: columns.models,
      cell: ({ models }) => <span class="names">{Object.keys(models).join(' ')}</span>,
    },
    {
      id: 'best',
      label: columns.best,
      numeric: true,
      value: (run) => bestOf(run)?.[1] ?? null,
      cell: (run) => {
        const best = bestOf(run);
        return best ? `${best[0]} ${formats.fixed(best[1], 3)}` : '–';
      },
    },
    {
      id: 'seconds',
      label: columns.seconds,
      numeric: true,
      value: ({ seconds }) => seconds,
      cell: ({ seconds }) => formats.fixed(seconds, 1),
    },
    {
      id: 'epochs',
      label: columns.epochs,
      numeric: true,
      value: ({ epochs }) => epochs,
      cell: ({ epochs }) => (epochs > 0 ? formats.count(epochs) : '–'),
    },
    {
      id: 'seed',
      label: columns.seed,
      numeric: true,
      value: ({ seed }) => seed,
      cell: ({ seed }) => (seed === null ? '–' : String(seed)),
    },
    {
      id: 'dataset',
      label: columns.dataset,
      value: ({ fingerprint }) => fingerprint,
      cell: ({ fingerprint }) => <code>{fingerprint.slice(0, 8)}</code>,
    },
  ];
}

function bestOf({ evaluation }: RunRow): readonly [model: string, ndcg10: number] | null {
  const models = Object.entries(evaluation?.models ?? {});
  const scores = models.map(([model, metrics]) => [model, metrics.ndcg10 ?? 0] as const);
  return scores.sort((a, b) => b[1] - a[1])[0] ?? null;
}
