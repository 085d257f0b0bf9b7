/** One run: learning curves, the cost and quality of each model, and its parameters. */
import { useEffect, useRef } from 'preact/hooks';
import type { AdminClient, Run } from '../../api/admin-client.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { type Line, LineChart } from './charts/line-chart.tsx';
import { type Column, SortableTable } from './charts/sortable-table.tsx';
import { Answered } from './section.tsx';
import { useAdminMessages } from './use-messages.ts';

interface Props {
  readonly api: AdminClient;
  readonly id: string;
  readonly onClose: () => void;
}

export function AdminRun({ api, id, onClose }: Props) {
  const { runs: messages } = useAdminMessages();
  const answer = useAnswer(`run ${id}`, (signal) => api.getRun(id, { signal }));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="admin-run" aria-labelledby="run-heading">
      <header>
        <h3 id="run-heading" ref={heading} tabIndex={-1}>
          <code>{id}</code>
        </h3>
        <button type="button" class="plain" onClick={onClose}>
          {messages.close}
        </button>
      </header>
      <Answered answer={answer}>{(run) => <Detail run={run} />}</Answered>
    </section>
  );
}

function Detail({ run }: { run: Run }) {
  const { runs: messages, formats } = useAdminMessages();
  const charts = Object.entries(run.epochs).flatMap(([model, rows]) => chartsOf(model, rows));
  return (
    <>
      <p class="quiet">
        {messages.begun(formats.moment(run.startedAt))}{' '}
        {messages.facts(run.people, run.titles, run.interactions)}
      </p>
      {charts.length === 0 && <p>{messages.noCurves}</p>}
      <div class="charts">
        {charts.map(({ model, measure, lines }) => (
          <LineChart
            key={`${model} ${measure}`}
            label={messages.curve(model, measure)}
            across={messages.epoch}
            lines={lines}
          />
        ))}
      </div>
      <CostTable run={run} />
      <details class="parameters">
        <summary>{messages.parameters}</summary>
        <pre>{JSON.stringify(run.parameters, null, 2)}</pre>
      </details>
    </>
  );
}

function CostTable({ run }: { run: Run }) {
  const { runs: messages, formats } = useAdminMessages();
  const rows = Object.entries(run.models).map(([model, cost]) => ({
    model,
    quality: run.evaluation?.models[model]?.ndcg10 ?? null,
    seconds: cost.seconds ?? null,
    memory: cost.peakMemoryBytes ?? null,
    saved: cost.savedBytes ?? null,
  }));
  type Row = (typeof rows)[number];
  const column = (id: Exclude<keyof Row, 'model'>, cell: (row: Row) => string): Column<Row> => ({
    id,
    label: messages.cost[id],
    numeric: true,
    value: (row) => row[id],
    cell,
  });
  const columns: Column<Row>[] = [
    {
      id: 'model',
      label: messages.cost.model,
      value: (row) => row.model,
      cell: (row) => row.model,
    },
    column('quality', ({ quality }) => formats.fixed(quality, 3)),
    column('seconds', ({ seconds }) => formats.fixed(seconds, 2)),
    column('memory', ({ memory }) => formats.bytes(memory)),
    column('saved', ({ saved }) => formats.bytes(saved)),
  ];
  return (
    <SortableTable label={run.id} columns={columns} rows={rows} keyOf={({ model }) => model} />
  );
}

interface Chart {
  readonly model: string;
  readonly measure: string;
  readonly lines: readonly Line[];
}

/** One chart per metric: "training.loss" and "validation.loss" are two lines of one chart. */
function chartsOf(model: string, rows: readonly Readonly<Record<string, number>>[]): Chart[] {
  const measures = new Map<string, Map<string, { x: number; y: number }[]>>();
  for (const { epoch = 0, ...values } of rows) {
    for (const [path, y] of Object.entries(values)) {
      const cut = path.lastIndexOf('.');
      const measure = path.slice(cut + 1);
      const series = measures.get(measure) ?? new Map<string, { x: number; y: number }[]>();
      const name = cut < 0 ? measure : path.slice(0, cut);
      measures.set(measure, series.set(name, [...(series.get(name) ?? []), { x: epoch + 1, y }]));
    }
  }
  return Array.from(measures, ([measure, series]) => ({
    model,
    measure,
    lines: Array.from(series, ([name, points]) => ({ name, points })),
  }));
}
