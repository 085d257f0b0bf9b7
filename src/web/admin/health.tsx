/** The health of the process, and its response times. */
import type { RouteCount, Status } from '../../api/admin-client.ts';
import { type Column, SortableTable } from './charts/sortable-table.tsx';
import { AdminSection } from './section.tsx';
import { useAdminMessages } from './use-messages.ts';

export function AdminHealth({ status }: { status: Status }) {
  const { health: messages, sections, formats } = useAdminMessages();
  const { memory, eventLoopDelay: delay, uptime, startedAt, node } = status.process;
  const { total, routes } = status.requests;
  return (
    <AdminSection id="health" heading={sections.health}>
      <dl class="numbers">
        <div>
          <dt>{messages.up}</dt>
          <dd>{formats.lasting(uptime)}</dd>
          <dd class="small">{messages.since(formats.moment(startedAt))}</dd>
          <dd class="small">{messages.runtime(node)}</dd>
        </div>
        <div>
          <dt>{messages.memory}</dt>
          <dd>{formats.bytes(memory.resident)}</dd>
          <dd class="small">
            {messages.heap(formats.bytes(memory.heapUsed), formats.bytes(memory.heapTotal))}
          </dd>
        </div>
        <div>
          <dt>{messages.delay}</dt>
          <dd>{formats.milliseconds(delay.p50)}</dd>
          <dd class="small">
            {messages.delayMore(
              formats.milliseconds(delay.p99),
              formats.milliseconds(delay.longest),
            )}
          </dd>
        </div>
        <div>
          <dt>{messages.requests}</dt>
          <dd>{formats.count(total)}</dd>
        </div>
      </dl>
      {routes.length > 0 ? <Routes routes={routes} /> : <p>{messages.none}</p>}
    </AdminSection>
  );
}

function Routes({ routes }: { routes: readonly RouteCount[] }) {
  const { health: messages, formats } = useAdminMessages();
  const column = (
    id: Exclude<keyof RouteCount, 'route' | 'method'>,
    cell: (value: number) => string,
  ): Column<RouteCount> => ({
    id,
    label: messages.columns[id],
    numeric: true,
    value: (row) => row[id],
    cell: (row) => cell(row[id]),
  });
  const time = (value: number) => formats.fixed(value, 2);
  const columns: Column<RouteCount>[] = [
    {
      id: 'route',
      label: messages.columns.route,
      value: nameOf,
      cell: (row) => <code>{nameOf(row)}</code>,
    },
    column('requests', formats.count),
    column('refused', formats.count),
    column('failed', formats.count),
    column('p50', time),
    column('p95', time),
    column('p99', time),
    column('longest', time),
  ];
  return (
    <>
      <p class="quiet">{messages.times}</p>
      <SortableTable
        label={messages.requests}
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
