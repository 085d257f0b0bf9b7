/** What did the work: release, commit, Node and machine, for the page of an experiment. */
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { RELEASE } from '../program/release.ts';
import type { CodeFacts } from './event-log.ts';

export function codeFacts(commit: string | null): CodeFacts {
  const processors = cpus();
  return {
    release: RELEASE,
    commit,
    node: process.version,
    system: platform(),
    systemRelease: release(),
    architecture: arch(),
    processor: processors[0]?.model.trim() || 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
  };
}
