import { type Static, Type } from 'typebox';
import { section } from './fields.ts';

/** Where a run is recorded besides its folder; the key and the address come from the environment (trackAccess). */
export const TrackOptions = section({
  to: Type.Union([Type.Literal('local'), Type.Literal('comet'), Type.Literal('mlflow')], {
    default: 'local',
  }),
  /** Comet's project, MLflow's experiment */
  project: Type.String({ minLength: 1, default: 'osusume' }),
  /** Comet's workspace; null = the one of the key */
  workspace: Type.Union([Type.String(), Type.Null()], { default: null }),
});
export type TrackOptions = Static<typeof TrackOptions>;
