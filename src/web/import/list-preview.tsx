/** Shows how an imported list was read, before it is used. Loaded with the first import. */
import { useEffect, useRef } from 'preact/hooks';
import type { ListPreview } from '../../api/client.ts';
import { useMessages } from '../display/use-display.tsx';
import { rememberTitles } from '../picks/use-titles.ts';
import { Poster } from '../poster/poster.tsx';
import { TitleName } from '../title/title-name.tsx';
import { type ImportedList, importedList, scoresOf } from './imported-list.ts';

/** Posters of the best titles. */
const BEST = 11;
/** Names of unknown titles; more would fill the page. */
const NAMED = 100;

interface Props {
  readonly preview: ListPreview;
  readonly onUse: (list: ImportedList) => void;
  readonly onLeave: () => void;
}

export function ListPreviewView({ preview, onUse, onLeave }: Props) {
  const { imports } = useMessages();
  const { source, owner, matched, unknown, statuses, scale } = preview;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    rememberTitles(matched.map(({ anime }) => anime));
    heading.current?.focus();
  }, [preview]);
  const list = importedList(
    source,
    owner,
    matched.map(({ anime: { animeId }, rating, status }) => ({ animeId, rating, status })),
  );
  const { scored, mean } = scoresOf(list.picks);
  const seen = list.picks.some(({ verdict }) => verdict !== 'plan' && verdict !== 'no');

  return (
    <section class="preview" aria-labelledby="preview-title">
      <h2 ref={heading} id="preview-title" tabIndex={-1}>
        {owner ? imports.whose(owner) : imports.yours}
      </h2>
      <p>
        {matched.length === 0
          ? imports.none(unknown.length)
          : imports.found(matched.length, scored, mean)}{' '}
        {scored > 0 && imports.scale(scale)}
      </p>
      {matched.length > 0 && (
        <>
          <ul class="statuses">
            {Object.entries(statuses)
              .filter(([, count]) => count > 0)
              .map(([status, count]) => (
                <li key={status}>{imports.status(status, count)}</li>
              ))}
          </ul>
          <ol class="shelf small" aria-label={imports.best}>
            {matched.slice(0, BEST).map(({ anime, rating }) => (
              <li key={anime.animeId}>
                <Poster anime={anime} />
                <span class="caption">
                  {rating !== null && <b class="score">{rating}</b>} <TitleName anime={anime} />
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
      {unknown.length > 0 && <Unknown titles={unknown} />}
      {matched.length > 0 && !seen && <p class="notice">{imports.nothingSeen}</p>}
      <div class="preview-do">
        {seen && (
          <button type="button" class="primary" onClick={() => onUse(list)}>
            {imports.use}
          </button>
        )}
        <button type="button" class="plain" onClick={onLeave}>
          {imports.leave}
        </button>
        <p class="quiet">{imports.staysHere}</p>
      </div>
    </section>
  );
}

function Unknown({ titles }: { titles: ListPreview['unknown'] }) {
  const { imports } = useMessages();
  const reasons = [...new Set(titles.map(({ reason }) => reason))];
  return (
    <details class="unknown">
      <summary>{imports.unknown(titles.length)}</summary>
      {reasons.map((reason) => {
        const names = titles.filter((title) => title.reason === reason);
        return (
          <div key={reason}>
            <p class="quiet">{imports.reasons[reason] ?? ''}</p>
            <ul>
              {names.slice(0, NAMED).map(({ title, line }, place) => (
                <li key={place}>
                  {title} {line !== undefined && <span class="quiet">{imports.line(line)}</span>}
                </li>
              ))}
              {names.length > NAMED && <li>{imports.more(names.length - NAMED)}</li>}
            </ul>
          </div>
        );
      })}
    </details>
  );
}
