/** The panel beside the map: a search field, and a legend of the colours. */
import { useState } from 'preact/hooks';
import { useMessages } from '../display/use-display.tsx';
import type { Who } from '../i18n/en.ts';
import { useFoundTitles } from '../search/use-found-titles.ts';
import type { Named } from '../title/title-names.ts';
import type { MapData } from './map-data.ts';
import { type ColourBy, genreColour, YEARS, yearColour } from './map-points.ts';
import type { MapMessages } from './messages-en.ts';

const FOUND = 6;
const REST = 120;

interface SearchProps {
  readonly map: MapData;
  readonly adult: boolean;
  readonly labels: MapMessages;
  readonly nameOf: (anime: Named) => string;
  readonly onGo: (title: number) => void;
}

/** Searches with the server's title search, and shows the chosen title on the map. */
export function MapSearch({ map, adult, labels, nameOf, onGo }: SearchProps) {
  const [query, setQuery] = useState('');
  const wanted = query.trim();
  const found = useFoundTitles(wanted, FOUND, REST);
  const entries = (found.value?.items ?? [])
    .map((anime) => ({ anime, title: map.animeIds.indexOf(anime.animeId) }))
    .filter(({ title }) => title >= 0 && (adult || !map.adult[title]));
  const go = (title: number) => {
    setQuery('');
    onGo(title);
  };
  return (
    <search class="map-search">
      <input
        type="search"
        aria-label={labels.search}
        placeholder={labels.search}
        autoComplete="off"
        spellcheck={false}
        value={query}
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.isComposing && entries[0]) go(entries[0].title);
        }}
      />
      {wanted && (
        <ul aria-label={labels.found}>
          {entries.map(({ anime, title }) => (
            <li key={anime.animeId}>
              <button
                type="button"
                aria-label={labels.goTo(nameOf(anime))}
                onClick={() => go(title)}
              >
                {nameOf(anime)} <span class="quiet">{anime.year}</span>
              </button>
            </li>
          ))}
          {!found.loading && found.value && entries.length === 0 && (
            <li class="quiet found-note">{labels.notHere}</li>
          )}
        </ul>
      )}
    </search>
  );
}

interface LegendProps {
  readonly map: MapData;
  readonly by: ColourBy;
  readonly only: number | null;
  readonly dark: boolean;
  readonly labels: MapMessages;
  readonly who: Who;
  readonly onBy: (by: ColourBy) => void;
  readonly onOnly: (genre: number | null) => void;
}

export function MapLegend({ map, by, only, dark, labels, who, onBy, onOnly }: LegendProps) {
  const messages = useMessages();
  const mine = who === 'you';
  const choose = (next: ColourBy) => {
    onBy(next);
    onOnly(null);
  };
  return (
    <section class="legend">
      <fieldset class="chips" aria-label={labels.colour}>
        {(['genre', 'year'] as const).map((name) => (
          <button key={name} type="button" aria-pressed={by === name} onClick={() => choose(name)}>
            {labels[name]}
          </button>
        ))}
      </fieldset>
      {by === 'genre' ? (
        <ul class="swatches">
          {[...map.genres, null].map((genre, place) => (
            <li key={genre ?? ''}>
              <button
                type="button"
                aria-pressed={only === place}
                onClick={() => onOnly(only === place ? null : place)}
              >
                <i style={{ background: genreColour(genre === null ? -1 : place, dark) }} />
                {genre === null ? labels.otherGenre : (messages.genres[genre] ?? genre)}
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p class="years">
          <i style={{ background: `linear-gradient(90deg in oklch, ${gradient(dark)})` }} />
          {YEARS.map((year) => (
            <span key={year}>{messages.facts.year(year)}</span>
          ))}
        </p>
      )}
      <ul class="swatches">
        <li class="swatch-mine">
          <i /> {mine ? labels.mine : labels.theirs}
        </li>
        <li class="swatch-offered">
          <i /> {mine ? labels.recommended : labels.recommendedTheirs}
        </li>
      </ul>
    </section>
  );
}

const STOPS = 6;

function gradient(dark: boolean): string {
  const [first, , last] = YEARS;
  return Array.from({ length: STOPS }, (_, stop) =>
    yearColour(Math.round(first + ((last - first) * stop) / (STOPS - 1)), dark),
  ).join(', ');
}
