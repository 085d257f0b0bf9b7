/** Saves the watchlist as a file for other sites and programs. */
import { useRef } from 'preact/hooks';
import { watchlistCsv } from './export-csv.ts';
import { watchlistJson } from './export-json.ts';
import { watchlistXml } from './export-xml.ts';
import type { ExportedTitle } from './exported-title.ts';
import type { WatchlistMessages } from './messages-en.ts';

const FORMATS = {
  xml: { type: 'application/xml', write: watchlistXml },
  csv: { type: 'text/csv;charset=utf-8', write: watchlistCsv },
  json: { type: 'application/json', write: watchlistJson },
} as const;

interface Props {
  readonly titles: readonly ExportedTitle[];
  readonly labels: WatchlistMessages;
}

export function ExportMenu({ titles, labels }: Props) {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => {
    if (menu.current) menu.current.open = false;
  };
  return (
    <details
      ref={menu}
      class="export-menu"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
      onFocusOut={({ relatedTarget, currentTarget }) => {
        if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) close();
      }}
    >
      <summary class="watch-button">{labels.export}</summary>
      <ul>
        {(['xml', 'csv', 'json'] as const).map((format) => (
          <li key={format}>
            <button
              type="button"
              class="export-choice"
              onClick={() => {
                save(titles, format);
                close();
              }}
            >
              <b>{labels.exports[format][0]}</b>
              <span class="quiet">{labels.exports[format][1]}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function save(titles: readonly ExportedTitle[], format: keyof typeof FORMATS): void {
  const { type, write } = FORMATS[format];
  const address = URL.createObjectURL(new Blob([write(titles)], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `osusume-watchlist.${format}`;
  link.click();
  // The browser has taken the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(address));
}
