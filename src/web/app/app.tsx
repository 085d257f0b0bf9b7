/** The page: holds the visit, requests the recommendations and shows the current screen. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Person } from '../../api/client.ts';
import { DisplaySwitches } from '../display/display-switches.tsx';
import { useDisplay } from '../display/use-display.tsx';
import { useOfAge } from '../display/use-of-age.ts';
import {
  type ImportedList,
  keepList,
  keptList,
  nameOf,
  overlaid,
} from '../import/imported-list.ts';
import { ListScreen } from '../list/list-screen.tsx';
import type { Reasons } from '../list/recommended.ts';
import { scrollToList } from '../list/scroll-to-list.ts';
import { useKeptList } from '../list/use-kept-list.ts';
import {
  countTaste,
  type ListRequest,
  type Pick,
  pickOf,
  ratingOf,
  type Verdict,
  verdictOn,
} from '../picks/picks.ts';
import { rememberTitles } from '../picks/use-titles.ts';
import { VerdictToast } from '../picks/verdict-toast.tsx';
import { AdultPosters } from '../poster/poster-picture.tsx';
import { changedRules, type Rules, rulesForRequest } from '../rules/rules.ts';
import { SearchBox } from '../search/search-box.tsx';
import { forYou, type ShelfView } from '../shelves/shelf-view.ts';
import type { Anime } from '../title/anime.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleSheet } from '../title/title-sheet.tsx';
import { api } from '../ui/api.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { withSeeds } from '../wish/wish.ts';
import { forgetEverything } from './forget.ts';
import { SampleNotice } from './notices.tsx';
import { ScreenNav } from './screen-nav.tsx';
import { ScreenView } from './screen-view.tsx';
import { LIST_PATH } from './screens.ts';
import { useScreen } from './use-screen.ts';
import { useVisit } from './use-visit.ts';

/** Fills rows of 2, 4 and 6 posters. */
const PAGE = 12;
const MOST = 204;
/** Reasons per title: the row names two, the sheet one more. */
const REASONS = 3;
/** Milliseconds of rest before the list is requested again soon after the previous request. */
const REST = 120;

export function App() {
  const { messages, settings } = useDisplay();
  const controls = useVisit(settings);
  const { visit, change, openTitle, closeTitle, hrefOf } = controls;
  const { path, go } = useScreen();
  const [limit, setLimit] = useState(PAGE);
  const [toast, setToast] = useState<{ anime: Anime; before: Verdict | null } | null>(null);
  const [ofAge, confirmAge] = useOfAge();
  const { user, excluded } = visit;
  const mine = user === null;
  // A link may ask for adult titles; only visitors who have confirmed their age get them.
  const rules = ofAge ? visit.rules : { ...visit.rules, adult: false };

  const bundle = useAnswer('bundle', (signal) => api().getBundle({ signal }));
  const switchedOff = bundle.value?.userLists === false && !mine;
  useEffect(() => {
    if (switchedOff) controls.goHome();
  }, [switchedOff]);
  const person = useAnswer(mine ? null : `person ${user}`, (signal) =>
    api().getUser(user ?? 0, {}, { signal }),
  );
  const viewed = person.value?.userId === user ? person.value : null;
  const imported = useMemo(() => visit.list && keptList(visit.list.id), [visit.list?.id]);
  const profile = useMemo(
    () =>
      overlaid(viewed ? listOf(viewed) : (imported?.picks ?? visit.list?.top ?? []), visit.picks),
    [viewed, imported, visit.list, visit.picks],
  );
  // Titles named in a wish count as loved, but are not picks.
  const wanted = useMemo(
    () => withSeeds(profile, visit.seeds, visit.unlike),
    [profile, visit.seeds, visit.unlike],
  );
  const taste = countTaste(wanted);
  const whole = !mine || imported !== null;
  const request: ListRequest = { picks: wanted, whole, excluded };
  const ready = (taste > 0 || changedRules(rules).length > 0) && (mine || viewed !== null);
  const answer = useAnswer(
    ready ? JSON.stringify([request, rules, limit]) : null,
    (signal) => recommend(request, rules, limit, signal),
    REST,
  );
  const list = useKeptList(answer, mine && !controls.borrowed);
  const shelves = list.value ?? [];

  const actions: TitleActions = {
    verdictOn: (animeId) => verdictOn(profile, animeId),
    setVerdict(anime, verdict) {
      rememberTitles([anime]);
      change({ do: 'set-verdict', animeId: anime.animeId, verdict });
    },
    clearVerdict: (animeId) => change({ do: 'set-verdict', animeId, verdict: null }),
    countAsReason: (animeId, counts) => change({ do: 'count-as-reason', animeId, counts }),
    open: openTitle,
  };
  /** A title that gets a verdict leaves the list: a toast says so and offers to undo it. */
  const listActions: TitleActions = {
    ...actions,
    verdictOn: (animeId) => verdictOn(wanted, animeId),
    setVerdict(anime, verdict) {
      setToast({ anime, before: verdictOn(visit.picks, anime.animeId) });
      actions.setVerdict(anime, verdict);
    },
  };
  const importList = (next: ImportedList | null) => {
    if (next) keepList(next);
    change({ do: 'import', list: next && nameOf(next) });
    // After the list has been laid out.
    if (next) requestAnimationFrame(scrollToList);
  };

  return (
    <AdultPosters.Provider value={rules.adult}>
      {/* biome-ignore lint/a11y/useValidAnchor: a link within the page, which works before the script has loaded */}
      <a class="skip" href="#content" onClick={skip}>
        {messages.page.skip}
      </a>
      <header class="top">
        <a class="sign" href="/" title={messages.page.first}>
          <span lang="ja">おすすめ</span> <b>Osusume</b>
        </a>
        <ScreenNav path={path} hrefOf={hrefOf} onGo={go} />
        <SearchBox actions={actions} />
        <DisplaySwitches onForget={() => void forgetEverything()} />
      </header>
      <main id="content" tabIndex={-1}>
        {path === LIST_PATH ? (
          <ListScreen
            controls={controls}
            bundle={bundle.value}
            person={person}
            viewed={viewed}
            imported={imported}
            onImport={importList}
            list={list}
            rules={rules}
            ready={ready}
            taste={taste}
            requested={limit}
            onMore={limit < MOST ? () => setLimit(limit + PAGE) : null}
            ofAge={ofAge}
            onOfAge={confirmAge}
            actions={actions}
            listActions={listActions}
          />
        ) : (
          <ScreenView
            path={path}
            hrefOf={hrefOf}
            onGo={go}
            visit={visit}
            controls={controls}
            profile={profile}
            whole={whole}
            recommended={forYou(shelves)}
            actions={actions}
          />
        )}
      </main>
      <footer class="foot">
        <SampleNotice bundle={bundle.value} />
      </footer>
      {visit.open !== null && (
        <TitleSheet
          animeId={visit.open}
          reasons={reasonsOf(shelves, visit.open)}
          who={mine ? 'you' : 'they'}
          request={ready ? request : null}
          actions={actions}
          onClose={closeTitle}
        />
      )}
      {toast && (
        <VerdictToast
          key={toast.anime.animeId}
          anime={toast.anime}
          actions={actions}
          onUndo={() => actions.setVerdict(toast.anime, toast.before)}
          onGone={() => setToast(null)}
        />
      )}
    </AdultPosters.Provider>
  );
}

function reasonsOf(shelves: readonly ShelfView[], animeId: number): Reasons | null {
  const items = shelves.flatMap((shelf) => shelf.items);
  return items.find(({ anime }) => anime.animeId === animeId) ?? null;
}

/** The fragment of the address is the visit, so the browser may not put "content" there. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

/** The list of a user as picks. */
function listOf({ ratings }: Person): readonly Pick[] {
  return ratings.map(({ anime, rating, status }) => pickOf(anime.animeId, rating, status));
}

async function recommend(
  { picks, whole, excluded }: ListRequest,
  rules: Rules,
  limit: number,
  signal: AbortSignal,
): Promise<readonly ShelfView[]> {
  const ratings = picks.map(ratingOf);
  const body = { ratings, whole, limit, rules: rulesForRequest(rules, excluded), because: REASONS };
  return (await api().getShelves(body, { signal })).shelves;
}
