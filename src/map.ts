/** Stage: the published bundle → a map of its titles. Serving works without a map and picks it up when there is one. */
import { type Artefact, writeArtefact } from './home/artefact.ts';
import { withMapLock } from './home/home-locks.ts';
import { mendPointer } from './home/mend-pointers.ts';
import { asStage } from './home/stage.ts';
import { NO_PROGRESS, type Progress } from './progress.ts';
import { openBundle } from './recommend/bundle.ts';
import { layOut } from './title-map/layout.ts';
import { writeMap } from './title-map/map-file.ts';

export interface MapOptions {
  readonly home: string;
  /** the same seed and bundle give the same map; default 1 */
  readonly seed?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly clock?: () => Date;
}

/**
 * Waits while another process makes a map of this home.
 * @throws ArtefactError when there is no bundle; InterruptedError, which keeps the last map
 */
export function map(options: MapOptions): Promise<MadeMap> {
  const { home, progress = NO_PROGRESS, signal } = options;
  const lock = { doing: 'osusume map', signal, onWait: (line: string) => progress.note(line) };
  return withMapLock(home, lock, () => asStage(progress, 'map', () => makeMap(options)));
}

export type MadeMap = Artefact & { readonly titles: number };

/** For a caller that holds the lock of the map. */
export async function makeMap(options: MapOptions): Promise<MadeMap> {
  const { home, seed, progress = NO_PROGRESS, signal, clock } = options;
  for (const kind of ['bundle', 'map'] as const)
    await mendPointer(home, kind, (line) => progress.note(line));
  progress.step('opening the bundle');
  const bundle = await openBundle(home);
  try {
    const { catalogue, version } = bundle;
    const positions = await layOut(bundle, { seed, signal, progress });
    const artefact = await writeArtefact(
      home,
      'map',
      (folder) => writeMap(folder, catalogue, positions, version),
      { clock },
    );
    progress.end();
    return { ...artefact, titles: catalogue.length };
  } finally {
    await bundle.close();
  }
}
