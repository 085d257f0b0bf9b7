/** Stage: the published bundle → a map of its titles. Serving works without a map and picks it up when there is one. */
import { type Artefact, writeArtefact } from './home/artefact.ts';
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

/** @throws ArtefactError when there is no bundle; InterruptedError, which keeps the last map */
export async function map(options: MapOptions): Promise<Artefact & { readonly titles: number }> {
  const { home, seed, progress = NO_PROGRESS, signal, clock } = options;
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
