/** How a command is run: the flags that all have, configuration, progress, Ctrl-C, what is printed. */
import { Command } from 'commander';
import { type Config, type Flags, loadConfig } from '../config/config.ts';
import { UsageError } from '../error.ts';
import { NO_PROGRESS, type Progress } from '../progress.ts';

export interface CommonFlags extends Flags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What a command gets besides its own flags. */
interface Run<F> {
  readonly flags: F;
  readonly config: Config;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

interface Outcome {
  /** what --json prints */
  readonly json: unknown;
  /** what a person reads */
  readonly text: string;
}

/** A command with the flags that all have; cli.ts adds it. */
export function command(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option(
      '--home <folder>',
      'everything this installation keeps (default: OSUSUME_HOME or ./.osusume)',
    )
    .option('--config <file>', 'a configuration file, or the name of one in configs/')
    .option('--threads <n>', 'default: all cores')
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'no progress')
    .showHelpAfterError(`(osusume ${name} --help lists the options)`)
    .exitOverride();
}

/** A commander action: configuration, progress and Ctrl-C around `work`; arguments that are not given are ''. `withConfig` false: its flags are its own. */
export function act<F extends CommonFlags = CommonFlags>(
  work: (run: Run<F>, ...given: string[]) => Promise<Outcome>,
  withConfig = true,
) {
  return async (...received: unknown[]) => {
    const invoked = received.pop() as Command;
    const given = invoked.processedArgs.map((argument) => String(argument ?? ''));
    const flags = invoked.opts<F>();
    const config = loadConfig(withConfig ? flags : { home: flags.home, config: flags.config });
    const controller = new AbortController();
    const interrupt = () => controller.abort();
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    const progress = flags.quiet
      ? NO_PROGRESS
      : (await import('./terminal-progress.ts')).terminalProgress();
    try {
      const { signal } = controller;
      const { json, text } = await work({ flags, config, progress, signal }, ...given);
      process.stdout.write(`${flags.json ? JSON.stringify(json, null, 2) : text}\n`);
    } finally {
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    }
  };
}

/** A flag that is a whole number. */
export function whole<K extends string>(
  flags: { readonly [key in K]?: string },
  name: K,
): number | undefined {
  const text = flags[name];
  if (text === undefined) return undefined;
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isSafeInteger(value) || value < 0)
    throw new UsageError(`--${name} is "${text}", expected a whole number`);
  return value;
}
