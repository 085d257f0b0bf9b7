/** The titles that stood in most lists since the server started. */

import type { AdminClient, Recommended } from '../../api/admin-client.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { type Column, SortableTable } from './charts/sortable-table.tsx';
import { AdminSection, Answered } from './section.tsx';
import { useAdminWords } from './use-messages.ts';

interface Props {
  readonly api: AdminClient;
  /** the version, whose names the titles have */
  readonly inUse: string | null;
}

export function AdminRecommended({ api, inUse }: Props) {
  const { recommended: words, sections } = useAdminWords();
  const answer = useAnswer(`recommended ${inUse}`, (signal) => api.getRecommended({ signal }));
  return (
    <AdminSection id="recommended" heading={sections.recommended}>
      <Answered answer={answer}>
        {(found) => (found.lists > 0 ? <Most found={found} /> : <p>{words.none}</p>)}
      </Answered>
    </AdminSection>
  );
}

type Row = Recommended['items'][number];

function Most({ found }: { found: Recommended }) {
  const { recommended: words, sections, figures } = useAdminWords();
  const most = found.items[0]?.lists ?? 1;
  const columns: Column<Row>[] = [
    {
      id: 'title',
      label: words.title,
      value: ({ title }) => title,
      cell: ({ animeId, title }) =>
        title === null ? words.gone(animeId) : <a href={`/?open=${animeId}`}>{title}</a>,
    },
    {
      id: 'lists',
      label: words.lists,
      figures: true,
      value: ({ lists }) => lists,
      cell: ({ lists }) => figures.count(lists),
    },
    {
      id: 'share',
      label: words.share,
      figures: true,
      cell: ({ lists }) => (
        <span class="bar-cell">
          <span class="bar" style={{ width: `${(96 * lists) / most}px` }} />
          {figures.percent(lists / found.lists)}
        </span>
      ),
    },
  ];
  return (
    <>
      <p class="quiet">{words.facts(found.lists, found.titles)}</p>
      <SortableTable
        label={sections.recommended}
        columns={columns}
        rows={found.items}
        keyOf={({ animeId }) => String(animeId)}
      />
    </>
  );
}
