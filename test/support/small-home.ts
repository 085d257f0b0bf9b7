/** A home whose current dataset is the small one. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dataset } from '../../src/data/dataset.ts';
import { writeDataset } from '../../src/data/dataset-file.ts';
import { writeArtefact } from '../../src/home/artefact.ts';
import { smallDataset } from './small-dataset.ts';

export async function smallHome(dataset: Dataset = smallDataset()): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'osusume-home-'));
  const { users, items, interactions } = dataset;
  const rows = interactions.indices.length;
  const nobody = { leftOutUsers: 0, leftOutRows: 0, franchises: 0 };
  const counts = { users: users.size, items: items.size, rows, seen: rows, ...nobody };
  await writeArtefact(home, 'dataset', (folder) =>
    writeDataset(folder, dataset, { options: {}, counts }),
  );
  return home;
}

/** The same with everyone in the training part, so that there is nobody to evaluate on. */
export function homeWithoutTargets(): Promise<string> {
  const dataset = smallDataset();
  const everyone = { from: 0, to: dataset.users.size };
  const nobody = { from: everyone.to, to: everyone.to };
  return smallHome({ ...dataset, parts: { train: everyone, validation: nobody, test: nobody } });
}
