/** How a command is run: the options that all have, configuration, progress, Ctrl-C, and what is printed. */
import { constants } from 'node:os';
import { Command } from 'commander';
import { type Config, type Flags, loadConfig } from '../config/config.ts';
import { OsusumeError } from '../error.ts';
import { NO_PROGRESS, type Progress } from '../progress.ts';
import type { Tracing } from '../watch/tracing.ts';

export interface CommonFlags extends Flags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What the stages of a versioned pipeline also take (docs/versioning.md). */
export interface StageFlags extends CommonFlags {
  readonly reproducible?: boolean;
  /** folder for the stage's figures */
  readonly summary?: string;
}

/** What a command gets besides its arguments. */
interface Run<F> {
  readonly flags: F;
  readonly config: Config;
  readonly progress: Progress;
  /** null = nothing is traced */
  readonly tracing: Tracing | null;
  readonly signal: AbortSignal;
}

export interface Outcome {
  /** what --json prints */
  readonly json: unknown;
  /** what is printed otherwise */
  readonly text: string;
}

/** A command with the options that all have. */
export function command(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option(
      '--home <folder>',
      'the folder for data, models and bundles (default: OSUSUME_HOME or ./.osusume)',
    )
    .option('--config <file>', 'a configuration file, or the name of one in configs/')
    .option('--threads <n>', 'how many threads to use (default: all cores)')
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'show no progress')
    .showHelpAfterError(`(osusume ${name} --help lists the options)`)
    .exitOverride();
}

/**
 * An action for commander: loads the configuration, shows progress, aborts on Ctrl-C and prints the outcome of `work`.
 * Arguments that are not given are ''.
 * @param configures false: only --home and --config are read as configuration; the other options are the command's own
 */
export function action<F extends CommonFlags = CommonFlags>(
  work: (run: Run<F>, ...given: string[]) => Promise<Outcome>,
  { configures = true } = {},
) {
  return async (...received: unknown[]) => {
    const invoked = received.pop() as Command;
    const given = invoked.processedArgs.map((argument) => String(argument ?? ''));
    const flags = invoked.opts<F>();
    const config = loadConfig(configures ? flags : { home: flags.home, config: flags.config });
    const controller = new AbortController();
    // The second signal ends the process at once. As the first process of a container it would be spared otherwise: the
    // kernel does for it only what it handles itself.
    const interrupt = (name: NodeJS.Signals) => {
      if (controller.signal.aborted) process.exit(128 + constants.signals[name]);
      controller.abort();
    };
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    const shown = flags.quiet
      ? NO_PROGRESS
      : (await import('./output/terminal-progress.ts')).terminalProgress();
    const watch = await openWatch(config, shown);
    try {
      const { signal } = controller;
      const { json, text } = await work({ flags, config, ...watch, signal }, ...given);
      process.stdout.write(`${flags.json ? JSON.stringify(json, null, 2) : text}\n`);
    } catch (error) {
      await reportUnexpected(error, config, invoked.name());
      throw error;
    } finally {
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      await watch.tracing?.close();
    }
  };
}

/** Stages and their steps are traced where `trace.otlp` names a collector. */
async function openWatch({ trace }: Config, progress: Progress) {
  if (trace.otlp === null) return { progress, tracing: null };
  const { openTracing } = await import('../watch/tracing.ts');
  const { tracedProgress } = await import('../watch/traced-progress.ts');
  const tracing = await openTracing({ otlp: trace.otlp, share: trace.share });
  return { progress: tracedProgress(progress, tracing), tracing };
}

/** What a person can act on is no defect, and is not reported. */
async function reportUnexpected(error: unknown, { errors }: Config, name: string): Promise<void> {
  if (errors.dsn === null || error instanceof OsusumeError) return;
  const { openErrorReports } = await import('../watch/error-reports.ts');
  const reports = openErrorReports(errors);
  reports?.report(error, { command: name });
  await reports?.close();
}
