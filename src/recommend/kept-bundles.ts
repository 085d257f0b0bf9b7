/** Lists the bundles that an installation keeps, and makes one of them current. */
import { join } from 'node:path';
import { NotFoundError, OsusumeError } from '../error.ts';
import { firstLetters } from '../first-letters.ts';
import { openArtefact } from '../home/artefact.ts';
import { withPointerLock } from '../home/home-locks.ts';
import type { Signature, TrustedKey } from '../home/signature.ts';
import { keptVersions, pointTo } from '../home/versions.ts';
import { openBundle, readAbout } from './bundle.ts';
import { type BundleAbout, FILES } from './bundle-file.ts';

export interface KeptBundle {
  readonly version: string;
  /** total size of its files; null when damaged */
  readonly bytes: number | null;
  readonly about: BundleAbout | null;
  readonly signature: Signature | null;
  /** why it cannot be used; only file sizes are checked, not checksums */
  readonly problem: string | null;
}

/** Newest first. */
export async function keptBundles(
  home: string,
  trust: readonly TrustedKey[] = [],
): Promise<KeptBundle[]> {
  const versions = await keptVersions(home, 'bundle');
  return Promise.all(versions.map((version) => inspect(home, version, trust)));
}

async function inspect(
  home: string,
  version: string,
  trust: readonly TrustedKey[],
): Promise<KeptBundle> {
  try {
    const options = { checksums: false, trust };
    const { folder, manifest, signature } = await openArtefact(home, 'bundle', version, options);
    const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
    const about = await readAbout(join(folder, FILES.about));
    return { version, bytes, about, signature, problem: null };
  } catch (error) {
    // An unexpected error (too many open files, say) is not a defect of the bundle.
    if (!(error instanceof OsusumeError)) throw error;
    return { version, bytes: null, about: null, signature: null, problem: error.message };
  }
}

/**
 * Makes a kept version current, after opening it as a server would.
 * @throws NotFoundError when it is not kept; ArtefactError when it is damaged, TamperedError when its signature is not by
 *   a trusted key. Then the current version stays
 */
export async function useBundle(
  home: string,
  version: string,
  trust: readonly TrustedKey[] = [],
): Promise<void> {
  const kept = await keptVersions(home, 'bundle');
  if (!kept.includes(version))
    throw new NotFoundError(
      `There is no bundle "${firstLetters(version, 60)}" here; these are kept: ${kept.join(', ') || 'none'}`,
    );
  const bundle = await openBundle(home, version, { trust });
  await bundle.close();
  await withPointerLock(home, async () => {
    // A publication may have removed it while it was checked.
    await openArtefact(home, 'bundle', version, { checksums: false, trust });
    await pointTo(home, 'bundle', version);
  });
}
