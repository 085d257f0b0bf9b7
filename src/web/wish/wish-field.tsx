/** A field for a wish in plain text, and the parts understood of it as chips that can be removed. */

import { useRef, useState } from 'preact/hooks';
import type { ChatAnswer } from '../../api/client.ts';
import { MAX_MESSAGE } from '../../api/constants/limits.ts';
import { useDisplay } from '../display/use-display.tsx';
import { revealList } from '../list/scroll-to-list.ts';
import { type Pick, ratingOf } from '../picks/picks.ts';
import { rememberTitles, useTitles } from '../picks/use-titles.ts';
import { activeRules } from '../rules/active-rules.ts';
import { TitleName } from '../title/title-name.tsx';
import { api } from '../ui/api.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { toError } from '../ui/to-error.ts';
import { isUnderstood, type WishState, wished } from './wish.ts';

interface Props {
  readonly wish: WishState;
  readonly picks: readonly Pick[];
  readonly onWish: (next: WishState) => void;
}

export function WishField({ wish, picks, onWish }: Props) {
  const { messages, language, script } = useDisplay();
  const [reply, setReply] = useState('');
  const [error, setError] = useState<Error | null>(null);
  const [isWaiting, setWaiting] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const sending = useRef<AbortController | null>(null);

  async function send(): Promise<void> {
    const message = field.current?.value.trim() ?? '';
    if (message === '') return field.current?.focus();
    sending.current?.abort();
    sending.current = new AbortController();
    const { signal } = sending.current;
    setWaiting(true);
    setError(null);
    try {
      const wording = { language, titles: script };
      const body = { message, ratings: picks.map(ratingOf), ...wording, limit: 1, because: 0 };
      const answer = await api().chat(body, { signal });
      rememberTitles([...answer.seeds, ...answer.unwanted]);
      setReply(answer.said);
      apply(answer);
    } catch (cause) {
      if (!signal.aborted) setError(toError(cause));
    }
    if (!signal.aborted) setWaiting(false);
  }

  function apply(answer: ChatAnswer): void {
    onWish(wished(wish, answer));
    // What was not understood stays in the field, to be said in another way.
    if (!isUnderstood(answer)) return;
    // The field may be low in the window, and the list below it.
    revealList();
    if (field.current) field.current.value = '';
  }

  return (
    <div class="wish">
      <form
        class="wish-form"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label for="wish" class="unseen">
          {messages.wish.label}
        </label>
        <input
          id="wish"
          ref={field}
          type="text"
          autoComplete="off"
          maxLength={MAX_MESSAGE}
          placeholder={messages.wish.placeholder}
        />
        <button type="submit" class="plain" aria-busy={isWaiting}>
          {messages.wish.send}
        </button>
      </form>
      <p class="quiet wish-said" role="status">
        {reply}
      </p>
      {error && <ErrorNotice error={error} onRetry={() => void send()} />}
      <WishChips wish={wish} onWish={onWish} />
    </div>
  );
}

function WishChips({ wish, onWish }: Omit<Props, 'picks'>) {
  const { messages, language } = useDisplay();
  const { seeds, unlike, rules } = wish;
  const chips = activeRules(rules, messages, language);
  if (seeds.length + unlike.length + chips.length === 0) return null;
  const others = (ids: readonly number[], animeId: number) => ids.filter((id) => id !== animeId);
  return (
    <ul class="wish-chips" aria-label={messages.wish.chips}>
      <TitleChips
        ids={seeds}
        around={messages.wish.like}
        onDrop={(animeId) => onWish({ ...wish, seeds: others(seeds, animeId) })}
      />
      <TitleChips
        ids={unlike}
        around={messages.wish.unlike}
        onDrop={(animeId) => onWish({ ...wish, unlike: others(unlike, animeId) })}
      />
      {chips.map(({ key, label, without }) => (
        <li key={key}>
          {label}
          <button
            type="button"
            aria-label={messages.wish.drop(label)}
            onClick={() => onWish({ ...wish, rules: without })}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  );
}

interface TitleChipsProps {
  readonly ids: readonly number[];
  /** text before and after the name */
  readonly around: readonly string[];
  readonly onDrop: (animeId: number) => void;
}

function TitleChips({ ids, around: [before, after], onDrop }: TitleChipsProps) {
  const { messages, nameOf } = useDisplay();
  const titleOf = useTitles(ids);
  return (
    <>
      {ids.map((animeId) => {
        const known = titleOf(animeId);
        const anime = known === 'unknown' ? null : known;
        const name = anime ? nameOf(anime) : messages.picks.notHere(animeId);
        return (
          <li key={animeId} class="wish-seed">
            {before}
            {anime ? <TitleName anime={anime} /> : name}
            {after}
            <button
              type="button"
              aria-label={messages.wish.drop(`${before}${name}${after}`)}
              onClick={() => onDrop(animeId)}
            >
              ×
            </button>
          </li>
        );
      })}
    </>
  );
}
