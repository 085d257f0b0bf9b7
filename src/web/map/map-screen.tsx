/** The map: all titles, arranged so that titles liked by the same people are close together. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { isNotFound } from '../../api/client.ts';
import type { ScreenProps } from '../app/screen-props.ts';
import { useDisplay } from '../display/use-display.tsx';
import { useOfAge } from '../display/use-of-age.ts';
import type { Messages } from '../i18n/en.ts';
import { api } from '../ui/api.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { decodeMap, type MapData } from './map-data.ts';
import { MapLens } from './map-lens.tsx';
import { MapLegend, MapSearch } from './map-panel.tsx';
import { type ColourBy, pointsOf } from './map-points.ts';
import { regionsOf } from './map-regions.ts';
import { MapStage } from './map-stage.ts';
import { whole, zoomed } from './map-view.ts';
import { mapEn } from './messages-en.ts';
import { mapJa } from './messages-ja.ts';
import { useMapGestures } from './use-map-gestures.ts';

const MAP_MESSAGES = { en: mapEn, ja: mapJa };

export function MapScreen(props: ScreenProps) {
  const { language, script } = useDisplay();
  const labels = MAP_MESSAGES[language];
  const answer = useAnswer(`map ${script}`, async (signal) =>
    decodeMap(await api().getMap({ names: script }, { signal })),
  );
  const missing = isNotFound(answer.error);
  useEffect(() => {
    if (!missing || answer.loading) return;
    const timer = setTimeout(answer.retry, POLL_INTERVAL);
    return () => clearTimeout(timer);
  }, [missing, answer.loading]);
  return (
    <section class="map" aria-labelledby="map-title">
      <h1 id="map-title" class="map-title">
        {labels.heading}
      </h1>
      {answer.value && <MapView {...props} map={answer.value} />}
      {!answer.value && !answer.error && <p class="empty quiet">{labels.drawing}</p>}
      {missing && (
        <div class="empty">
          <p>{labels.none}</p>
          <a class="plain taste-next" href={`/${location.hash}`}>
            {labels.toList}
          </a>
        </div>
      )}
      {answer.error && !missing && <ErrorNotice error={answer.error} onRetry={answer.retry} />}
    </section>
  );
}

interface Pointed {
  readonly title: number;
  readonly x: number;
  readonly y: number;
}

const NOTHING: Pointed = { title: -1, x: 0, y: 0 };
/** The zoom at which a found title is shown, relative to the zoom that shows everything. */
const CLOSE = 14;
const IN_VIEW = 12;
/** Milliseconds between requests while the server has no map yet. */
const POLL_INTERVAL = 5000;

function MapView({ map, visit, profile, recommended, actions }: ScreenProps & { map: MapData }) {
  const { language, messages, nameOf, settings } = useDisplay();
  const labels = MAP_MESSAGES[language];
  const [ofAge] = useOfAge();
  const [points, setPoints] = useState<HTMLCanvasElement | null>(null);
  const [names, setNames] = useState<HTMLCanvasElement | null>(null);
  const [area, setArea] = useState<HTMLDivElement | null>(null);
  const [rests, setRests] = useState(0);
  const [by, setBy] = useState<ColourBy>('genre');
  const [only, setOnly] = useState<number | null>(null);
  const [pointed, setPointed] = useState(NOTHING);
  const adult = ofAge && visit.rules.adult;
  const stage = useStage(points, names, () => setRests((count) => count + 1));
  const dark = useDark(settings.theme);
  const regions = useMemo(
    () =>
      regionsOf(map).map((region) => ({ ...region, name: nameOfRegion(region.name, messages) })),
    [map, messages],
  );

  useEffect(() => {
    if (!stage || !area) return;
    const resize = () => stage.resize(area.clientWidth, area.clientHeight);
    const watch = new ResizeObserver(resize);
    watch.observe(area);
    resize();
    return () => watch.disconnect();
  }, [stage, area]);

  const mine = useMemo(() => new Set(profile.map(({ animeId }) => animeId)), [profile]);
  const listed = profile.map(({ animeId }) => animeId).join();
  const offered = recommended.map(({ anime }) => anime.animeId).join();
  useEffect(() => {
    if (!stage || !area) return;
    const look = { by, only, adult, dark, mine: idsOf(listed), recommended: idsOf(offered) };
    const style = getComputedStyle(area);
    const colour = (name: string) => style.getPropertyValue(name);
    const font = `550 13px ${style.fontFamily}`;
    stage.show(
      pointsOf(map, look, colourReader()),
      { titles: map.titles, regions },
      {
        text: colour('--text'),
        quiet: colour('--quiet'),
        middle: colour('--map-ground'),
        edge: colour('--ground'),
        font,
      },
    );
  }, [stage, area, map, by, only, adult, dark, listed, offered, regions]);

  useMapGestures(area, stage, {
    onPoint(title, x, y) {
      setPointed(title < 0 ? NOTHING : { title, x, y });
      stage?.focus(title);
    },
    onOpen: (title) => actions.open(map.animeIds[title]),
  });

  const goTo = (title: number) => {
    if (!stage) return;
    const { size } = stage;
    stage.focus(title);
    stage.fly({ x: map.x[title], y: map.y[title], zoom: CLOSE * whole(size).zoom });
    setPointed({ title, x: size.width / 2, y: size.height / 2 });
  };
  const zoomBy = (factor: number) => {
    if (stage)
      stage.fly(
        zoomed(stage.view, stage.size, stage.size.width / 2, stage.size.height / 2, factor),
      );
  };
  // updated only when the map stops moving
  const inView = useMemo(() => stage?.inSight(IN_VIEW) ?? [], [stage, map, rests]);

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keys move the map */}
      <div ref={setArea} class="map-view" role="application" aria-label={labels.label} tabIndex={0}>
        <canvas ref={setPoints} />
        <canvas ref={setNames} />
        {pointed.title >= 0 && stage && (
          <MapLens
            animeId={map.animeIds[pointed.title]}
            name={map.titles[pointed.title]}
            x={pointed.x}
            y={pointed.y}
            size={stage.size}
          />
        )}
        <div class="map-zoom">
          <button type="button" aria-label={labels.zoomIn} onClick={() => zoomBy(2)}>
            +
          </button>
          <button type="button" aria-label={labels.zoomOut} onClick={() => zoomBy(0.5)}>
            −
          </button>
          <button
            type="button"
            aria-label={labels.everything}
            onClick={() => stage?.fly(whole(stage.size))}
          >
            ⤢
          </button>
        </div>
      </div>
      <div class="map-panel">
        <MapSearch map={map} adult={adult} labels={labels} nameOf={nameOf} onGo={goTo} />
        <MapLegend
          map={map}
          by={by}
          only={only}
          dark={dark}
          labels={labels}
          who={visit.user === null ? 'you' : 'they'}
          onBy={setBy}
          onOnly={setOnly}
        />
        <section class="in-view">
          <h2>{labels.inView}</h2>
          <p class="quiet">{labels.inViewNote}</p>
          <ul>
            {inView.map((title) => (
              <li key={map.animeIds[title]}>
                <button
                  type="button"
                  onFocus={() => stage?.focus(title)}
                  onClick={() => actions.open(map.animeIds[title])}
                >
                  {mine.has(map.animeIds[title]) && <i class="in-view-mine" aria-hidden="true" />}
                  {map.titles[title]}
                </button>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}

function nameOfRegion(genre: string, { genres }: Messages): string {
  return (genres[genre] ?? genre).toUpperCase();
}

function useStage(
  points: HTMLCanvasElement | null,
  names: HTMLCanvasElement | null,
  onRest: () => void,
): MapStage | null {
  const [stage, setStage] = useState<MapStage | null>(null);
  useEffect(() => {
    if (!points || !names) return;
    const made = new MapStage(points, names, onRest);
    setStage(made);
    return () => {
      made.close();
      setStage(null);
    };
  }, [points, names]);
  return stage;
}

/** Whether the page is dark now, by choice or by system preference. */
function useDark(theme: string): boolean {
  const read = () => document.documentElement.dataset.theme !== 'light';
  const [dark, setDark] = useState(read);
  useEffect(() => {
    const watch = new MutationObserver(() => setDark(read()));
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    setDark(read());
    return () => watch.disconnect();
  }, [theme]);
  return dark;
}

function idsOf(text: string): ReadonlySet<number> {
  return new Set(text === '' ? [] : text.split(',').map(Number));
}

/** Converts any CSS colour to bytes by drawing one pixel. */
function colourReader(): (colour: string) => Uint8Array {
  const known = new Map<string, Uint8Array>();
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (colour) => {
    let bytes = known.get(colour);
    if (!bytes) {
      if (context) {
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
      }
      bytes = new Uint8Array(context?.getImageData(0, 0, 1, 1).data ?? [128, 128, 128, 255]);
      known.set(colour, bytes);
    }
    return bytes;
  };
}
