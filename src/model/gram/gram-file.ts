/** G over the training people as a file: publishing adds the held-out people to it instead of counting everyone again. */

import { ArtefactError } from '../../error.ts';
import { SafetensorsFile, writeSafetensors } from '../../home/safetensors.ts';
import { BlockSymmetricMatrix } from '../../linalg/block-symmetric-matrix.ts';

/** Its name among the files of the models. */
export const GRAM = 'gram.safetensors';

export async function writeGram(path: string, gram: BlockSymmetricMatrix): Promise<void> {
  const tensors = Object.fromEntries(
    gram.panels.map((data, p) => [
      `panel${p}`,
      { shape: [gram.size - gram.from(p), gram.columns(p)], data },
    ]),
  );
  await writeSafetensors(path, tensors, { size: String(gram.size), width: String(gram.width) });
}

/** @throws ArtefactError when the file is not a G of `items` items */
export async function readGram(path: string, items: number): Promise<BlockSymmetricMatrix> {
  const file = await SafetensorsFile.open(path);
  try {
    const { size, width } = file.metadata;
    if (Number(size) !== items)
      throw new ArtefactError(
        `${path} has ${size} items, expected ${items}: run "osusume train" again`,
      );
    const gram = new BlockSymmetricMatrix(items, Number(width));
    for (let p = 0; p < gram.count; p++)
      gram.panels[p].set(await file.read(`panel${p}`, Float32Array));
    return gram;
  } finally {
    await file.close();
  }
}
