/** How the process is, and how long its answers take. */
import type { RouteCount, Status } from '../../api/admin-client.ts';
import { type Column, SortableTable } from './charts/sortable-table.tsx';
import { AdminSection } from './section.tsx';
import { useAdminWords } from './use-messages.ts';

export function AdminHealth({ status }: { status: Status }) {
  const { health: words, sections, figures } = useAdminWords();
  const { memory, eventLoopDelay: delay, uptime, startedAt, node } = status.process;
  const { total, routes } = status.requests;
  return (
    <AdminSection id="health" heading={sections.health}>
      <dl class="numbers">
        <div>
          <dt>{words.up}</dt>
          <dd>{figures.lasting(uptime)}</dd>
          <dd class="small">{words.since(figures.moment(startedAt))}</dd>
          <dd class="small">{words.runtime(node)}</dd>
        </div>
        <div>
          <dt>{words.memory}</dt>
          <dd>{figures.bytes(memory.resident)}</dd>
          <dd class="small">
            {words.heap(figures.bytes(memory.heapUsed), figures.bytes(memory.heapTotal))}
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
          <dd>{figures.count(total)}</dd>
        </div>
      </dl>
      {routes.length > 0 ? <Routes routes={routes} /> : <p>{words.none}</p>}
    </AdminSection>
  );
}

function Routes({ routes }: { routes: readonly RouteCount[] }) {
  const { health: words, figures } = useAdminWords();
  const column = (
    id: Exclude<keyof RouteCount, 'route' | 'method'>,
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
      value: nameOf,
      cell: (row) => <code>{nameOf(row)}</code>,
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
        keyOf={nameOf}
        first={{ column: 'requests', descending: true }}
      />
    </>
  );
}

function nameOf({ method, route }: RouteCount): string {
  return `${method} ${route}`;
}
