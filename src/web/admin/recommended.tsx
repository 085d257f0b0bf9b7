/** The titles recommended most since the server started. */

import type { AdminClient, Recommended } from '../../api/admin-client.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { type Column, SortableTable } from './charts/sortable-table.tsx';
import { AdminSection, Answered } from './section.tsx';
import { useAdminMessages } from './use-messages.ts';

interface Props {
  readonly api: AdminClient;
  /** version of the bundle that the names come from */
  readonly inUse: string | null;
}

export function AdminRecommended({ api, inUse }: Props) {
  const { recommended: messages, sections } = useAdminMessages();
  const answer = useAnswer(`recommended ${inUse}`, (signal) => api.getRecommended({ signal }));
  return (
    <AdminSection id="recommended" heading={sections.recommended}>
      <Answered answer={answer}>
        {(found) => (found.lists > 0 ? <Most found={found} /> : <p>{messages.none}</p>)}
      </Answered>
    </AdminSection>
  );
}

type Row = Recommended['items'][number];

function Most({ found }: { found: Recommended }) {
  const { recommended: messages, sections, formats } = useAdminMessages();
  const most = found.items[0]?.lists ?? 1;
  const columns: Column<Row>[] = [
    {
      id: 'title',
      label: messages.title,
      value: ({ title }) => title,
      cell: ({ animeId, title }) =>
        title === null ? messages.gone(animeId) : <a href={`/?open=${animeId}`}>{title}</a>,
    },
    {
      id: 'lists',
      label: messages.lists,
      numeric: true,
      value: ({ lists }) => lists,
      cell: ({ lists }) => formats.count(lists),
    },
    {
      id: 'share',
      label: messages.share,
      numeric: true,
      cell: ({ lists }) => (
        <span class="bar-cell">
          <span class="bar" style={{ width: `${(96 * lists) / most}px` }} />
          {formats.percent(lists / found.lists)}
        </span>
      ),
    },
  ];
  return (
    <>
      <p class="quiet">{messages.facts(found.lists, found.titles)}</p>
      <SortableTable
        label={sections.recommended}
        columns={columns}
        rows={found.items}
        keyOf={({ animeId }) => String(animeId)}
      />
    </>
  );
}
