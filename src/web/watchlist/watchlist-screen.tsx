/** The watchlist: planned titles in the person's own order, with notes, to export and to share. */

import { useRef, useState } from 'preact/hooks';
import { sharedWatchlist } from '../app/address.ts';
import { keptVisit } from '../app/kept-visit.ts';
import type { ScreenProps } from '../app/screen-props.ts';
import { NEW_VISIT } from '../app/visit.ts';
import { useDisplay } from '../display/use-display.tsx';
import { ShareLink } from '../list/share-link.tsx';
import { type KnownTitle, useTitles } from '../picks/use-titles.ts';
import { VerdictToast } from '../picks/verdict-toast.tsx';
import type { Anime } from '../title/anime.ts';
import { Toast } from '../ui/toast.tsx';
import { ExportMenu } from './export-menu.tsx';
import type { ExportedTitle } from './exported-title.ts';
import { EMPTY_WATCHLIST, type KeptWatchlist } from './kept-watchlist.ts';
import { type WatchlistMessages, watchlistEn } from './messages-en.ts';
import { watchlistJa } from './messages-ja.ts';
import { plannedIn, withPlanned } from './planned.ts';
import { PlannedList } from './planned-list.tsx';
import { useKeptTitles, useWatchlist, type WatchlistControls } from './use-watchlist.ts';

const MESSAGES = { en: watchlistEn, ja: watchlistJa };

/** What was last done with a title. */
interface Deed {
  /** null = the title has a verdict now, which the toast can change */
  readonly text: string | null;
  readonly anime: Anime | null;
  readonly onUndo: () => void;
}

export function WatchlistScreen(props: ScreenProps) {
  const { visit, profile, actions, controls } = props;
  const { language, nameOf } = useDisplay();
  const labels = MESSAGES[language];
  const watchlist = useWatchlist();
  const [deed, setDeed] = useState<Deed | null>(null);
  const isMine = visit.user === null && !controls.borrowed;
  const planned = plannedIn(profile, visit.picks, isMine ? watchlist.kept : EMPTY_WATCHLIST);
  const latest = useRef(planned);
  latest.current = planned;
  const titleOf = useTitles(planned);
  const titles = planned.map(titleOf).filter(isTitle);
  useKeptTitles(titles, isMine);

  const before = watchlist.kept;
  const nameAt = (animeId: number) => {
    const anime = titleOf(animeId);
    return isTitle(anime) ? nameOf(anime) : labels.missing(animeId);
  };
  const takeOff = (animeId: number) => {
    const anime = titleOf(animeId);
    watchlist.remove(animeId);
    actions.clearVerdict(animeId);
    const onUndo = () => {
      // The order as it was shown: a title that was never moved returns to its place too.
      watchlist.restore({ ...before, order: planned });
      if (isTitle(anime)) actions.setVerdict(anime, 'plan');
    };
    setDeed({ text: labels.removed(nameAt(animeId)), anime: null, onUndo });
  };
  const seen = (anime: Anime) => {
    watchlist.remove(anime.animeId);
    actions.setVerdict(anime, 'seen');
    const onUndo = () => {
      watchlist.restore({ ...before, order: planned });
      actions.setVerdict(anime, 'plan');
    };
    setDeed({ text: null, anime, onUndo });
  };
  const move = (from: number, to: number) => {
    const text = labels.moved(nameAt(planned[from]), to + 1);
    watchlist.move(planned, from, to);
    setDeed({ text, anime: null, onUndo: () => watchlist.restore({ ...before, order: planned }) });
  };
  const adopt = () => {
    const own = keptVisit() ?? NEW_VISIT;
    controls.goHome();
    controls.change({
      do: 'restore',
      visit: { ...own, picks: withPlanned(own.picks, planned), open: null },
    });
  };
  return (
    <section class="watchlist" aria-labelledby="watchlist-title">
      <div class="watchlist-head">
        <h1 id="watchlist-title">{headingOf(props, labels)}</h1>
        {planned.length > 0 && (
          <>
            <p class="quiet">
              {labels.summary(planned.length, episodesOf(titles))}
              {isMine && <span class="watchlist-kept">{labels.kept}</span>}
            </p>
            <div class="watchlist-do">
              <ShareLink
                words={labels.share}
                linkToShare={() => location.origin + sharedWatchlist(planned, language)}
              />
              <ExportMenu
                titles={exported(titles, isMine ? before : EMPTY_WATCHLIST)}
                labels={labels}
              />
            </div>
          </>
        )}
      </div>
      {controls.borrowed && (
        <div class="notice" role="status">
          <p>{labels.borrowed}</p>
          <button type="button" class="plain" onClick={controls.goHome}>
            {labels.leave}
          </button>
          <button type="button" class="plain" onClick={adopt}>
            {labels.adopt}
          </button>
        </div>
      )}
      {planned.length === 0 ? (
        <Nothing isMine={isMine} labels={labels} />
      ) : (
        <PlannedList
          planned={planned}
          titleOf={titleOf}
          labels={labels}
          actions={actions}
          own={isMine ? ownControls(watchlist, { move, seen, takeOff }) : null}
        />
      )}
      {deed?.text && (
        <Toast
          about={deed.text}
          undo={labels.undo}
          onUndo={deed.onUndo}
          onGone={() => setDeed(null)}
        >
          <p>{deed.text}</p>
        </Toast>
      )}
      {deed?.anime && (
        <VerdictToast
          key={deed.anime.animeId}
          anime={deed.anime}
          actions={actions}
          onUndo={deed.onUndo}
          onGone={() => setDeed(null)}
        />
      )}
    </section>
  );
}

function ownControls(
  { kept, setNote }: WatchlistControls,
  deeds: {
    readonly move: (from: number, to: number) => void;
    readonly seen: (anime: Anime) => void;
    readonly takeOff: (animeId: number) => void;
  },
) {
  return { ...deeds, setNote, noteOn: (animeId: number) => kept.notes.get(animeId) ?? '' };
}

function headingOf({ visit, controls }: ScreenProps, labels: WatchlistMessages): string {
  if (visit.user !== null) return labels.theirs(visit.user);
  return controls.borrowed ? labels.shared : labels.heading;
}

function Nothing({ isMine, labels }: { isMine: boolean; labels: WatchlistMessages }) {
  return (
    <div class="empty">
      <p>{isMine ? labels.empty : labels.emptyTheirs}</p>
      <a class="plain taste-next" href={`/${location.hash}`}>
        {labels.toList}
      </a>
    </div>
  );
}

function isTitle(known: KnownTitle): known is Anime {
  return known !== null && known !== 'unknown';
}

function episodesOf(titles: readonly Anime[]): number {
  return titles.reduce((sum, { episodes }) => sum + (episodes ?? 0), 0);
}

function exported(titles: readonly Anime[], { notes }: KeptWatchlist): ExportedTitle[] {
  return titles.map((anime) => ({ ...anime, note: notes.get(anime.animeId) ?? '' }));
}
