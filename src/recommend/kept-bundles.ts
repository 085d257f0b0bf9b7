/** The bundles that an installation keeps, and making one of them the current one. */
import { join } from 'node:path';
import { NotFoundError, OsusumeError } from '../error.ts';
import { firstLetters } from '../first-letters.ts';
import { keptVersions, openArtefact, pointTo } from '../home/artefact.ts';
import { openBundle, readAbout } from './bundle.ts';
import { type BundleAbout, FILES } from './bundle-file.ts';

export interface KeptBundle {
  readonly version: string;
  /** of its files */
  readonly bytes: number | null;
  readonly about: BundleAbout | null;
  /** why it cannot be used, as far as a look at its sizes tells */
  readonly problem: string | null;
}

/** Newest first. */
export async function keptBundles(home: string): Promise<KeptBundle[]> {
  const versions = await keptVersions(home, 'bundle');
  return Promise.all(versions.map((version) => lookAt(home, version)));
}

async function lookAt(home: string, version: string): Promise<KeptBundle> {
  try {
    const { folder, manifest } = await openArtefact(home, 'bundle', version, { checksums: false });
    const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
    return { version, bytes, about: await readAbout(join(folder, FILES.about)), problem: null };
  } catch (error) {
    // What is not foreseen (too many open files, say) is no property of the bundle.
    if (!(error instanceof OsusumeError)) throw error;
    return { version, bytes: null, about: null, problem: error.message };
  }
}

/**
 * Makes a kept version the current one, after opening it as a server would.
 * @throws NotFoundError when it is not kept; ArtefactError when it is damaged. The pointer has not moved then
 */
export async function useBundle(home: string, version: string): Promise<void> {
  const kept = await keptVersions(home, 'bundle');
  if (!kept.includes(version))
    throw new NotFoundError(
      `There is no bundle "${firstLetters(version, 60)}" here; kept are: ${kept.join(', ') || 'none'}`,
    );
  const bundle = await openBundle(home, version);
  await bundle.close();
  await pointTo(home, 'bundle', version);
}
