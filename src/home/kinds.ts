/** The kinds of artefacts, in the order in which the stages make them. */
export const ARTEFACT_KINDS = [
  'ingest',
  'dataset',
  'model',
  'leaderboard',
  'bundle',
  'map',
] as const;
export type ArtefactKind = (typeof ARTEFACT_KINDS)[number];

/** Version of each kind's format; increased when it changes. Files of any other version are refused. */
export const FORMAT: Record<ArtefactKind, number> = {
  ingest: 1,
  dataset: 1,
  model: 3,
  leaderboard: 1,
  bundle: 2,
  map: 1,
};

/** The command that makes it. */
export const STAGE_OF: Record<ArtefactKind, string> = {
  ingest: 'ingest',
  dataset: 'prepare',
  model: 'train',
  leaderboard: 'evaluate',
  bundle: 'publish',
  map: 'map',
};
