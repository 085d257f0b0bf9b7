#!/usr/bin/env node
/** Makes stacks name the sources, then loads and runs the command. */
import { OriginalStacks } from './program/original-stacks.ts';

/** Set by build/program.js. Elsewhere there are no bundles, and --enable-source-maps works. */
declare const IN_PROGRAM: true | undefined;

if (typeof IN_PROGRAM !== 'undefined') new OriginalStacks().install();
const { runCommand } = await import('./cli/run.ts');
await runCommand();
