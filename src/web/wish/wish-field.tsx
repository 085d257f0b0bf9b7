/** A field for a wish in plain text, and the parts understood of it as chips that can be removed. */

import { useRef, useState } from 'preact/hooks';
import { MAX_MESSAGE } from '../../api/constants/limits.ts';
import { useDisplay } from '../display/use-display.tsx';
import { revealList } from '../list/scroll-to-list.ts';
import { type Pick, ratingOf } from '../picks/picks.ts';
import { rememberTitles, useTitles } from '../picks/use-titles.ts';
import type { Rules } from '../rules/rules.ts';
import { TitleName } from '../title/title-name.tsx';
import { api } from '../ui/api.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { toError } from '../ui/to-error.ts';
import { chipsOf, type WishedRules, wished, wishedRules } from './wish.ts';

interface Props {
  readonly seeds: readonly number[];
  readonly rules: Rules;
  readonly picks: readonly Pick[];
  readonly onWish: (seeds: readonly number[], rules: Rules) => void;
}

export function WishField({ seeds, rules, picks, onWish }: Props) {
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
      rememberTitles(answer.seeds);
      setReply(answer.said);
      apply(
        answer.seeds.map(({ animeId }) => animeId),
        wishedRules(answer.rules),
      );
    } catch (cause) {
      if (!signal.aborted) setError(toError(cause));
    }
    if (!signal.aborted) setWaiting(false);
  }

  function apply(named: readonly number[], wishedFor: WishedRules): void {
    const nothing = named.length === 0 && Object.values(wishedFor).every(isUnset);
    if (nothing) return;
    const next = wished({ seeds, rules }, named, wishedFor);
    onWish(next.seeds, next.rules);
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
        <label for="wish">{messages.wish.label}</label>
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
      <WishChips seeds={seeds} rules={rules} onWish={onWish} />
    </div>
  );
}

function isUnset(value: unknown): boolean {
  return value === null || value === 0 || (Array.isArray(value) && value.length === 0);
}

function WishChips({ seeds, rules, onWish }: Omit<Props, 'picks'>) {
  const { messages, nameOf } = useDisplay();
  const titleOf = useTitles(seeds);
  const chips = chipsOf(rules, messages);
  if (seeds.length + chips.length === 0) return null;
  return (
    <ul class="wish-chips" aria-label={messages.wish.chips}>
      {seeds.map((animeId) => {
        const known = titleOf(animeId);
        const anime = known === 'unknown' ? null : known;
        const name = anime ? nameOf(anime) : messages.picks.notHere(animeId);
        const [before, after] = messages.wish.like;
        return (
          <li key={animeId} class="wish-seed">
            {before}
            {anime ? <TitleName anime={anime} /> : name}
            {after}
            <button
              type="button"
              aria-label={messages.wish.drop(`${before}${name}${after}`)}
              onClick={() =>
                onWish(
                  seeds.filter((other) => other !== animeId),
                  rules,
                )
              }
            >
              ×
            </button>
          </li>
        );
      })}
      {chips.map(({ key, label, without }) => (
        <li key={key}>
          {label}
          <button
            type="button"
            aria-label={messages.wish.drop(label)}
            onClick={() => onWish(seeds, without)}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  );
}
