/**
 * Records a run: always in the run's folder, and at Comet or MLflow when configured. No call waits for a server: events
 * are sent in the background.
 */
import type { TrackAccess } from '../config/config.ts';
import type { TrackOptions } from '../config/track-options.ts';
import { UsageError } from '../error.ts';
import { Comet } from './comet.ts';
import { EventLog, type RunEvent, type RunFact, type RunStatus } from './event-log.ts';
import { flatten } from './flatten.ts';
import { Mlflow } from './mlflow.ts';
import { Outbox, type OutboxOptions } from './outbox.ts';
import type { TrackingServer } from './remote-run.ts';

export interface Tracker {
  /** Nested objects are flattened: { ease: { dropout: 0.2 } } is "ease.dropout". */
  parameters(values: object): void;
  /** Nested numbers are flattened as well; values that are not finite numbers are left out. */
  metrics(values: object, step?: number): void;
  tags(values: Readonly<Record<string, string>>): void;
  /** anything else that an event can say */
  record(fact: RunFact): void;
  /** @param file name of a file in the run's folder */
  artefact(file: string): void;
  /** @returns a warning, e.g. that a server could not be reached; null when all events were sent */
  finish(status?: Exclude<RunStatus, 'running'>): Promise<string | null>;
}

export interface TrackerOptions extends OutboxOptions {
  /** longest time that the end of a run waits for the server; default 5000 */
  readonly graceMs?: number;
}

/** @throws UsageError when the server's key or address is not given */
export function openTracker(
  folder: string,
  options: TrackOptions,
  access: TrackAccess,
  clock: () => Date = () => new Date(),
): Tracker {
  const graceMs = 1000 * options.waitSeconds;
  return trackerOf(new EventLog(folder), openTrackingServer(options, access), clock, { graceMs });
}

/** @returns null for 'local' */
export function openTrackingServer(
  options: TrackOptions,
  access: TrackAccess,
): TrackingServer | null {
  const { to, project, workspace } = options;
  if (to === 'local') return null;
  if (to === 'comet') return openComet(project, workspace, access);
  const { mlflowUri, mlflowToken } = access;
  if (mlflowUri && /^https?:\/\//.test(mlflowUri) && URL.canParse(mlflowUri))
    return new Mlflow({ uri: mlflowUri, token: mlflowToken, experiment: project });
  throw new UsageError(
    'track.to is "mlflow": set MLFLOW_TRACKING_URI in the environment to the http(s) address of its server',
  );
}

function openComet(
  project: string,
  workspace: string | null,
  { cometApiKey: apiKey, cometUrl }: TrackAccess,
): Comet {
  if (!apiKey)
    throw new UsageError('track.to is "comet", but COMET_API_KEY is not set in the environment');
  if (!cometUrl) return new Comet({ apiKey, project, workspace });
  if (!/^https?:\/\//.test(cometUrl) || !URL.canParse(cometUrl))
    throw new UsageError(
      'COMET_URL_OVERRIDE is not the http(s) address of a Comet server: correct it, or unset it for comet.com',
    );
  // Comet's own clients append their path to this variable: only the server counts here
  return new Comet({ apiKey, project, workspace, base: new URL('/api/rest/v2/', cometUrl).href });
}

export function trackerOf(
  log: EventLog,
  server: TrackingServer | null,
  clock: () => Date = () => new Date(),
  options: TrackerOptions = {},
): Tracker {
  const { graceMs = 5000, ...outboxOptions } = options;
  const outbox = server && new Outbox(log, server, outboxOptions);
  const record = (event: RunEvent) => {
    log.append(event);
    outbox?.wake();
  };
  const at = () => clock().getTime();
  return {
    parameters: (values) => record({ at: at(), parameters: texts(values) }),
    metrics: (values, step) => record({ at: at(), metrics: numbers(values), step }),
    tags: (values) => record({ at: at(), tags: values }),
    record: (fact) => record({ at: at(), ...fact }),
    artefact: (file) => record({ at: at(), artefact: file }),
    async finish(status) {
      if (status) record({ at: at(), finish: status });
      await outbox?.close(graceMs);
      if (!outbox || outbox.unsent === 0) return null;
      const why = outbox.problem?.message ?? 'the server is slow';
      return `${outbox.unsent} events of this run were not sent (${why}): send them with "osusume runs push"`;
    },
  };
}

/** Every finite number of a nested object, by dotted path. */
export function numbers(values: object): Record<string, number> {
  return Object.fromEntries(
    flatten(values).filter((leaf): leaf is [string, number] => Number.isFinite(leaf[1])),
  );
}

function texts(values: object): Record<string, string> {
  return Object.fromEntries(flatten(values).map(([path, value]) => [path, String(value)]));
}
