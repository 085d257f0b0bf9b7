/** The line that says why a title is recommended. Each title in it can be opened, or excluded as a reason. */

import { useDisplay } from '../display/use-display.tsx';
import type { Who } from '../i18n/en.ts';
import { knownTitle, useTitles } from '../picks/use-titles.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleLink } from '../title/title-link.tsx';
import { TitleName } from '../title/title-name.tsx';
import { type ReasonPart, reasonParts } from './reason.ts';
import type { Reason } from './recommended.ts';

interface Props {
  readonly because: readonly Reason[];
  readonly who: Who;
  readonly actions: TitleActions;
}

export function Because({ because, who, actions }: Props) {
  const { messages, script } = useDisplay();
  const parts = reasonParts(messages, because, actions.verdictOn, who);
  // The server names reasons in romaji. For another script, load the titles and render again.
  useTitles(script === 'romaji' ? [] : parts.map(({ animeId }) => animeId));
  if (parts.length === 0) return <p class="because">{messages.because.none}</p>;
  return (
    <p class="because">
      {parts.map((part) => (
        <Part key={part.animeId} part={part} actions={actions} />
      ))}
    </p>
  );
}

function Part({ part, actions }: { part: ReasonPart; actions: TitleActions }) {
  const { messages, nameOf } = useDisplay();
  const anime = knownTitle(part.animeId, part.title);
  return (
    <span>
      {part.before}
      <TitleLink animeId={part.animeId} actions={actions}>
        <TitleName anime={anime} />
      </TitleLink>
      <span class="share">
        {part.closing}
        {part.share}
        <button
          type="button"
          class="exclude-button"
          aria-label={messages.because.remove(nameOf(anime))}
          title={messages.because.remove(nameOf(anime))}
          onClick={() => actions.countAsReason(part.animeId, false)}
        >
          ×
        </button>
      </span>
      {part.after}
    </span>
  );
}
