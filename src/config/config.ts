/** File + environment + flags (all unknown) → Config (typed). The only reader of the environment. */
import { resolve } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { UsageError } from '../error.ts';
import { CloudSettings } from './cloud-settings.ts';
import { merge, readConfigFile } from './config-file.ts';
import { ExplainOptions } from './explain-options.ts';
import { count, section } from './fields.ts';
import { ImportOptions } from './import-options.ts';
import { type Problem, whatIsWrong } from './parse-options.ts';
import { PosterOptions } from './poster-options.ts';
import {
  IngestSettings,
  PrepareSettings,
  PublishSettings,
  ServeSettings,
  TrainSettings,
} from './stage-settings.ts';
import { TrackOptions } from './track-options.ts';
import { ErrorSettings, LogSettings, TraceSettings } from './watch-settings.ts';

const Config = section({
  /** a folder, a .zip, an http(s) or gs:// address; null = the built-in sample */
  source: Type.Union([Type.String({ minLength: 1 }), Type.Null()], { default: null }),
  threads: count(0),
  cloud: CloudSettings,
  ingest: IngestSettings,
  prepare: PrepareSettings,
  train: TrainSettings,
  publish: PublishSettings,
  track: TrackOptions,
  explain: ExplainOptions,
  posters: PosterOptions,
  import: ImportOptions,
  serve: ServeSettings,
  log: LogSettings,
  trace: TraceSettings,
  errors: ErrorSettings,
});
export type Config = Static<typeof Config> & { readonly home: string };

/** What the command line can set; undefined = not given. */
export interface Flags {
  readonly home?: string;
  /** path of a JSON file, or the name of one in configs/ */
  readonly config?: string;
  readonly source?: string;
  readonly threads?: unknown;
  readonly rows?: unknown;
  readonly maxRejected?: unknown;
  readonly minRatings?: unknown;
  /** draws who is held out (prepare) and seeds the models (train) */
  readonly seed?: unknown;
  readonly relations?: string;
  /** file of the private key that a bundle is signed with */
  readonly sign?: string;
  /** how much worse a bundle may be than the one in use */
  readonly margin?: unknown;
  /** gs:// address that bundles are pushed to */
  readonly to?: string;
  /** gs:// address that bundles are served from */
  readonly from?: string;
  /** files of public keys that bundles are accepted from */
  readonly trust?: readonly string[];
  readonly host?: string;
  readonly port?: unknown;
  /** on or off */
  readonly posters?: string;
  /** where metrics are served */
  readonly metricsPort?: unknown;
}

/**
 * In order of precedence: flags, the environment (PORT, HOST and OSUSUME_…; empty = not set), the named file,
 * configs/default.json, the defaults of the schemas in config/.
 * @throws UsageError that names the field
 */
export function loadConfig(
  flags: Flags = {},
  environment: NodeJS.ProcessEnv = process.env,
): Config {
  const base = readConfigFile('default');
  const { value: file, path } = flags.config ? readConfigFile(flags.config) : base;
  // the files by themselves first: a mistake in one is reported even where a flag overrides it
  const configured = checked(merge(base.value, file), path);
  const seed = number('--seed', flags.seed);
  const home = resolve(flags.home || environment.OSUSUME_HOME || '.osusume');
  const overrides = {
    source: flags.source ?? (environment.OSUSUME_SOURCE || undefined),
    threads: number('--threads', flags.threads),
    cloud: { endpoint: environment.OSUSUME_CLOUD_ENDPOINT || undefined },
    ingest: {
      rows: number('--rows', flags.rows),
      maxRejected: number('--max-rejected', flags.maxRejected),
    },
    prepare: {
      minRatingsPerUser: number('--min-ratings', flags.minRatings),
      seed,
      relations: flags.relations,
    },
    train: { seed },
    publish: {
      sign: flags.sign ?? (environment.OSUSUME_SIGN || undefined),
      margin: number('--margin', flags.margin),
      to: flags.to ?? (environment.OSUSUME_TO || undefined),
    },
    explain: {
      baseUrl: environment.OSUSUME_LLM_URL || undefined,
      model: environment.OSUSUME_LLM_MODEL || undefined,
    },
    posters: { show: flags.posters ?? (environment.OSUSUME_POSTERS || undefined) },
    import: {
      anilist: environment.OSUSUME_ANILIST_URL || undefined,
      myanimelist: environment.OSUSUME_MYANIMELIST_URL || undefined,
    },
    serve: {
      host: flags.host ?? (environment.HOST || undefined),
      port: number(flags.port === undefined ? 'PORT' : '--port', flags.port ?? environment.PORT),
      allowedOrigins: words(environment.OSUSUME_ALLOWED_ORIGINS),
      allowedHosts: words(environment.OSUSUME_ALLOWED_HOSTS),
      frameAncestors: words(environment.OSUSUME_FRAME_ANCESTORS),
      trustProxy: proxies(environment.OSUSUME_TRUST_PROXY),
      people: onOrOff('OSUSUME_PEOPLE', environment.OSUSUME_PEOPLE),
      trust: flags.trust ?? paths(environment.OSUSUME_TRUST),
      from: flags.from ?? (environment.OSUSUME_FROM || undefined),
      followPollMs: number('OSUSUME_FOLLOW_POLL_MS', environment.OSUSUME_FOLLOW_POLL_MS),
      followSpreadMs: number('OSUSUME_FOLLOW_SPREAD_MS', environment.OSUSUME_FOLLOW_SPREAD_MS),
      metricsPort: number(
        flags.metricsPort === undefined ? 'OSUSUME_METRICS_PORT' : '--metrics-port',
        flags.metricsPort ?? environment.OSUSUME_METRICS_PORT,
      ),
      metricsHost: environment.OSUSUME_METRICS_HOST || undefined,
    },
    log: {
      format: environment.OSUSUME_LOG_FORMAT || undefined,
      level: environment.OSUSUME_LOG_LEVEL || undefined,
    },
    trace: {
      otlp: environment.OSUSUME_TRACE_OTLP || undefined,
      share: number('OSUSUME_TRACE_SHARE', environment.OSUSUME_TRACE_SHARE),
    },
    errors: {
      dsn: environment.OSUSUME_ERRORS_DSN || undefined,
      environment: environment.OSUSUME_ERRORS_ENVIRONMENT || undefined,
    },
  };
  return { ...checked(merge(configured, overrides), path), home };
}

/** Whether unexpected errors are printed with their stack. */
export function isDebugging(environment: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(environment.OSUSUME_DEBUG);
}

/** Secrets and addresses of tracking servers. Not part of a Config, so that no record can contain them. */
export interface TrackAccess {
  readonly cometApiKey?: string;
  /** of a Comet of one's own; default: comet.com */
  readonly cometUrl?: string;
  readonly mlflowUri?: string;
  readonly mlflowToken?: string;
}

export function trackAccess(environment: NodeJS.ProcessEnv = process.env): TrackAccess {
  return {
    cometApiKey: environment.COMET_API_KEY || undefined,
    cometUrl: environment.COMET_URL_OVERRIDE || undefined,
    mlflowUri: environment.MLFLOW_TRACKING_URI || undefined,
    mlflowToken: environment.MLFLOW_TRACKING_TOKEN || undefined,
  };
}

/**
 * The language model's API key. Not part of a Config. OPENAI_API_KEY, which other programs share, is for OpenAI alone:
 * no other address gets it.
 */
export function modelKey(
  { baseUrl }: Pick<ExplainOptions, 'baseUrl'>,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const { OSUSUME_LLM_KEY: own, OPENAI_API_KEY: shared } = environment;
  return own || (isOpenAi(baseUrl) && shared) || undefined;
}

function isOpenAi(baseUrl: string | null): boolean {
  if (baseUrl === null) return true;
  return URL.canParse(baseUrl) && new URL(baseUrl).origin === 'https://api.openai.com';
}

/** Shorter keys can be guessed. */
const SHORTEST_ADMIN_KEY = 16;

/**
 * The key of the admin console; null = there is no console. Not part of a Config.
 * @throws UsageError when it is too short or cannot be sent in a header
 */
export function adminKey(environment: NodeJS.ProcessEnv = process.env): string | null {
  const key = environment.OSUSUME_ADMIN_KEY;
  if (!key) return null;
  if (key.length >= SHORTEST_ADMIN_KEY && /^[\x21-\x7e]+$/.test(key)) return key;
  throw new UsageError(
    `OSUSUME_ADMIN_KEY must be at least ${SHORTEST_ADMIN_KEY} letters, digits or signs without spaces, e.g. the output of "openssl rand -hex 24"; unset it to have no console`,
  );
}

/** What import from other sites needs. Not part of a Config. */
export interface ImportAccess {
  /** the client id of an application registered at MyAnimeList */
  readonly malClientId?: string;
}

export function importAccess(environment: NodeJS.ProcessEnv = process.env): ImportAccess {
  return { malClientId: environment.MAL_CLIENT_ID?.trim() || undefined };
}

/** @throws UsageError that names the field */
function checked(value: unknown, path: string): Static<typeof Config> {
  const whole = Value.Default(Config, value);
  if (Value.Check(Config, whole)) return whole;
  const [problem] = Value.Errors(Config, whole);
  throw new UsageError(describeProblem(problem, whole, path));
}

function number(name: string, value: unknown): number | undefined {
  if (value === undefined || String(value).trim() === '') return undefined;
  const parsed = Number(value);
  if (!Number.isFinite(parsed)) throw new UsageError(`${name} is "${value}", expected a number`);
  return parsed;
}

/** Words separated by commas or spaces. */
function words(text: string | undefined): string[] | undefined {
  const found = text?.split(/[\s,]+/).filter(Boolean);
  return found?.length ? found : undefined;
}

/** @throws UsageError when it is neither */
function onOrOff(name: string, text: string | undefined): boolean | undefined {
  if (!text) return undefined;
  if (text === 'on' || text === 'off') return text === 'on';
  throw new UsageError(`${name} is "${text}", expected "on" or "off"`);
}

/** Paths separated by commas; they may contain spaces. */
function paths(text: string | undefined): string[] | undefined {
  const found = text
    ?.split(',')
    .map((path) => path.trim())
    .filter(Boolean);
  return found?.length ? found : undefined;
}

/** "false", a number, or addresses. */
function proxies(text: string | undefined): unknown {
  const [first, ...more] = words(text) ?? [];
  if (first === undefined || more.length > 0) return words(text);
  if (first === 'false') return false;
  return /^\d+$/.test(first) ? Number(first) : [first];
}

function describeProblem(problem: Problem | undefined, config: unknown, path: string): string {
  if (!problem) return `The configuration (${path}, flags, environment) is not valid`;
  return `Configuration: ${whatIsWrong(problem, config)} (from ${path}, the flags or the environment)`;
}
