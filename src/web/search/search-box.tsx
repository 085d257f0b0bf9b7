/** The title search, an ARIA combobox: arrow keys select, Enter loves the title, Shift+Enter opens it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Titles } from '../../api/client.ts';
import { useMessages } from '../display/use-display.tsx';
import type { Messages } from '../i18n/en.ts';
import { LOVE } from '../picks/picks.ts';
import type { Anime } from '../title/anime.ts';
import type { TitleActions } from '../title/title-actions.ts';
import type { Answer } from '../ui/use-answer.ts';
import { FoundRow } from './found-row.tsx';
import { useFoundTitles } from './use-found-titles.ts';

const FOUND = 8;
/** Milliseconds without a keystroke before a request. */
const REST = 90;

export function SearchBox({ actions }: { actions: TitleActions }) {
  const { search } = useMessages();
  const [query, setQuery] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  /** Enter was pressed before the answer arrived: then applied to its first title */
  const [pending, setPending] = useState<'love' | 'open' | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const wanted = query.trim();
  const found = useFoundTitles(wanted, FOUND, REST);
  const items = found.value?.items ?? [];
  const at = Math.min(active, items.length - 1);
  useShortcut(input);

  useEffect(() => {
    if (!pending || found.loading) return;
    setPending(null);
    if (items[0]) choose(items[0], pending === 'open');
  });

  const close = () => setOpen(false);
  const choose = (anime: Anime, open: boolean) => {
    if (open || actions.verdictOn(anime.animeId) !== null) actions.open(anime.animeId);
    else actions.setVerdict(anime, LOVE);
    setQuery('');
    setActive(0);
    close();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      if (isOpen && wanted) close();
      else setQuery('');
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (isOpen && items.length) setActive((at + step + items.length) % items.length);
      setOpen(true);
    } else if (event.key === 'Enter' && isOpen && wanted) {
      event.preventDefault();
      if (found.loading) setPending(event.shiftKey ? 'open' : 'love');
      else if (items[at]) choose(items[at], event.shiftKey);
    }
  };

  const shown = isOpen && wanted !== '';
  return (
    <search class="search" onFocusOut={(event) => leaves(event) && close()}>
      <input
        ref={input}
        type="search"
        // biome-ignore lint/a11y/noRedundantRoles: without a datalist its own role is searchbox
        role="combobox"
        list={undefined}
        aria-label={search.label}
        aria-expanded={shown && items.length > 0}
        aria-controls="found"
        aria-autocomplete="list"
        aria-activedescendant={shown && items[at] ? `found-${items[at].animeId}` : undefined}
        placeholder={search.placeholder}
        autoComplete="off"
        spellcheck={false}
        enterKeyHint="done"
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
          setPending(null);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={keys}
      />
      <span class="shortcut" aria-hidden="true">
        {/Mac|iP/.test(navigator.platform) ? '⌘K' : 'Ctrl K'}
      </span>
      <div class={shown ? 'found' : 'found hidden'}>
        <div id="found" role="listbox" aria-label={search.found} aria-busy={found.loading}>
          {items.map((anime, place) => (
            <FoundRow
              key={anime.animeId}
              anime={anime}
              selected={place === at}
              actions={actions}
              onPoint={() => setActive(place)}
              onChoose={(open) => choose(anime, open)}
            />
          ))}
        </div>
        <p class="found-note" role="status">
          {noteOn(search, found, wanted)}
        </p>
      </div>
    </search>
  );
}

function noteOn(
  search: Messages['search'],
  { error, loading, value }: Answer<Titles>,
  query: string,
): string {
  if (error) return search.silent;
  if (value === null) return search.searching;
  if (value.items.length > 0) return matchMedia('(hover: none)').matches ? search.tap : search.keys;
  return loading ? search.searching : search.nothing(query, value.lastYear);
}

/** ⌘K, Ctrl+K or / focus the search, unless another field has the focus. */
function useShortcut(input: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const command = (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k';
      const typing =
        event.target instanceof Element && event.target.closest('input, select, textarea, dialog');
      if (!command && (event.key !== '/' || typing)) return;
      if (command && document.querySelector('dialog[open]')) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener('keydown', keys);
    return () => removeEventListener('keydown', keys);
  }, [input]);
}

function leaves(event: FocusEvent): boolean {
  const { currentTarget, relatedTarget } = event;
  return !(
    currentTarget instanceof Node &&
    relatedTarget instanceof Node &&
    currentTarget.contains(relatedTarget)
  );
}
