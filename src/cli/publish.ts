/** osusume publish */
import { join } from 'node:path';
import { Option } from 'commander';
import type { Pushed } from '../cloud/push-bundle.ts';
import { type Config, trackAccess } from '../config/config.ts';
import { UsageError } from '../error.ts';
import { currentVersion } from '../home/versions.ts';
import type { Progress } from '../progress.ts';
import type { Published } from '../publish.ts';
import { action, command, type Outcome, type StageFlags } from './command.ts';
import {
  forceOption,
  marginOption,
  noAdultFlagOption,
  reproducibleOption,
  signOption,
  summaryOption,
  toOption,
} from './options.ts';
import { summarize } from './output/summarize.ts';

interface PublishFlags extends StageFlags {
  readonly force?: boolean;
  readonly adultFlag: boolean;
  readonly bundle?: string;
  readonly fromHome?: string;
}

interface PublishRun {
  readonly flags: PublishFlags;
  readonly config: Config;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export const publishCommand = command('publish', 'fit on everyone and publish a bundle for serving')
  .addOption(
    new Option(
      '--from-home <folder>',
      'fit nothing: publish a copy of the current bundle of another home, such as the one that DVC keeps',
    ),
  )
  .addOption(signOption())
  .addOption(marginOption())
  .addOption(forceOption())
  .addOption(noAdultFlagOption())
  .addOption(toOption())
  .option(
    '--bundle <version>',
    'with --to: make no bundle, and put this one in use there; "current" = the one in use here',
  )
  .addOption(reproducibleOption())
  .addOption(summaryOption())
  .action(
    action<PublishFlags>((run) =>
      run.flags.bundle === undefined ? published(run) : pushedOnly(run, run.flags.bundle),
    ),
  );

async function published(run: PublishRun): Promise<Outcome> {
  const { comparisonText } = await import('../recommend/quality-gate.ts');
  const made = await (run.flags.fromHome === undefined
    ? fitted(run)
    : copied(run, run.flags.fromHome));
  const { folder, version, comparison, manifest, pushed } = made;
  await summarize(run.flags, async ({ publishSummary }) => {
    const { readAbout } = await import('../recommend/bundle.ts');
    return publishSummary(manifest, await readAbout(join(folder, 'bundle.json')));
  });
  const lines = [
    `${comparisonText(comparison)}.`,
    `Published ${version} in ${folder}. Next: osusume serve`,
    ...(pushed ? [pushedText(pushed)] : []),
  ];
  return { json: { folder, version, comparison, pushed }, text: lines.join('\n') };
}

async function fitted({ flags, config, progress, signal }: PublishRun): Promise<Published> {
  const { publish } = await import('../publish.ts');
  const { home, threads, cloud, track, publish: settings } = config;
  const { force, reproducible, adultFlag } = flags;
  return publish({
    ...{ home, threads, ...settings, cloud, force, reproducible, noAdultFlag: !adultFlag },
    ...{ track, access: trackAccess(), progress, signal },
  });
}

async function copied(
  { flags, config, progress, signal }: PublishRun,
  from: string,
): Promise<Published> {
  if (flags.reproducible)
    throw new UsageError(
      'Publishing: --from-home gives the bundle a time of its own, and --reproducible keeps times out of it: choose one',
    );
  const { publishCopy } = await import('../publish-copy.ts');
  const { home, cloud, publish: settings } = config;
  return publishCopy({ home, from, ...settings, cloud, force: flags.force, progress, signal });
}

async function pushedOnly(
  { config: { home, cloud, publish }, progress, signal }: PublishRun,
  bundle: string,
): Promise<Outcome> {
  const { to } = publish;
  if (to === null) throw new UsageError('--bundle needs --to <gs:// address>');
  const { pushBundle } = await import('../cloud/push-bundle.ts');
  const version = await versionOf(home, bundle);
  const pushed = await pushBundle({ home, to, version, cloud, progress, signal });
  return { json: pushed, text: pushedText(pushed) };
}

async function versionOf(home: string, given: string): Promise<string> {
  if (given !== 'current') return given;
  const version = await currentVersion(home, 'bundle');
  if (version !== null) return version;
  throw new UsageError(`No bundle is in use in ${home}: give --bundle a version`);
}

function pushedText({ version, address, sent, before }: Pushed): string {
  const instead = before === null || before === version ? '' : ` instead of ${before}`;
  return `${address} (${sent.length} files sent) is in use there${instead}`;
}
