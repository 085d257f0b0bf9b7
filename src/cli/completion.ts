/** osusume completion: completes commands, options and file names in the shell. */
import { ShellCompDirective } from '@bomb.sh/tab';
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

/** Adds `completion <shell>`, which prints a script, and the hidden `complete`, which that script calls. */
export function addCompletion(program: Command): void {
  const completions = tab(program, { completionCommandName: 'completion' });
  // @bomb.sh/tab forbids file names everywhere; here the shell offers them where nothing else fits
  const directive = ShellCompDirective.ShellCompDirectiveDefault;
  Object.defineProperty(completions, 'directive', { get: () => directive, set: () => {} });
  const added = program.commands.find((command) => command.name() === 'completion');
  added
    ?.description('print a script for shell completion, e.g. for source <(osusume completion bash)')
    .hook('postAction', (_, { args: [shell] }) => {
      if (shell === 'bash') console.log('complete -o default -F __osusume_complete osusume');
    });
}
