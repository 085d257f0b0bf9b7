/** What the operators' console asks: how the server is, what the models are worth, which bundle is in use. */
import { type Static, Type } from 'typebox';
import { BundleAbout } from '../recommend/bundle-file.ts';
import { RunRecord } from '../track/run-record.ts';
import { SignatureSchema } from './bundle.ts';
import { nullable, strict } from './fields.ts';

const count = () => Type.Integer({ minimum: 0 });
const milliseconds = () => Type.Number({ minimum: 0 });

/** Requests to one route since the server started; times are ms until the response was sent. */
export const RouteCountSchema = Type.Object(
  {
    method: Type.String(),
    route: Type.String(),
    requests: count(),
    refused: Type.Integer({ minimum: 0, description: 'answered with 4xx' }),
    failed: Type.Integer({ minimum: 0, description: 'answered with 5xx' }),
    p50: milliseconds(),
    p95: milliseconds(),
    p99: milliseconds(),
    longest: milliseconds(),
  },
  strict,
);
export type RouteCount = Static<typeof RouteCountSchema>;

export const ProcessStateSchema = Type.Object(
  {
    startedAt: Type.String(),
    uptime: Type.Number({ description: 'seconds' }),
    node: Type.String(),
    memory: Type.Object(
      { resident: count(), heapUsed: count(), heapTotal: count(), external: count() },
      { ...strict, description: 'bytes' },
    ),
    eventLoopDelay: Type.Object(
      { p50: milliseconds(), p99: milliseconds(), longest: milliseconds() },
      { ...strict, description: 'ms that a timer was late since the start' },
    ),
  },
  strict,
);
export type ProcessState = Static<typeof ProcessStateSchema>;

export const KeptBundleSchema = Type.Object(
  {
    version: Type.String(),
    bytes: nullable(count(), 'of its files'),
    about: nullable(BundleAbout),
    signature: nullable(SignatureSchema),
    problem: nullable(Type.String(), 'why it cannot be used'),
  },
  strict,
);
export type KeptBundle = Static<typeof KeptBundleSchema>;

/** How the files that the server answers from are. */
export const HomeStateSchema = Type.Object(
  {
    fallback: nullable(
      Type.Object(
        {
          named: nullable(Type.String(), 'the version that cannot be used; null = none is named'),
          reason: Type.String(),
          since: Type.String(),
        },
        strict,
      ),
      'why an older bundle is in use; null = the current one is',
    ),
    problem: nullable(Type.String(), 'why no bundle is in use although there are some'),
    counts: Type.Object(
      {
        refused: Type.Integer({ minimum: 0, description: 'bundles that were damaged' }),
        fallbacks: Type.Integer({ minimum: 0, description: 'older bundles used instead' }),
        damagedReads: Type.Integer({
          minimum: 0,
          description: 'damaged places of files, found while serving',
        }),
      },
      { ...strict, description: 'since the server started' },
    ),
  },
  strict,
);
export type HomeState = Static<typeof HomeStateSchema>;

export const StatusSchema = Type.Object(
  {
    bundle: nullable(
      Type.Object({
        version: Type.String(),
        ...BundleAbout.properties,
        signature: SignatureSchema,
      }),
      'in use; null = none yet',
    ),
    current: nullable(Type.String(), 'the version that a server opens when it starts'),
    versions: Type.Array(KeptBundleSchema, { description: 'newest first' }),
    home: HomeStateSchema,
    process: ProcessStateSchema,
    requests: Type.Object({ total: count(), routes: Type.Array(RouteCountSchema) }, strict),
  },
  strict,
);
export type Status = Static<typeof StatusSchema>;

/** A mean and its 95 % interval; all null where nobody could be evaluated. */
export const IntervalSchema = Type.Object({
  mean: nullable(Type.Number()),
  low: nullable(Type.Number()),
  high: nullable(Type.Number()),
});
export type Interval = Static<typeof IntervalSchema>;

const intervals = () => Type.Record(Type.String(), IntervalSchema);

export const EvaluatedModelSchema = Type.Object({
  model: Type.String(),
  liked: intervals(),
  seen: intervals(),
  coverage10: Type.Number({ description: 'titles that stand in anyone’s first ten' }),
  popularity20: IntervalSchema,
  dislikes20: IntervalSchema,
  tasks: Type.Optional(
    Type.Record(Type.String(), Type.Object({ liked: intervals() }), {
      description: 'new stories, discovery and few known titles; absent in an earlier leaderboard',
    }),
  ),
  lists: Type.Optional(
    Type.Object(
      { newStories10: IntervalSchema, dislikesPerHit20: IntervalSchema },
      { description: 'what is in the lists; absent in an earlier leaderboard' },
    ),
  ),
});
export type EvaluatedModel = Static<typeof EvaluatedModelSchema>;

/** What the console shows of a leaderboard; the file that is answered has more. */
export const LeaderboardSchema = Type.Object({
  version: Type.String(),
  createdAt: Type.String(),
  board: Type.Object({
    origin: Type.Object({ name: Type.String(), synthetic: Type.Boolean() }),
    part: Type.String(),
    people: count(),
    titles: count(),
    models: Type.Array(EvaluatedModelSchema, { description: 'best liked NDCG@10 first' }),
  }),
});
export type LeaderboardAnswer = Static<typeof LeaderboardSchema>;
export type Leaderboard = LeaderboardAnswer['board'];

const { parameters: _, epochs: __, ...rowFields } = RunRecord.properties;

/** A run of training as a row of a table. */
export const RunRowSchema = Type.Object({
  ...rowFields,
  epochs: Type.Integer({ minimum: 0, description: 'of the model that had most' }),
});
export type RunRow = Static<typeof RunRowSchema>;

export const RunsSchema = Type.Object({ items: Type.Array(RunRowSchema) }, strict);
export type Runs = Static<typeof RunsSchema>;

export const RunParams = Type.Object({ id: Type.String({ maxLength: 100 }) });

/** All that is known about a run. */
export type Run = RunRecord;

export const RecommendedQuery = Type.Object(
  { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) },
  strict,
);

/** The titles that most lists had since the server started. */
export const RecommendedSchema = Type.Object(
  {
    lists: count(),
    titles: count(),
    items: Type.Array(
      Type.Object(
        {
          animeId: Type.Integer(),
          title: nullable(Type.String(), 'null = not in the bundle in use'),
          lists: count(),
        },
        strict,
      ),
    ),
  },
  strict,
);
export type Recommended = Static<typeof RecommendedSchema>;

export const SessionBody = Type.Object(
  { key: Type.String({ minLength: 1, maxLength: 1000 }) },
  strict,
);

export const SessionSchema = Type.Object(
  {
    expiresAt: nullable(
      Type.String(),
      'when the operator has to sign in again; null = not signed in',
    ),
  },
  strict,
);
export type Session = Static<typeof SessionSchema>;

export const UseBundleBody = Type.Object(
  { version: Type.String({ minLength: 1, maxLength: 100 }) },
  strict,
);

export const UseBundleSchema = Type.Object(
  { current: Type.String(), inUse: nullable(Type.String(), 'until the other one is open') },
  strict,
);
export type UseBundleAnswer = Static<typeof UseBundleSchema>;
