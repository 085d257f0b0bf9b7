/** A poster with a caption below; both open the title's sheet. */
import type { ComponentChildren } from 'preact';
import { Poster } from '../poster/poster.tsx';
import type { Anime } from './anime.ts';
import type { TitleActions } from './title-actions.ts';
import { TitleLink } from './title-link.tsx';
import { TitleName } from './title-name.tsx';

interface Props {
  readonly anime: Anime;
  readonly actions: TitleActions;
  /** the caption; default: the title's name */
  readonly children?: ComponentChildren;
}

export function PosterLink({ anime, actions, children }: Props) {
  return (
    <TitleLink animeId={anime.animeId} actions={actions}>
      <Poster anime={anime} />
      <span class="caption">{children ?? <TitleName anime={anime} />}</span>
    </TitleLink>
  );
}
