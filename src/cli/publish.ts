/** osusume publish */
import { UsageError } from '../error.ts';
import { currentVersion } from '../home/versions.ts';
import { action, type CommonFlags, command } from './command.ts';
import { forceOption, marginOption, signOption, toOption } from './options.ts';

interface PublishFlags extends CommonFlags {
  readonly force?: boolean;
  readonly bundle?: string;
}

export const publishCommand = command('publish', 'fit on everyone and publish a bundle for serving')
  .addOption(signOption())
  .addOption(marginOption())
  .addOption(forceOption())
  .addOption(toOption())
  .option(
    '--bundle <version>',
    'with --to: make no bundle, and put this one in use there; "current" = the one in use here',
  )
  .action(
    action<PublishFlags>(async ({ flags, config, progress, signal }) => {
      const { home, threads, cloud, publish: settings } = config;
      if (flags.bundle !== undefined) {
        const { to } = settings;
        if (to === null) throw new UsageError('--bundle needs --to <gs:// address>');
        const { pushBundle } = await import('../cloud/push-bundle.ts');
        const version = await versionOf(home, flags.bundle);
        const pushed = await pushBundle({ home, to, version, cloud, progress, signal });
        return { json: pushed, text: pushedText(pushed) };
      }
      const { publish } = await import('../publish.ts');
      const { comparisonText } = await import('../recommend/quality-gate.ts');
      const { force } = flags;
      const made = await publish({ home, threads, ...settings, cloud, force, progress, signal });
      const { folder, version, comparison, pushed } = made;
      const lines = [
        `${comparisonText(comparison)}.`,
        `Published ${version} in ${folder}. Next: osusume serve`,
        ...(pushed ? [pushedText(pushed)] : []),
      ];
      return { json: { folder, version, comparison, pushed }, text: lines.join('\n') };
    }),
  );

async function versionOf(home: string, given: string): Promise<string> {
  if (given !== 'current') return given;
  const version = await currentVersion(home, 'bundle');
  if (version !== null) return version;
  throw new UsageError(`No bundle is in use in ${home}: give --bundle a version`);
}

function pushedText({
  version,
  address,
  sent,
  before,
}: {
  readonly version: string;
  readonly address: string;
  readonly sent: readonly string[];
  readonly before: string | null;
}): string {
  const instead = before === null || before === version ? '' : ` instead of ${before}`;
  return `${address} (${sent.length} files sent) is in use there${instead}`;
}
