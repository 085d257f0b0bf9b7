/** The line that says why; each title in it can be opened. */
import type { Reason } from './answers.ts';
import type { Who } from './messages/en.ts';
import { reasonParts } from './reason.ts';
import type { TitleActions } from './title-actions.ts';
import { TitleLink } from './title-link.tsx';
import { TitleName } from './title-name.tsx';
import { useWords } from './use-display.tsx';
import { knownTitle } from './use-titles.ts';

interface Props {
  readonly because: readonly Reason[];
  readonly who: Who;
  readonly actions: TitleActions;
}

export function Because({ because, who, actions }: Props) {
  const words = useWords();
  const parts = reasonParts(words, because, actions.verdictOn, who);
  if (parts.length === 0) return <p class="because">{words.because.none}</p>;
  return (
    <p class="because">
      {parts.map(({ animeId, title, before, closing, share, after }) => (
        <span key={animeId}>
          {before}
          <TitleLink animeId={animeId} actions={actions}>
            <TitleName anime={knownTitle(animeId, title)} />
          </TitleLink>
          {`${closing}${share}${after}`}
        </span>
      ))}
    </p>
  );
}
