/** The page: who is asking, what they like, what follows from it. */
import { useMemo, useState } from 'preact/hooks';
import type { Anime, Person } from './answers.ts';
import { getBundle, getPerson, recommend } from './api.ts';
import { DisplaySwitches } from './display-switches.tsx';
import { Hero } from './hero.tsx';
import { BorrowedNotice, SampleNotice } from './notices.tsx';
import { PersonShelf } from './person-shelf.tsx';
import { countTaste, type Pick, pickOf, type Verdict, verdictOn } from './picks.ts';
import { PicksBar } from './picks-bar.tsx';
import { Recommendations } from './recommendations.tsx';
import { RulesPanel } from './rules-panel.tsx';
import { SearchBox } from './search-box.tsx';
import type { TitleActions } from './title-actions.ts';
import { TitleSheet } from './title-sheet.tsx';
import { useAnswer } from './use-answer.ts';
import { useDisplay } from './use-display.tsx';
import { rememberTitles } from './use-titles.ts';
import { useVisit } from './use-visit.ts';
import { VerdictToast } from './verdict-toast.tsx';

const PAGE = 20;
const MOST = 200;
/** Milliseconds of rest before the list is asked for again. */
const REST = 120;

export function App() {
  const { words, settings } = useDisplay();
  const { visit, borrowed, change, openTitle, closeTitle, adopt, goHome } = useVisit(settings);
  const [limit, setLimit] = useState(PAGE);
  const [said, setSaid] = useState<{ anime: Anime; before: Verdict | null } | null>(null);
  const { user, rules } = visit;
  const mine = user === null;

  const bundle = useAnswer('bundle', getBundle);
  const person = useAnswer(mine ? null : `person ${user}`, (signal) =>
    getPerson(user ?? 0, signal),
  );
  const them = person.value?.userId === user ? person.value : null;
  const profile = useMemo(
    () => (them ? overlaid(them, visit.picks) : visit.picks),
    [them, visit.picks],
  );
  const taste = countTaste(profile);
  const ready = taste > 0 && (mine || them !== null);
  const list = useAnswer(
    ready ? JSON.stringify([profile, rules, limit]) : null,
    (signal) => recommend(profile, rules, limit, signal),
    REST,
  );

  const actions: TitleActions = {
    verdictOn: (animeId) => verdictOn(profile, animeId),
    judge(anime, verdict) {
      rememberTitles([anime]);
      change({ do: 'judge', animeId: anime.animeId, verdict });
    },
    forget: (animeId) => change({ do: 'judge', animeId, verdict: null }),
    open: openTitle,
  };
  /** From the list, a judged title leaves: it is said, and the way back offered. */
  const listActions: TitleActions = {
    ...actions,
    judge(anime, verdict) {
      setSaid({ anime, before: verdictOn(visit.picks, anime.animeId) });
      actions.judge(anime, verdict);
    },
  };
  const become = (id: number) => change({ do: 'become', user: id });
  const setRules = (next: typeof rules) => change({ do: 'rule', rules: next });

  return (
    <>
      <header class="top">
        <a class="sign" href="/" aria-label={words.page.first}>
          <span lang="ja">おすすめ</span> <b>Osusume</b>
        </a>
        <SearchBox actions={actions} />
        <DisplaySwitches />
      </header>
      <main>
        {mine ? (
          <Hero actions={actions} picked={taste} onBecome={become} />
        ) : (
          <PersonShelf
            userId={user}
            answer={person}
            them={them}
            actions={actions}
            onBecome={become}
            onLeave={goHome}
          />
        )}
        {borrowed && <BorrowedNotice onAdopt={adopt} onLeave={goHome} />}
        {(mine || visit.picks.length > 0) && (
          <PicksBar picks={visit.picks} mine={mine} actions={actions} />
        )}
        <section class="results" id="recommendations" aria-labelledby="results-title">
          <h2 id="results-title" tabIndex={-1}>
            {mine ? words.list.mine : words.list.theirs}
          </h2>
          {ready && (
            <RulesPanel genres={bundle.value?.genres ?? []} rules={rules} onChange={setRules} />
          )}
          <Recommendations
            answer={list}
            ready={ready}
            hint={mine ? 'picks' : 'person'}
            taste={taste}
            rules={rules}
            actions={listActions}
            onRules={setRules}
            asked={limit}
            onMore={limit < MOST ? () => setLimit(limit + PAGE) : null}
          />
        </section>
      </main>
      <footer class="foot">
        <SampleNotice bundle={bundle.value} />
      </footer>
      {visit.open !== null && (
        <TitleSheet
          animeId={visit.open}
          because={list.value?.find(({ anime }) => anime.animeId === visit.open)?.because ?? null}
          who={mine ? 'you' : 'they'}
          actions={actions}
          onClose={closeTitle}
        />
      )}
      {said && (
        <VerdictToast
          key={said.anime.animeId}
          anime={said.anime}
          actions={actions}
          onUndo={() => actions.judge(said.anime, said.before)}
          onGone={() => setSaid(null)}
        />
      )}
    </>
  );
}

/** A person's list with what was said about it here laid over. */
function overlaid(person: Person, picks: readonly Pick[]): readonly Pick[] {
  const listed = person.ratings.map(({ anime, rating, status }) =>
    pickOf(anime.animeId, rating, status),
  );
  const said = new Set(picks.map(({ animeId }) => animeId));
  return [...listed.filter(({ animeId }) => !said.has(animeId)), ...picks];
}
