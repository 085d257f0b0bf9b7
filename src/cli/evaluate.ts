/** osusume evaluate */
import { Option } from 'commander';
import { trackAccess } from '../config/config.ts';
import { action, command, type StageFlags } from './command.ts';
import { reproducibleOption, summaryOption } from './options.ts';
import { summarize } from './output/summarize.ts';

interface EvaluateFlags extends StageFlags {
  readonly part: 'validation' | 'test';
  readonly markdown?: boolean;
  readonly all?: boolean;
}

export const evaluateCommand = command(
  'evaluate',
  'compare the models on held-out people: the leaderboard',
)
  .addOption(
    new Option('--part <part>', 'which held-out people')
      .choices(['validation', 'test'])
      .default('test'),
  )
  .option('--markdown', 'print the tables as Markdown')
  .option('--all', 'also by group of people and titles, with latency and cost, and an HTML report')
  .addOption(reproducibleOption())
  .addOption(summaryOption())
  .action(
    action<EvaluateFlags>(async ({ flags, config, progress, signal }) => {
      const { evaluate } = await import('../evaluate.ts');
      const { leaderboardMarkdown, leaderboardText } = await import('../metric/leaderboard.ts');
      const { home, track } = config;
      const { part, all, reproducible } = flags;
      const { seed } = config.prepare;
      const access = trackAccess();
      const board = await evaluate({
        ...{ home, part, seed, all, reproducible },
        ...{ track, access, progress, signal },
      });
      await summarize(flags, ({ evaluateSummary }) => evaluateSummary(board));
      return {
        json: board,
        text: flags.markdown ? leaderboardMarkdown(board) : leaderboardText(board),
      };
    }),
  );
