/** The bundle in use, the kept ones, and a button to switch to each. */
import { useState } from 'preact/hooks';
import type { AdminClient, KeptBundle, Status } from '../../api/admin-client.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { type Column, SortableTable } from './charts/sortable-table.tsx';
import { AdminSection } from './section.tsx';
import { SwitchQuestion } from './switch-question.tsx';
import { useBundleSwitch } from './use-bundle-switch.ts';
import { useAdminMessages } from './use-messages.ts';

interface Props {
  readonly api: AdminClient;
  readonly status: Status;
  /** called when the status may have changed */
  readonly onChanged: () => void;
}

export function AdminBundles({ api, status, onChanged }: Props) {
  const { bundle: messages, sections } = useAdminMessages();
  const { bundle: inUse, current, versions } = status;
  const [selected, setSelected] = useState<string | null>(null);
  const change = useBundleSwitch(api, inUse?.version ?? null, onChanged);
  return (
    <AdminSection id="bundle" heading={sections.bundle}>
      {inUse ? <InUse inUse={inUse} /> : <p>{messages.none}</p>}
      <h3>{messages.kept}</h3>
      <p class="admin-said" role="status">
        {change.state && messages[change.state](change.version ?? '')}
      </p>
      {change.error && (
        <ErrorNotice error={change.error} onRetry={() => change.use(change.version ?? '')} />
      )}
      <SortableTable
        label={messages.kept}
        columns={useColumns(inUse?.version ?? null, current, change.busy, setSelected)}
        rows={versions}
        keyOf={({ version }) => version}
      />
      {selected !== null && (
        <SwitchQuestion
          version={selected}
          inUse={inUse?.version ?? '–'}
          onYes={() => {
            setSelected(null);
            change.use(selected);
          }}
          onNo={() => setSelected(null)}
        />
      )}
    </AdminSection>
  );
}

function InUse({ inUse }: { inUse: NonNullable<Status['bundle']> }) {
  const { bundle: messages, formats } = useAdminMessages();
  const { version, publishedAt, origin, people, titles, interactions } = inUse;
  const { people: evaluated, ...metrics } = inUse.metrics ?? {};
  return (
    <>
      <p class="admin-version">
        <code>{version}</code>
      </p>
      <p>
        {messages.published(formats.moment(publishedAt))}{' '}
        {messages.facts(origin.name, people, titles, interactions)}{' '}
        {origin.synthetic && messages.synthetic}
      </p>
      {Object.keys(metrics).length > 0 && (
        <dl class="numbers">
          {Object.entries(metrics).map(([name, value]) => (
            <div key={name}>
              <dt>{messages.metrics[name] ?? name}</dt>
              <dd>{formats.fixed(value, 3)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p class="quiet">{messages.signature(inUse.signature)}</p>
      {evaluated !== undefined && <p class="quiet">{messages.evaluated(evaluated)}</p>}
    </>
  );
}

function useColumns(
  inUse: string | null,
  current: string | null,
  busy: boolean,
  onUse: (version: string) => void,
): Column<KeptBundle>[] {
  const { bundle: messages, formats } = useAdminMessages();
  const { columns } = messages;
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
        problem === null ? formats.moment(about?.publishedAt ?? null) : messages.damaged,
    },
    {
      id: 'quality',
      label: columns.quality,
      numeric: true,
      value: ({ about }) => about?.metrics?.likedNdcg10 ?? null,
      cell: ({ about }) => formats.fixed(about?.metrics?.likedNdcg10 ?? null, 3),
    },
    {
      id: 'people',
      label: columns.people,
      numeric: true,
      value: ({ about }) => about?.people ?? null,
      cell: ({ about }) => formats.count(about?.people ?? null),
    },
    {
      id: 'titles',
      label: columns.titles,
      numeric: true,
      value: ({ about }) => about?.titles ?? null,
      cell: ({ about }) => formats.count(about?.titles ?? null),
    },
    {
      id: 'size',
      label: columns.size,
      numeric: true,
      value: ({ bytes }) => bytes,
      cell: ({ bytes }) => formats.bytes(bytes),
    },
    {
      id: 'signed',
      label: columns.signed,
      value: ({ signature }) => signature?.status ?? null,
      cell: ({ signature }) =>
        signature?.key ? (
          <code title={signature.key}>{signature.key.slice(0, 8)}</code>
        ) : (
          messages.signed[signature?.status ?? 'unsigned']
        ),
    },
    {
      id: 'use',
      label: columns.use,
      unseenLabel: true,
      cell: ({ version, problem }) => {
        if (problem !== null) return <span class="admin-problem">{problem}</span>;
        if (version === inUse && version === current) return <b class="in-use">{messages.inUse}</b>;
        if (version === current && busy) return messages.opening;
        return (
          <button
            type="button"
            class="plain"
            disabled={busy}
            aria-label={messages.useLabel(version)}
            onClick={() => onUse(version)}
          >
            {messages.use}
          </button>
        );
      },
    },
  ];
}
