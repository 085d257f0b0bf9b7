/** Settings of the stages. */
import { type Static, Type } from 'typebox';
import { cloudAddress } from './cloud-settings.ts';
import { count, section, share } from './fields.ts';
import { LimitSettings } from './limit-settings.ts';
import { SlimOptions } from './model-options.ts';
import { TrustProxyOption } from './trust-proxy-option.ts';

export const IngestSettings = section({
  /** how many rows of the ratings to read; 0 = all */
  rows: count(0),
  /** a larger share of rejected rows stops the stage; unknown ids do not count */
  maxRejected: share(0.05),
});
export type IngestSettings = Static<typeof IngestSettings>;

export const PrepareSettings = section({
  /** users who have seen fewer titles are left out */
  minRatingsPerUser: count(5, 1),
  /** how many users are held out; each at most a tenth of all users */
  validationUsers: count(700),
  testUsers: count(700),
  /** held-out users have seen at least this many titles */
  minHeldOutRatings: count(10, 2),
  seed: Type.Integer({ default: 42 }),
  /** path of an anime-offline-database JSON with relations between titles */
  relations: Type.Union([Type.String(), Type.Null()], { default: null }),
});
export type PrepareSettings = Static<typeof PrepareSettings>;

export const TrainSettings = section({
  /** options of slim, the first stage of the published model; other models take the ones they share with it from here */
  slim: SlimOptions,
  /** name → options of the models to fit (model/registry.ts); {} = those that are published */
  models: Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()), { default: {} }),
  /** of every model that draws random numbers; null = each model's own default */
  seed: Type.Union([Type.Integer(), Type.Null()], { default: null }),
});

/**
 * How far chance moves the mean difference of two models on the same 700 held-out users: half of its 95 % interval was
 * .003 to .0045 for models of the real sample that differ by one option (docs/models.md).
 */
export const QUALITY_MARGIN = 0.005;

export const PublishSettings = section({
  /** file of the private key that bundles are signed with; null = they are not signed */
  sign: Type.Union([Type.String({ minLength: 1 }), Type.Null()], { default: null }),
  /** a bundle is refused when NDCG@10 or Recall@20 is lower by more than this on the same held-out users */
  margin: share(QUALITY_MARGIN),
  /** gs:// address that bundles are pushed to as well; null = they stay in the home */
  to: cloudAddress(),
});
export type PublishSettings = Static<typeof PublishSettings>;

export const ServeSettings = section({
  host: Type.String({ minLength: 1, default: '127.0.0.1' }),
  port: Type.Integer({ minimum: 0, maximum: 65535, default: 3000 }),
  /** origins whose pages may use the API, e.g. https://portal.example; "*" = any */
  allowedOrigins: Type.Array(Type.String({ pattern: '^(\\*|https?://[^/\\s]+)$' }), {
    default: [],
  }),
  /**
   * names that requests may call the server by, e.g. osusume.example; [] = any, or where it listens to its own machine
   * only and trusts no proxy, those of this machine
   */
  allowedHosts: Type.Array(Type.String({ pattern: '^[^/\\s:]+$' }), { default: [] }),
  /** origins whose pages may show the page in a frame, e.g. https://portal.example */
  frameAncestors: Type.Array(Type.String({ pattern: '^https?://[^/\\s;,]+$' }), { default: [] }),
  trustProxy: TrustProxyOption,
  /** answers with the lists of the data set's users by id; false where they are people with real accounts */
  people: Type.Boolean({ default: true }),
  /** files of public keys; only bundles that one of them has signed are served; [] = every bundle is */
  trust: Type.Array(Type.String({ minLength: 1 }), { default: [] }),
  /** gs:// address whose newest bundle is served, and followed; null = the home's own */
  from: cloudAddress(),
  /** ms between two looks for a new bundle there */
  followPollMs: count(10_000, 100),
  /** ms; each server takes up a new bundle after a random part of it, so that they do so one after another */
  followSpreadMs: count(30_000),
  /** writes lists of recommendations faster than the schema serialiser does; the answers are the same */
  fastLists: Type.Boolean({ default: true }),
  /** ms between the signal to close and refusing connections; /readyz answers 503 meanwhile */
  drainMs: count(1000),
  /** where /metrics is served without a key, for an address that visitors cannot reach; null = nowhere */
  metricsPort: Type.Union([Type.Integer({ minimum: 0, maximum: 65535 }), Type.Null()], {
    default: null,
  }),
  /** address that the metrics port listens on, e.g. 127.0.0.1 where only a program beside it asks; null = as host */
  metricsHost: Type.Union([Type.String({ minLength: 1 }), Type.Null()], { default: null }),
  limits: LimitSettings,
});
