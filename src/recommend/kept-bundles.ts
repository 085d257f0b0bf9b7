/** Lists the bundles that an installation keeps, and makes one of them current. */
import { join } from 'node:path';
import { NotFoundError, OsusumeError } from '../error.ts';
import { firstLetters } from '../first-letters.ts';
import { keptVersions, openArtefact, pointTo } from '../home/artefact.ts';
import { openBundle, readAbout } from './bundle.ts';
import { type BundleAbout, FILES } from './bundle-file.ts';

export interface KeptBundle {
  readonly version: string;
  /** total size of its files; null when damaged */
  readonly bytes: number | null;
  readonly about: BundleAbout | null;
  /** why it cannot be used; only file sizes are checked, not checksums */
  readonly problem: string | null;
}

/** Newest first. */
export async function keptBundles(home: string): Promise<KeptBundle[]> {
  const versions = await keptVersions(home, 'bundle');
  return Promise.all(versions.map((version) => inspect(home, version)));
}

async function inspect(home: string, version: string): Promise<KeptBundle> {
  try {
    const { folder, manifest } = await openArtefact(home, 'bundle', version, { checksums: false });
    const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
    return { version, bytes, about: await readAbout(join(folder, FILES.about)), problem: null };
  } catch (error) {
    // An unexpected error (too many open files, say) is not a defect of the bundle.
    if (!(error instanceof OsusumeError)) throw error;
    return { version, bytes: null, about: null, problem: error.message };
  }
}

/**
 * Makes a kept version current, after opening it as a server would.
 * @throws NotFoundError when it is not kept; ArtefactError when it is damaged. Then the current version stays
 */
export async function useBundle(home: string, version: string): Promise<void> {
  const kept = await keptVersions(home, 'bundle');
  if (!kept.includes(version))
    throw new NotFoundError(
      `There is no bundle "${firstLetters(version, 60)}" here; these are kept: ${kept.join(', ') || 'none'}`,
    );
  const bundle = await openBundle(home, version);
  await bundle.close();
  await pointTo(home, 'bundle', version);
}
