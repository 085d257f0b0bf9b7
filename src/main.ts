#!/usr/bin/env node
/** The commands; prints errors; sets the exit code (0 done, 1 failed, 2 wrong use, 130 interrupted). */
import { Command, CommanderError } from 'commander';
import { recommendCommand, serveCommand } from './cli/answers.ts';
import { exploreCommand, mapCommand, runsCommand, tuneCommand } from './cli/beside.ts';
import { fetchCommand, sampleCommand } from './cli/ratings.ts';
import {
  evaluateCommand,
  ingestCommand,
  pipelineCommand,
  prepareCommand,
  publishCommand,
  trainCommand,
} from './cli/walk.ts';
import { isDebugging } from './config/config.ts';
import { describeError, exitCodeOf } from './error.ts';

/** In the order of --help. */
const COMMANDS = [
  pipelineCommand,
  ingestCommand,
  prepareCommand,
  trainCommand,
  tuneCommand,
  evaluateCommand,
  publishCommand,
  mapCommand,
  runsCommand,
  exploreCommand,
  serveCommand,
  recommendCommand,
  sampleCommand,
  fetchCommand,
];

const program = new Command('osusume')
  .description('Anime recommendations: from a folder of ratings to a page that recommends.')
  .showHelpAfterError('(osusume <command> --help lists the options)')
  .exitOverride();
for (const command of COMMANDS) program.addCommand(command);

// "osusume runs | head": who has read enough closes the pipe, which is nobody's fault
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

await main();

async function main(): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.stderr.write(`\n${describeError(error, isDebugging())}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
