/** Stage: what running servers counted, or files of it → how far it is from the training data, as an HTML report. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Value } from 'typebox/value';
import { AdminClient } from './api/admin-client.ts';
import { OsusumeError, UsageError } from './error.ts';
import { writeAtomically } from './home/atomic-write.ts';
import { privateFolder } from './home/modes.ts';
import { CHARTS, requirePackages } from './program/optional-package.ts';
import { NO_PROGRESS, type Progress } from './progress.ts';
import { type Drift, driftOf, totalTraffic } from './traffic/drift.ts';
import { BundleTraffic } from './traffic/traffic.ts';

export interface DriftOptions {
  readonly home: string;
  /** addresses of servers; their counts are added */
  readonly servers: readonly string[];
  /** their key; secret */
  readonly key: string | null;
  /** files that `save` wrote; their counts are added too */
  readonly files?: readonly string[];
  /** path of the report; default: drift.html in the home */
  readonly out?: string;
  /** where to write what the servers counted; default: nowhere */
  readonly save?: string;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/** @throws UsageError without a key; OsusumeError when a server or a file cannot be read, or they are of different bundles */
export async function drift(options: DriftOptions): Promise<{ path: string; drift: Drift }> {
  const { home, files = [], save, progress = NO_PROGRESS } = options;
  await requirePackages('drift', CHARTS);
  const { driftReport } = await import('./report/drift-report.ts');
  const path = resolve(options.out ?? join(home, 'drift.html'));
  progress.step('reading what was asked and recommended');
  const parts = [...(await fromServers(options)), ...(await Promise.all(files.map(fromFile)))];
  const traffic = totalTraffic(parts);
  const found = driftOf(traffic);
  progress.step('writing the report');
  // The server may be elsewhere, and nothing of it here.
  if (options.out === undefined) await privateFolder(home);
  const mode = 0o666 & ~process.umask();
  if (save !== undefined) await writeAtomically(save, `${JSON.stringify(traffic)}\n`, { mode });
  await writeAtomically(path, driftReport(found), options.out === undefined ? undefined : { mode });
  progress.end();
  return { path, drift: found };
}

async function fromServers({ servers, key, signal }: DriftOptions): Promise<BundleTraffic[]> {
  if (servers.length === 0) return [];
  if (key === null)
    throw new UsageError(
      'Set OSUSUME_ADMIN_KEY to the key of the server: what it counted is for its operators only',
    );
  const asked = servers.map(async (server) => {
    const client = new AdminClient(addressOf(server), key);
    const answer = await client.getTraffic({ signal }).catch((error: Error) => {
      if (signal?.aborted) throw error;
      throw new OsusumeError(`What ${server} counted cannot be read: ${error.message}`);
    });
    return checked(answer, server);
  });
  return Promise.all(asked);
}

/** @throws UsageError when it is no address, or one that has a user or a password in it */
function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '')
    return url;
  throw new UsageError('--url must be an address such as https://osusume.example, without a user');
}

async function fromFile(path: string): Promise<BundleTraffic> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new OsusumeError(`${path} cannot be read: ${(error as Error).message}`);
  }
  return checked(value, path);
}

function checked(value: unknown, from: string): BundleTraffic {
  if (Value.Check(BundleTraffic, value)) return value;
  const [problem] = Value.Errors(BundleTraffic, value);
  throw new OsusumeError(
    `What ${from} has is no traffic of this release (${problem.instancePath || '/'} ${problem.message}): "osusume drift --save <file>" writes such a file`,
  );
}
