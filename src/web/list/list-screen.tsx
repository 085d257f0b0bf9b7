/** The first screen: what is wished for, the visitor's picks and the shelves of recommendations. */
import { useState } from 'preact/hooks';
import type { BundleFacts, Person } from '../../api/client.ts';
import { BorrowedNotice } from '../app/notices.tsx';
import type { VisitControls } from '../app/use-visit.ts';
import { useDisplay } from '../display/use-display.tsx';
import type { ImportedList } from '../import/imported-list.ts';
import { PersonShelf } from '../picks/person-shelf.tsx';
import { PicksBar } from '../picks/picks-bar.tsx';
import { StartPanel } from '../picks/start-panel.tsx';
import type { Rules } from '../rules/rules.ts';
import { RulesPanel } from '../rules/rules-panel.tsx';
import { SHELF_MESSAGES } from '../shelves/shelf-tiles.tsx';
import type { ShelfView } from '../shelves/shelf-view.ts';
import { keepView, keptView } from '../shelves/view.ts';
import { ViewSwitch } from '../shelves/view-switch.tsx';
import type { TitleActions } from '../title/title-actions.ts';
import type { Answer } from '../ui/use-answer.ts';
import { WishField } from '../wish/wish-field.tsx';
import { ExcludedTitles } from './excluded.tsx';
import { ListShelf } from './list-shelf.tsx';
import { Recommendations } from './recommendations.tsx';
import { ShareLink } from './share-link.tsx';

interface Props {
  readonly controls: VisitControls;
  readonly bundle: BundleFacts | null;
  readonly person: Answer<Person>;
  /** the user of the data set whose list is shown; null until it has arrived */
  readonly viewed: Person | null;
  /** the visitor's imported list, when this browser has it */
  readonly imported: ImportedList | null;
  /** null removes the imported list */
  readonly onImport: (list: ImportedList | null) => void;
  readonly list: Answer<readonly ShelfView[]>;
  /** the rules of the list */
  readonly rules: Rules;
  readonly ready: boolean;
  /** how many titles of the profile say something about taste */
  readonly taste: number;
  /** the requested length of the list */
  readonly requested: number;
  readonly onMore: (() => void) | null;
  readonly ofAge: boolean;
  readonly onOfAge: () => void;
  readonly actions: TitleActions;
  /** for titles in the list: one that gets a verdict leaves the list */
  readonly listActions: TitleActions;
}

export function ListScreen(props: Props) {
  const { controls, bundle, person, viewed, list, rules, ready, taste, actions } = props;
  const { visit, borrowed, change, adopt, goHome } = controls;
  const say = SHELF_MESSAGES[useDisplay().language];
  const [view, setView] = useState(keptView);
  const mine = visit.user === null;
  // No heading without a list: the shelf says what is wrong.
  const nobody = !mine && viewed === null && person.error !== null;
  const become = (id: number) => change({ do: 'become', user: id });
  const setRules = (next: Rules) => change({ do: 'rule', rules: next });
  const wish = (mine || viewed !== null) && (
    <WishField
      wish={{ seeds: visit.seeds, unlike: visit.unlike, rules }}
      picks={visit.picks}
      onWish={(next) => change({ do: 'wish', ...next })}
    />
  );
  return (
    <>
      {borrowed && <BorrowedNotice onAdopt={adopt} onLeave={goHome} />}
      {visit.list !== null ? (
        <ListShelf
          key={visit.list.id}
          name={visit.list}
          list={props.imported}
          actions={actions}
          onUse={props.onImport}
          onLeave={() => props.onImport(null)}
        >
          {wish}
        </ListShelf>
      ) : visit.user === null ? (
        <StartPanel
          actions={actions}
          picked={taste}
          borrowed={borrowed}
          onBecome={bundle?.userLists ? become : null}
          onImport={props.onImport}
        >
          {wish}
        </StartPanel>
      ) : (
        <PersonShelf
          userId={visit.user}
          answer={person}
          viewed={viewed}
          actions={actions}
          onBecome={become}
          onLeave={goHome}
        >
          {wish}
        </PersonShelf>
      )}
      {(mine || visit.picks.length > 0) && (
        <PicksBar picks={visit.picks} mine={mine && visit.list === null} actions={actions} />
      )}
      {nobody || (
        <section class="results" id="recommendations" aria-labelledby="results-title">
          <div class="results-head">
            <h2 id="results-title" tabIndex={-1}>
              {say.headings[mine ? 'you' : 'they']['for-you']}
            </h2>
            {ready && (
              <>
                <ShareLink linkToShare={controls.linkToShare} />
                <ViewSwitch
                  view={view}
                  onView={(next) => {
                    keepView(next);
                    setView(next);
                  }}
                />
              </>
            )}
          </div>
          {ready && (
            <RulesPanel
              genres={bundle?.genres ?? []}
              rules={rules}
              onChange={setRules}
              ofAge={props.ofAge}
              onOfAge={props.onOfAge}
            />
          )}
          {ready && <ExcludedTitles excluded={visit.excluded} actions={actions} />}
          <Recommendations
            answer={list}
            view={view}
            ready={ready}
            hint={mine ? 'picks' : 'person'}
            taste={taste}
            rules={rules}
            actions={props.listActions}
            onRules={setRules}
            requested={props.requested}
            onMore={props.onMore}
          />
        </section>
      )}
    </>
  );
}
