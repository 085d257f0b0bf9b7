import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArtefactError } from '../../../../src/error.ts';
import { FEATURES } from '../../../../src/model/rank/feature-names.ts';
import { readNetwork, writeNetwork } from '../../../../src/model/rank/network-file.ts';
import { randomNetwork } from '../../../support/rank-network.ts';

const network = randomNetwork({ width: FEATURES.length, hidden1: 16, hidden2: 8 }, 2);
let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rank-'));
  path = join(folder, 'rank.safetensors');
});
afterEach(() => rm(folder, { recursive: true }));

describe('readNetwork()', () => {
  it('gives back what was written', async () => {
    await writeNetwork(path, network);
    expect((await readNetwork(path)).weights).toEqual(network.weights);
  });

  it('refuses a file that is truncated, of another format, or of other features', async () => {
    await writeNetwork(path, network);
    const bytes = await readFile(path);
    await truncate(path, bytes.length - 4);
    await expect(readNetwork(path)).rejects.toThrow(ArtefactError);
    const altered = (from: string, to: string) =>
      writeFile(path, Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1'));
    await altered('osusume-rank-2', 'osusume-rank-9');
    await expect(readNetwork(path)).rejects.toThrow(/osusume-rank-9, expected osusume-rank-2/);
    await altered('log-score', 'log-scare');
    await expect(readNetwork(path)).rejects.toThrow(/not those of this version/);
  });

  it('refuses a network of another number of features', async () => {
    const other = randomNetwork({ width: 9, hidden1: 16, hidden2: 8 }, 2);
    await writeNetwork(path, other);
    await expect(readNetwork(path)).rejects.toThrow(/features/);
  });
});
