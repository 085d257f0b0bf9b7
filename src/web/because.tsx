/** The line that says why; each title in it can be opened. */
import type { Reason } from './answers.ts';
import { NO_REASON, reasonParts } from './reason.ts';
import type { TitleActions } from './title-actions.ts';
import { TitleLink } from './title-link.tsx';

interface Props {
  readonly because: readonly Reason[];
  readonly who: 'you' | 'they';
  readonly actions: TitleActions;
}

export function Because({ because, who, actions }: Props) {
  const parts = reasonParts(because, actions.verdictOn);
  if (parts.length === 0) return <p class="because">{NO_REASON}</p>;
  return (
    <p class="because">
      {`because ${who} `}
      {parts.map(({ animeId, verb, title, share }) => (
        <span key={animeId}>
          {`${verb} `}
          <TitleLink animeId={animeId} actions={actions}>
            {title}
          </TitleLink>
          {`\u00a0${share} `}
        </span>
      ))}
    </p>
  );
}
