/** osusume evaluate */
import { Option } from 'commander';
import { trackAccess } from '../config/config.ts';
import { action, type CommonFlags, command } from './command.ts';

interface EvaluateFlags extends CommonFlags {
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
  .action(
    action<EvaluateFlags>(async ({ flags, config, progress, signal }) => {
      const { evaluate } = await import('../evaluate.ts');
      const { leaderboardMarkdown, leaderboardText } = await import('../metric/leaderboard.ts');
      const { home, track } = config;
      const { part, all } = flags;
      const { seed } = config.prepare;
      const access = trackAccess();
      const board = await evaluate({ home, part, seed, all, track, access, progress, signal });
      return {
        json: board,
        text: flags.markdown ? leaderboardMarkdown(board) : leaderboardText(board),
      };
    }),
  );
