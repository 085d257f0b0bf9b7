/** The picks, each with its score and a button to remove it. */
import { useEffect, useState } from 'preact/hooks';
import { useDisplay, useMessages } from '../display/use-display.tsx';
import { scrollToList } from '../list/scroll-to-list.ts';
import { Poster } from '../poster/poster.tsx';
import type { Anime } from '../title/anime.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleName } from '../title/title-name.tsx';
import { keepTitles } from './kept-titles.ts';
import { countTaste, ENOUGH_PICKS, type Pick } from './picks.ts';
import { type KnownTitle, useTitles } from './use-titles.ts';
import { VerdictSelect } from './verdict-select.tsx';

/** More would push the list off the page. */
const FEW = 14;

interface Props {
  readonly picks: readonly Pick[];
  /** false: the picks are changes to another person's list */
  readonly mine: boolean;
  readonly actions: TitleActions;
}

export function PicksBar({ picks, mine, actions }: Props) {
  const messages = useMessages();
  const [all, setAll] = useState(false);
  const latest = [...picks].reverse();
  const taste = countTaste(picks);
  const shown = all ? latest : latest.slice(0, FEW);
  const titleOf = useTitles(shown.map(({ animeId }) => animeId));
  const titles = shown.map(({ animeId }) => titleOf(animeId)).filter(isTitle);
  useEffect(() => {
    if (mine) keepTitles(titles);
  }, [mine, titles.map(({ animeId }) => animeId).join()]);
  if (picks.length === 0) return null;

  return (
    <section class="picks" aria-label={mine ? messages.picks.mine : messages.picks.changesLabel}>
      <h2>{mine ? messages.picks.mine : messages.picks.changes}</h2>
      <ul>
        {shown.map(({ animeId }) => (
          <PickChip key={animeId} animeId={animeId} known={titleOf(animeId)} actions={actions} />
        ))}
        {latest.length > FEW && (
          <li>
            <button type="button" class="plain" onClick={() => setAll(!all)}>
              {all ? messages.picks.fewer : messages.picks.more(latest.length - FEW)}
            </button>
          </li>
        )}
      </ul>
      <button type="button" class="to-list" onClick={scrollToList}>
        {mine && taste < ENOUGH_PICKS && (
          <span class="quiet">{messages.picks.progress(taste, ENOUGH_PICKS)}</span>
        )}{' '}
        {messages.picks.toList} <span aria-hidden="true">↓</span>
      </button>
    </section>
  );
}

function isTitle(known: KnownTitle): known is Anime {
  return known !== null && known !== 'unknown';
}

interface ChipProps {
  readonly animeId: number;
  readonly known: KnownTitle;
  readonly actions: TitleActions;
}

function PickChip({ animeId, known, actions }: ChipProps) {
  const { messages, nameOf } = useDisplay();
  const anime = known === 'unknown' ? null : known;
  const missing = known === null ? '…' : messages.picks.notHere(animeId);
  const title = anime ? nameOf(anime) : missing;
  return (
    <li class="pick">
      {anime && <Poster anime={anime} />}
      {anime ? (
        <button type="button" class="pick-title" onClick={() => actions.open(animeId)}>
          <TitleName anime={anime} />
        </button>
      ) : (
        <span class="pick-title">{title}</span>
      )}
      {anime && <VerdictSelect anime={anime} actions={actions} />}
      <button
        type="button"
        class="remove"
        aria-label={messages.picks.remove(title)}
        onClick={() => actions.clearVerdict(animeId)}
      >
        ×
      </button>
    </li>
  );
}
