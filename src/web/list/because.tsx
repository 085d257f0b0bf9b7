/** The line that says why a title is recommended. Each title in it can be opened, or excluded as a reason. */

import { useDisplay } from '../display/use-display.tsx';
import type { Who } from '../i18n/en.ts';
import { knownTitle, useTitles } from '../picks/use-titles.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleLink } from '../title/title-link.tsx';
import { TitleName } from '../title/title-name.tsx';
import { type ReasonPart, reasonSentence } from './reason.ts';
import type { Reasons } from './recommended.ts';

interface Props {
  readonly reasons: Reasons;
  /** of the recommended title */
  readonly members: number;
  readonly who: Who;
  readonly actions: TitleActions;
  /** with the shares of the score; default: with them */
  readonly shares?: boolean;
}

export function Because({ reasons, members, who, actions, shares }: Props) {
  const { messages, script } = useDisplay();
  const verdictFor = actions.verdictOn;
  const { before, titles, also, moved } = reasonSentence(messages, {
    reasons,
    members,
    verdictFor,
    who,
    shares,
  });
  // The server names reasons in romaji. For another script, load the titles and render again.
  useTitles(script === 'romaji' ? [] : titles.map(({ animeId }) => animeId));
  return (
    <p class="because">
      {before && <span class="known">{before}</span>}
      {titles.map((part) => (
        <Part key={part.animeId} part={part} actions={actions} />
      ))}
      {also && <span class="known">{also}</span>}
      {moved}
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
