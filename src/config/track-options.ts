import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { count, section } from './fields.ts';

/** Where runs are recorded besides their folders. Keys and addresses come from the environment (trackAccess). */
export const TrackOptions = section({
  to: Type.Union([Type.Literal('local'), Type.Literal('comet'), Type.Literal('mlflow')], {
    default: 'local',
  }),
  /** Comet's project, MLflow's experiment */
  project: Type.String({ minLength: 1, default: 'osusume' }),
  /** Comet's workspace; null = the default one of the key */
  workspace: Type.Union([Type.String(), Type.Null()], { default: null }),
  /** sends the files of models, embeddings and bundles as well (docs/versioning.md says which) */
  files: Type.Boolean({ default: true }),
  /** how long the end of a command waits for a server that answers; what is left is sent by "osusume runs push" */
  waitSeconds: count(30),
});
export type TrackOptions = Static<typeof TrackOptions>;

/** With the defaults for what is not given. */
export function trackOptions(given: Partial<TrackOptions> = {}): TrackOptions {
  return Value.Default(TrackOptions, { ...given }) as TrackOptions;
}
