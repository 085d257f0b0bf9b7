/** One run: its curves, what each model cost and was worth, and the options it had. */
import { useEffect, useRef } from 'preact/hooks';
import type { AdminClient, Run } from '../../api/admin-client.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { type Line, LineChart } from './charts/line-chart.tsx';
import { type Column, SortableTable } from './charts/sortable-table.tsx';
import { Answered } from './section.tsx';
import { useAdminWords } from './use-messages.ts';

interface Props {
  readonly api: AdminClient;
  readonly id: string;
  readonly onClose: () => void;
}

export function AdminRun({ api, id, onClose }: Props) {
  const { runs: words } = useAdminWords();
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
          {words.close}
        </button>
      </header>
      <Answered answer={answer}>{(run) => <Detail run={run} />}</Answered>
    </section>
  );
}

function Detail({ run }: { run: Run }) {
  const { runs: words, figures } = useAdminWords();
  const charts = Object.entries(run.epochs).flatMap(([model, rows]) => chartsOf(model, rows));
  return (
    <>
      <p class="quiet">
        {words.begun(figures.moment(run.startedAt))}{' '}
        {words.facts(run.people, run.titles, run.interactions)}
      </p>
      {charts.length === 0 && <p>{words.noCurves}</p>}
      <div class="charts">
        {charts.map(({ model, measure, lines }) => (
          <LineChart
            key={`${model} ${measure}`}
            label={words.curve(model, measure)}
            across={words.epoch}
            lines={lines}
          />
        ))}
      </div>
      <CostTable run={run} />
      <details class="parameters">
        <summary>{words.parameters}</summary>
        <pre>{JSON.stringify(run.parameters, null, 2)}</pre>
      </details>
    </>
  );
}

function CostTable({ run }: { run: Run }) {
  const { runs: words, figures } = useAdminWords();
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
    label: words.cost[id],
    figures: true,
    value: (row) => row[id],
    cell,
  });
  const columns: Column<Row>[] = [
    { id: 'model', label: words.cost.model, value: (row) => row.model, cell: (row) => row.model },
    column('quality', ({ quality }) => figures.fixed(quality, 3)),
    column('seconds', ({ seconds }) => figures.fixed(seconds, 2)),
    column('memory', ({ memory }) => figures.bytes(memory)),
    column('saved', ({ saved }) => figures.bytes(saved)),
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

/** One chart a measure: "training.loss" and "validation.loss" are two lines of one. */
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
