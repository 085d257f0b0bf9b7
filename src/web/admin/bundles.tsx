/** The bundle in use, those that are kept, and the way from one to another. */
import { useState } from 'preact/hooks';
import { Trouble } from '../app/error-notice.tsx';
import type { KeptBundle, Status } from './answers.ts';
import type { AdminApi } from './api.ts';
import { AdminSection } from './section.tsx';
import { type Column, SortableTable } from './sortable-table.tsx';
import { SwitchQuestion } from './switch-question.tsx';
import { useBundleSwitch } from './use-bundle-switch.ts';
import { useAdminWords } from './use-messages.ts';

interface Props {
  readonly api: AdminApi;
  readonly status: Status;
  /** the status may be another one now */
  readonly onChanged: () => void;
}

export function AdminBundles({ api, status, onChanged }: Props) {
  const { bundle: words, sections } = useAdminWords();
  const { inUse, current, versions } = status;
  const [asked, setAsked] = useState<string | null>(null);
  const change = useBundleSwitch(api, inUse?.version ?? null, onChanged);
  return (
    <AdminSection id="bundle" heading={sections.bundle}>
      {inUse ? <InUse inUse={inUse} /> : <p>{words.none}</p>}
      <h3>{words.kept}</h3>
      <p class="admin-said" role="status">
        {change.state && words[change.state](change.version ?? '')}
      </p>
      {change.error && (
        <Trouble error={change.error} onRetry={() => change.use(change.version ?? '')} />
      )}
      <SortableTable
        label={words.kept}
        columns={useColumns(inUse?.version ?? null, current, change.busy, setAsked)}
        rows={versions}
        keyOf={({ version }) => version}
      />
      {asked !== null && (
        <SwitchQuestion
          version={asked}
          inUse={inUse?.version ?? '–'}
          onYes={() => {
            setAsked(null);
            change.use(asked);
          }}
          onNo={() => setAsked(null)}
        />
      )}
    </AdminSection>
  );
}

function InUse({ inUse: { version, about } }: { inUse: NonNullable<Status['inUse']> }) {
  const { bundle: words, figures } = useAdminWords();
  const { people: judged, ...metrics } = about.metrics;
  return (
    <>
      <p class="admin-version">
        <code>{version}</code>
      </p>
      <p>
        {words.published(figures.moment(about.publishedAt))}{' '}
        {words.facts(about.origin, about.people, about.titles, about.interactions)}{' '}
        {about.synthetic && words.synthetic}
      </p>
      {Object.keys(metrics).length > 0 && (
        <dl class="numbers">
          {Object.entries(metrics).map(([name, value]) => (
            <div key={name}>
              <dt>{words.metrics[name] ?? name}</dt>
              <dd>{figures.fixed(value, 3)}</dd>
            </div>
          ))}
        </dl>
      )}
      {judged !== undefined && <p class="quiet">{words.judged(judged)}</p>}
    </>
  );
}

function useColumns(
  inUse: string | null,
  current: string | null,
  busy: boolean,
  onUse: (version: string) => void,
): Column<KeptBundle>[] {
  const { bundle: words, figures } = useAdminWords();
  const { columns } = words;
  return [
    {
      id: 'version',
      label: columns.version,
      value: ({ version }) => version,
      cell: ({ version }) => <code>{version}</code>,
    },
    {
      id: 'published',
      label: columns.published,
      value: ({ about }) => about?.publishedAt ?? null,
      cell: ({ about, problem }) =>
        problem === null ? figures.moment(about?.publishedAt ?? null) : words.damaged,
    },
    {
      id: 'quality',
      label: columns.quality,
      figures: true,
      value: ({ about }) => about?.metrics.likedNdcg10 ?? null,
      cell: ({ about }) => figures.fixed(about?.metrics.likedNdcg10 ?? null, 3),
    },
    {
      id: 'people',
      label: columns.people,
      figures: true,
      value: ({ about }) => about?.people ?? null,
      cell: ({ about }) => figures.count(about?.people ?? null),
    },
    {
      id: 'titles',
      label: columns.titles,
      figures: true,
      value: ({ about }) => about?.titles ?? null,
      cell: ({ about }) => figures.count(about?.titles ?? null),
    },
    {
      id: 'size',
      label: columns.size,
      figures: true,
      value: ({ bytes }) => bytes,
      cell: ({ bytes }) => figures.bytes(bytes),
    },
    {
      id: 'use',
      label: columns.use,
      unseenLabel: true,
      cell: ({ version, problem }) => {
        if (problem !== null) return <span class="admin-problem">{problem}</span>;
        if (version === inUse && version === current) return <b class="in-use">{words.inUse}</b>;
        if (version === current && busy) return words.opening;
        return (
          <button
            type="button"
            class="plain"
            disabled={busy}
            aria-label={words.useLabel(version)}
            onClick={() => onUse(version)}
          >
            {words.use}
          </button>
        );
      },
    },
  ];
}
