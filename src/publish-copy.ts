/**
 * Publishes a bundle of another home, such as one that DVC keeps: the same content under a name and with a time of its
 * own, after the same comparison with the bundle in use as any other.
 */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseCloudAddress } from './cloud/address.ts';
import { QUALITY_MARGIN } from './config/stage-settings.ts';
import { UsageError } from './error.ts';
import { openArtefact, writeArtefact } from './home/artefact.ts';
import { isSampleVersion, readOrigin, writeOrigin } from './home/origin.ts';
import { openSigningKey } from './home/signature.ts';
import { runStage } from './home/stage.ts';
import { NO_PROGRESS } from './progress.ts';
import type { Published, PublishOptions } from './publish.ts';
import { readAbout } from './recommend/bundle.ts';
import { FILES } from './recommend/bundle-file.ts';
import { checkQuality, qualityIn } from './recommend/quality-gate.ts';

export interface PublishCopyOptions
  extends Omit<PublishOptions, 'threads' | 'reproducible' | 'track' | 'access'> {
  /** the home whose current bundle is copied */
  readonly from: string;
}

/**
 * @throws ArtefactError when the bundle is damaged, WorseBundleError when it is worse than the bundle in use; nothing
 * has been written then
 */
export async function publishCopy(options: PublishCopyOptions): Promise<Published> {
  const { home, progress = NO_PROGRESS } = options;
  if (resolve(options.from) === resolve(home))
    throw new UsageError(
      `Publishing: --from-home and --home are both ${resolve(home)}: give --home another folder, which receives the copy`,
    );
  const sign = options.sign
    ? await openSigningKey(options.sign, (line) => progress.note(line))
    : undefined;
  if (options.to) parseCloudAddress(options.to);
  return runStage(home, 'publish', progress, async () => {
    const made = await copyBundle({ ...options, sign });
    return { ...made, pushed: await push(options, made.version) };
  });
}

/** @throws OsusumeError; the bundle is published in the home all the same */
async function push(options: PublishCopyOptions, version: string): Promise<Published['pushed']> {
  const { home, to, cloud, progress, signal } = options;
  if (!to) return null;
  const { pushBundle } = await import('./cloud/push-bundle.ts');
  return pushBundle({ home, to, version, cloud, progress, signal });
}

async function copyBundle(
  options: Omit<PublishCopyOptions, 'sign'> & {
    readonly sign?: Awaited<ReturnType<typeof openSigningKey>>;
  },
): Promise<Omit<Published, 'pushed'>> {
  const { home, from, sign, clock = () => new Date(), keep = 2, progress = NO_PROGRESS } = options;
  progress.step(`checking the bundle of ${from}`);
  const { folder, version, manifest } = await openArtefact(from, 'bundle');
  const isSample = await isSampleVersion(from, 'bundle', version);
  const before = await readOrigin(home);
  if (isSample && before.data === 'real')
    throw new UsageError(
      `Publishing: the bundle of ${from} was made from the built-in sample, and ${home} holds ${before.about}, which it must not replace. Choose another --home`,
    );
  const about = await readAbout(join(folder, FILES.about));
  const { margin = QUALITY_MARGIN, force = false } = options;
  const comparison = await checkQuality(home, await qualityIn(folder), { margin, force });
  progress.step('writing the bundle');
  const fill = async (target: string) => {
    for (const file of Object.keys(manifest.files)) {
      await mkdir(dirname(join(target, file)), { recursive: true });
      await copyFile(join(folder, file), join(target, file));
    }
    const published = { ...about, publishedAt: clock().toISOString() };
    await writeFile(join(target, FILES.about), `${JSON.stringify(published, null, 2)}\n`);
  };
  const artefact = await writeArtefact(home, 'bundle', fill, { clock, keep, sign });
  await writeOrigin(home, isSample ? 'sample' : 'real', about.origin.name);
  progress.end();
  return { ...artefact, comparison };
}
