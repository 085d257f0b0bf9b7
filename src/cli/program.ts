/** The command line: every command, in the order of --help, and completion in the shell. */
import { Command } from 'commander';
import { RELEASE } from '../program/release.ts';
import { addCompletion } from './completion.ts';
import { driftCommand } from './drift.ts';
import { evaluateCommand } from './evaluate.ts';
import { exploreCommand } from './explore.ts';
import { fetchCommand } from './fetch.ts';
import { ingestCommand } from './ingest.ts';
import { mapCommand } from './map.ts';
import { pipelineCommand } from './pipeline.ts';
import { prepareCommand } from './prepare.ts';
import { publishCommand } from './publish.ts';
import { recommendCommand } from './recommend.ts';
import { runsCommand } from './runs.ts';
import { sampleCommand } from './sample.ts';
import { serveCommand } from './serve.ts';
import { trainCommand } from './train.ts';
import { tuneCommand } from './tune.ts';
import { uploadCommand } from './upload.ts';

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
  driftCommand,
  serveCommand,
  recommendCommand,
  sampleCommand,
  fetchCommand,
  uploadCommand,
];

export function osusumeProgram(): Command {
  const program = new Command('osusume')
    .description('Anime recommendations: from a folder of ratings to a page that recommends.')
    .version(RELEASE, '--version', 'print the version')
    .showHelpAfterError('(osusume --help lists the commands)')
    .exitOverride();
  for (const command of COMMANDS) program.addCommand(command);
  addCompletion(program);
  return program;
}
