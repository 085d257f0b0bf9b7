/** A drawn poster, with the real one over it once it is loaded. It has no text alternative: show the name beside it. */
import { useMemo } from 'preact/hooks';
import { drawPoster } from '../../poster/drawn/drawn-poster.ts';
import { HEIGHT, WIDTH } from '../../poster/drawn/paths.ts';
import type { Anime } from '../title/anime.ts';
import { PosterPicture } from './poster-picture.tsx';

export function Poster({ anime }: { anime: Anime }) {
  // Memoized by id: each answer has new objects, and drawing a whole list again takes a frame.
  return useMemo(() => <Sheet anime={anime} />, [anime.animeId]);
}

function Sheet({ anime }: { anime: Anime }) {
  const { palette, shapes, lettering, credits, side, tall } = drawPoster(anime);
  const style = {
    '--poster-top': palette.ground[0],
    '--poster-foot': palette.ground[1],
    '--poster-band': palette.band,
    '--poster-type': palette.type,
    '--poster-size': lettering.size,
  };
  const direction = lettering.vertical ? `vertical ${side} ${tall ? 'tall' : ''}` : 'level';
  return (
    <span class="poster" style={style} aria-hidden="true">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="xMidYMid slice"
        aria-hidden="true"
      >
        {shapes.map(({ d, ink, opacity }) => (
          <path key={d} d={d} style={{ fill: palette.inks[ink], fillOpacity: opacity }} />
        ))}
      </svg>
      <span class={`poster-title ${direction}`} lang={lettering.vertical ? 'ja' : undefined}>
        {lettering.text}
      </span>
      {credits && <span class={`poster-credits ${direction}`}>{credits}</span>}
      <PosterPicture key={anime.animeId} anime={anime} />
    </span>
  );
}
