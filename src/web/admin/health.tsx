/** How the process is, and how long its answers take. */
import type { RouteCount, Status } from './answers.ts';
import { AdminSection } from './section.tsx';
import { type Column, SortableTable } from './sortable-table.tsx';
import { useAdminWords } from './use-messages.ts';

export function AdminHealth({ status }: { status: Status }) {
  const { health: words, sections, figures } = useAdminWords();
  const { memory, delay, routes } = status;
  return (
    <AdminSection id="health" heading={sections.health}>
      <dl class="numbers">
        <div>
          <dt>{words.up}</dt>
          <dd>{figures.lasting(status.uptime)}</dd>
          <dd class="small">{words.since(figures.moment(status.startedAt))}</dd>
          <dd class="small">{words.runtime(status.node)}</dd>
        </div>
        <div>
          <dt>{words.memory}</dt>
          <dd>{figures.bytes(memory.resident)}</dd>
          <dd class="small">
            {words.heap(figures.bytes(memory.used), figures.bytes(memory.total))}
          </dd>
        </div>
        <div>
          <dt>{words.delay}</dt>
          <dd>{figures.milliseconds(delay.p50)}</dd>
          <dd class="small">
            {words.delayMore(figures.milliseconds(delay.p99), figures.milliseconds(delay.longest))}
          </dd>
        </div>
        <div>
          <dt>{words.requests}</dt>
          <dd>{figures.count(status.requests)}</dd>
        </div>
      </dl>
      {routes.length > 0 ? <Routes routes={routes} /> : <p>{words.none}</p>}
    </AdminSection>
  );
}

function Routes({ routes }: { routes: readonly RouteCount[] }) {
  const { health: words, figures } = useAdminWords();
  const column = (
    id: Exclude<keyof RouteCount, 'route'>,
    cell: (value: number) => string,
  ): Column<RouteCount> => ({
    id,
    label: words.columns[id],
    figures: true,
    value: (row) => row[id],
    cell: (row) => cell(row[id]),
  });
  const time = (value: number) => figures.fixed(value, 2);
  const columns: Column<RouteCount>[] = [
    {
      id: 'route',
      label: words.columns.route,
      value: ({ route }) => route,
      cell: ({ route }) => <code>{route}</code>,
    },
    column('requests', figures.count),
    column('refused', figures.count),
    column('failed', figures.count),
    column('p50', time),
    column('p95', time),
    column('p99', time),
    column('longest', time),
  ];
  return (
    <>
      <p class="quiet">{words.times}</p>
      <SortableTable
        label={words.requests}
        columns={columns}
        rows={routes}
        keyOf={({ route }) => route}
        first={{ column: 'requests', descending: true }}
      />
    </>
  );
}
