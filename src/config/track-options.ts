import { type Static, Type } from 'typebox';
import { section } from './fields.ts';

/** Where runs are recorded besides their folders. Keys and addresses come from the environment (trackAccess). */
export const TrackOptions = section({
  to: Type.Union([Type.Literal('local'), Type.Literal('comet'), Type.Literal('mlflow')], {
    default: 'local',
  }),
  /** Comet's project, MLflow's experiment */
  project: Type.String({ minLength: 1, default: 'osusume' }),
  /** Comet's workspace; null = the default one of the key */
  workspace: Type.Union([Type.String(), Type.Null()], { default: null }),
});
export type TrackOptions = Static<typeof TrackOptions>;
