/** File + environment + flags (all unknown) → Config (typed). The only reader of the environment. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { UsageError } from './error.ts';
import { TrustProxyOption } from './server/trust-proxy.ts';

const share = (value: number) => Type.Number({ minimum: 0, maximum: 1, default: value });
const count = (value: number, minimum = 0) => Type.Integer({ minimum, default: value });
const amount = (value: number) => Type.Number({ minimum: 0, default: value });
const httpAddress = (value: string) => Type.String({ pattern: '^https?://[^/]', default: value });

/** How much liking an interaction states; see data/weights.ts. */
export const WeightOptions = Type.Object(
  {
    /** weight gained per point above the person's own mean */
    slope: amount(0.3),
    /** 0 = points count as they are; 1 = divided by the person's own spread (relative to 1.3 points) */
    spread: share(0),
    /** scored but by someone with few scores: their mean leans towards 7.5 as if this many scores had been 7.5 */
    shrinkage: amount(3),
    floor: amount(0.1),
    ceiling: amount(2.5),
    /** a listed title without a score */
    unscored: Type.Object(
      { completed: amount(0.7), watching: amount(0.7), on_hold: amount(0.5), dropped: amount(0.1) },
      { additionalProperties: false, default: {} },
    ),
    /** scored, but dropped or on hold: its weight is multiplied by */
    dropped: amount(1),
    onHold: amount(1),
    /** plan-to-watch: interest, never "seen" */
    planned: amount(0),
  },
  { additionalProperties: false, default: {} },
);
export type WeightOptions = Static<typeof WeightOptions>;

/** How much each facet of a title counts in its content vector; see model/features.ts. */
export const FeatureOptions = Type.Object(
  {
    genre: amount(1),
    studio: amount(1),
    source: amount(0.3),
    type: amount(0.3),
    ratingClass: amount(0.3),
    decade: amount(0.3),
    franchise: amount(1.5),
    synopsis: amount(1),
  },
  { additionalProperties: false, default: {} },
);
export type FeatureOptions = Static<typeof FeatureOptions>;

/** Of the model that is published; see model/slim.ts. */
export const SlimOptions = Type.Object(
  {
    /** λ, added to the diagonal of G */
    regularization: amount(20),
    /** β of DAN's user normalisation: a person counts by (their total weight)^−β */
    userNormalization: share(0.2),
    /** p of EDLAE: adds p/(1−p)·diag(G) to the diagonal */
    dropout: Type.Number({ minimum: 0, maximum: 0.95, default: 0.3 }),
    /** α, weight of the content rows */
    content: amount(20),
    features: FeatureOptions,
    /** titles that a title is regressed on, on average */
    neighbours: Type.Number({ minimum: 1, default: 50 }),
    /** τ: more for titles that more people list */
    listingPower: share(0.5),
    /** γ: column j of B counts (A⁻¹)_jj^γ times, so titles that few people have a little more */
    columnPower: share(0.1),
    /** what being well known adds to a title's score for somebody of few titles; see model/prior.ts */
    prior: amount(0.4),
    weights: WeightOptions,
  },
  { additionalProperties: false, default: {} },
);
export type SlimOptions = Static<typeof SlimOptions>;

/** @throws UsageError that names the field */
export function parseSlimOptions(value: unknown): SlimOptions {
  return parseOptions(SlimOptions, value, 'slim');
}

/**
 * Options with their defaults.
 * @param name of the model they belong to
 * @throws UsageError that names the field
 */
export function parseOptions<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  name: string,
): Static<Schema> {
  const options = Value.Default(schema, structuredClone(value));
  if (Value.Check(schema, options)) return options;
  throw new UsageError(
    `Configuration: ${whatIsWrong(Value.Errors(schema, options)[0], options, name)}`,
  );
}

/** Where a run is recorded besides its folder; the key and the address come from the environment (trackAccess). */
export const TrackOptions = Type.Object(
  {
    to: Type.Union([Type.Literal('local'), Type.Literal('comet'), Type.Literal('mlflow')], {
      default: 'local',
    }),
    /** Comet's project, MLflow's experiment */
    project: Type.String({ minLength: 1, default: 'osusume' }),
    /** Comet's workspace; null = the one of the key */
    workspace: Type.Union([Type.String(), Type.Null()], { default: null }),
  },
  { additionalProperties: false, default: {} },
);
export type TrackOptions = Static<typeof TrackOptions>;

/** Secrets and addresses for tracking: never part of a Config, so that no record can contain them. */
export interface TrackAccess {
  readonly cometApiKey?: string;
  readonly mlflowUri?: string;
  readonly mlflowToken?: string;
}

export function trackAccess(environment: NodeJS.ProcessEnv = process.env): TrackAccess {
  return {
    cometApiKey: environment.COMET_API_KEY || undefined,
    mlflowUri: environment.MLFLOW_TRACKING_URI || undefined,
    mlflowToken: environment.MLFLOW_TRACKING_TOKEN || undefined,
  };
}

/** Explanations and the chat in words of a language model; without one, templates and a plain reading. */
export const ExplainOptions = Type.Object(
  {
    /** of an OpenAI-compatible endpoint, e.g. http://localhost:11434/v1; null = OpenAI's own */
    baseUrl: Type.Union([Type.String({ pattern: '^https?://' }), Type.Null()], { default: null }),
    /** its name there; null = no language model */
    model: Type.Union([Type.String({ minLength: 1 }), Type.Null()], { default: null }),
    /** seconds for a whole answer */
    timeLimit: Type.Number({ exclusiveMinimum: 0, default: 20 }),
    /** answers written at the same time */
    atOnce: count(4),
    /** answers of the model an hour: for one address, and for all together */
    perVisitor: count(30),
    perHour: count(600),
    /** explanations remembered by what they are made of */
    remembered: count(1000),
    /** they are kept in the home too, and known again after a restart */
    keep: Type.Boolean({ default: false }),
  },
  { additionalProperties: false, default: {} },
);
export type ExplainOptions = Static<typeof ExplainOptions>;

/** The key of the language model: never part of a Config. */
export function modelKey(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  return environment.OSUSUME_LLM_KEY || environment.OPENAI_API_KEY || undefined;
}
/** Shorter ones can be guessed. */
const SHORTEST_ADMIN_KEY = 16;

/**
 * The key of the operators' console: never part of a Config. Without one there is no console.
 * @throws UsageError when it is too short, or could not be sent in a header
 */
export function adminKey(environment: NodeJS.ProcessEnv = process.env): string | null {
  const key = environment.OSUSUME_ADMIN_KEY;
  if (!key) return null;
  if (key.length >= SHORTEST_ADMIN_KEY && /^[\x21-\x7e]+$/.test(key)) return key;
  throw new UsageError(
    `OSUSUME_ADMIN_KEY has to be ${SHORTEST_ADMIN_KEY} or more letters, digits or signs without spaces, e.g. what "openssl rand -hex 24" prints; unset it to have no console`,
  );
}

const address = (value: string | null) =>
  Type.Union([Type.String({ pattern: '^https?://[^/\\s]+' }), Type.Null()], { default: value });

/** Posters that the server fetches and keeps; see poster/posters.ts. */
export const PosterOptions = Type.Object(
  {
    /** off: nothing is fetched, the page keeps to the posters that it draws */
    show: Type.Union([Type.Literal('on'), Type.Literal('off')], { default: 'on' }),
    /** who says where a title's poster is, first and second; null = is not asked */
    jikan: address('https://api.jikan.moe/v4'),
    anilist: address('https://graphql.anilist.co'),
    /** where pictures may be fetched from, redirects included */
    origins: Type.Array(Type.String({ pattern: '^https?://[\\w.-]+(:\\d+)?$' }), {
      default: ['https://cdn.myanimelist.net', 'https://s4.anilist.co'],
    }),
    /** on disk, under the home */
    cacheMegabytes: count(512, 16),
  },
  { additionalProperties: false, default: {} },
);
export type PosterOptions = Static<typeof PosterOptions>;

/** Where lists are looked up by name; a mirror, or a stand-in, may have another address. */
export const ImportOptions = Type.Object(
  {
    /** AniList's GraphQL service */
    anilist: httpAddress('https://graphql.anilist.co'),
    /** MyAnimeList's API, version 2; it also needs a client id (importAccess) */
    myanimelist: httpAddress('https://api.myanimelist.net/v2'),
  },
  { additionalProperties: false, default: {} },
);
export type ImportOptions = Static<typeof ImportOptions>;

/** Never part of a Config, as TrackAccess is not. */
export interface ImportAccess {
  /** of an application registered at MyAnimeList */
  readonly malClientId?: string;
}

export function importAccess(environment: NodeJS.ProcessEnv = process.env): ImportAccess {
  return { malClientId: environment.MAL_CLIENT_ID?.trim() || undefined };
}

const Config = Type.Object(
  {
    /** a folder, a .zip, an http(s) address; null = the built-in sample */
    source: Type.Union([Type.String(), Type.Null()], { default: null }),
    threads: count(0),
    ingest: Type.Object(
      {
        /** first rows only; 0 = all */
        rows: count(0),
        /** more rejected rows than this share (unknown ids apart) stop the stage */
        maxRejected: share(0.05),
      },
      { additionalProperties: false, default: {} },
    ),
    prepare: Type.Object(
      {
        minRatingsPerUser: count(5, 1),
        /** held-out people; never more than a tenth of everyone each */
        validationUsers: count(700),
        testUsers: count(700),
        /** held-out people have seen at least this many titles */
        minHeldOutRatings: count(10, 2),
        seed: Type.Integer({ default: 42 }),
        /** path of an anime-offline-database JSON with relations between titles */
        relations: Type.Union([Type.String(), Type.Null()], { default: null }),
      },
      { additionalProperties: false, default: {} },
    ),
    train: Type.Object(
      {
        /** of the model that is published; other models take what they share with it from here */
        slim: SlimOptions,
        /** name → options of the models to fit (model/registry.ts); {} = the four that publishing needs */
        models: Type.Record(Type.String(), Type.Unknown(), { default: {} }),
        /** for every model that draws random numbers; null = each model's own */
        seed: Type.Union([Type.Integer(), Type.Null()], { default: null }),
      },
      { additionalProperties: false, default: {} },
    ),
    track: TrackOptions,
    explain: ExplainOptions,
    posters: PosterOptions,
    import: ImportOptions,
    serve: Type.Object(
      {
        host: Type.String({ default: '127.0.0.1' }),
        port: Type.Integer({ minimum: 0, maximum: 65535, default: 3000 }),
        /** pages of these origins may use the API, e.g. https://portal.example; "*" = of any */
        allowedOrigins: Type.Array(Type.String({ pattern: '^(\\*|https?://[^/\\s]+)$' }), {
          default: [],
        }),
        trustProxy: TrustProxyOption,
      },
      { additionalProperties: false, default: {} },
    ),
  },
  { additionalProperties: false, default: {} },
);
export type Config = Static<typeof Config> & { readonly home: string };

/** What a command line may set; undefined = not given. */
export interface Flags {
  readonly home?: string;
  /** path of a JSON file, or the name of one in configs/ */
  readonly config?: string;
  readonly source?: string;
  readonly threads?: unknown;
  readonly rows?: unknown;
  readonly maxRejected?: unknown;
  readonly minRatings?: unknown;
  /** who is held out (prepare), and the random numbers of models (train) */
  readonly seed?: unknown;
  readonly relations?: string;
  readonly host?: string;
  readonly port?: unknown;
  /** on or off */
  readonly posters?: string;
}

/**
 * Flags win over the environment (PORT, HOST and OSUSUME_…), which wins over the named file, which wins over
 * configs/default.json, which wins over the defaults above.
 * @throws UsageError that names the field
 */
export function loadConfig(
  flags: Flags = {},
  environment: NodeJS.ProcessEnv = process.env,
): Config {
  const base = readConfigFile('default');
  const { value: file, path } = flags.config ? readConfigFile(flags.config) : base;
  const seed = number('--seed', flags.seed);
  const home = resolve(flags.home ?? environment.OSUSUME_HOME ?? '.osusume');
  const overrides = {
    source: flags.source ?? environment.OSUSUME_SOURCE,
    threads: number('--threads', flags.threads),
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
      host: flags.host ?? environment.HOST,
      port: number(flags.port === undefined ? 'PORT' : '--port', flags.port ?? environment.PORT),
      allowedOrigins: words(environment.OSUSUME_ALLOWED_ORIGINS),
      trustProxy: proxies(environment.OSUSUME_TRUST_PROXY),
    },
  };
  const merged = Value.Default(Config, merge(merge(base.value, file), overrides));
  if (Value.Check(Config, merged)) return { ...merged, home };
  const [problem] = Value.Errors(Config, merged);
  throw new UsageError(describeProblem(problem, merged, path));
}

/** Whether unforeseen errors show where they arose. */
export function isDebugging(environment: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(environment.OSUSUME_DEBUG);
}

const CONFIGS = fileURLToPath(new URL('../configs', import.meta.url));

function readConfigFile(name: string): { value: unknown; path: string } {
  const path = /[/\\.]/.test(name) ? resolve(name) : join(CONFIGS, `${name}.json`);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(
      `Cannot read the configuration ${path}: give --config a file, or a name from ${CONFIGS}`,
    );
  }
  try {
    return { value: JSON.parse(text), path };
  } catch (error) {
    throw new UsageError(
      `The configuration ${path} is not valid JSON: ${(error as Error).message}`,
    );
  }
}

function number(name: string, value: unknown): number | undefined {
  if (value === undefined || value === '') return undefined;
  const parsed = Number(value);
  if (!Number.isFinite(parsed)) throw new UsageError(`${name} is "${value}", expected a number`);
  return parsed;
}

/** Between commas or spaces. */
function words(text: string | undefined): string[] | undefined {
  const found = text?.split(/[\s,]+/).filter(Boolean);
  return found?.length ? found : undefined;
}

/** "false", a number, or addresses. */
function proxies(text: string | undefined): unknown {
  const [first, ...more] = words(text) ?? [];
  if (first === undefined || more.length > 0) return words(text);
  if (first === 'false') return false;
  return /^\d+$/.test(first) ? Number(first) : [first];
}

/** `over` on top of `base`, objects merged key by key, undefined left out. */
function merge(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isObject(base) || !isObject(over)) return over;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    merged[key] = isObject(value) ? merge(merged[key] ?? {}, value) : value;
  }
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describeProblem(problem: Problem | undefined, config: unknown, path: string): string {
  if (!problem) return `The configuration (${path}, flags, environment) is not valid`;
  return `Configuration: ${whatIsWrong(problem, config)} (from ${path}, the flags or the environment)`;
}

interface Problem {
  readonly instancePath: string;
  readonly message: string;
}

/** @param of what the value is, e.g. "train.models.ease" */
function whatIsWrong({ instancePath, message }: Problem, config: unknown, of = ''): string {
  const steps = instancePath.split('/').slice(1);
  const field = [...(of ? [of] : []), ...steps].join('.') || 'the whole';
  const value = steps.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), config);
  // additionalProperties: false is a schema that nothing satisfies
  const what = message === 'schema is false' ? 'is not an option' : message;
  const found = value === undefined ? '' : `, but it is ${JSON.stringify(value).slice(0, 80)}`;
  return `${field} ${what}${found}`;
}
