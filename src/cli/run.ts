/** Runs a command, prints errors and sets the exit code: 0 done, 1 failed, 2 used wrongly, 3 a worse bundle refused, 130 interrupted. */
import { CommanderError } from 'commander';
import { isDebugging } from '../config/config.ts';
import { describeError, exitCodeOf } from '../error.ts';
import { osusumeProgram } from './program.ts';

/** Runs the command of this process. */
export async function runCommand(): Promise<void> {
  // "osusume runs | head": a reader that has enough closes the pipe; that is no error
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    await osusumeProgram().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.stderr.write(`\n${describeError(error, isDebugging())}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
