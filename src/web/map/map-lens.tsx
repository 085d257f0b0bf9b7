/** A tooltip for the title under the pointer: its name, and its poster once it is loaded. */

import { useDisplay } from '../display/use-display.tsx';
import { useTitles } from '../picks/use-titles.ts';
import { Poster } from '../poster/poster.tsx';
import type { Size } from './map-view.ts';

interface Props {
  readonly animeId: number;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly size: Size;
}

const WIDTH = 132;
const HEIGHT = 250;
const GAP = 18;

export function MapLens({ animeId, name, x, y, size }: Props) {
  const { messages } = useDisplay();
  const anime = useTitles([animeId])(animeId);
  const known = anime !== null && anime !== 'unknown' ? anime : null;
  const left = x + GAP + WIDTH > size.width ? x - GAP - WIDTH : x + GAP;
  const top = Math.max(8, Math.min(y - HEIGHT / 2, size.height - HEIGHT - 8));
  return (
    <div class="lens" style={{ translate: `${Math.max(8, left)}px ${top}px` }} aria-live="polite">
      {known && <Poster anime={known} />}
      <b>{name}</b>
      {known && (
        <span class="quiet">
          {[
            known.year && messages.facts.year(known.year),
            known.type && messages.facts.types[known.type],
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      )}
    </div>
  );
}
