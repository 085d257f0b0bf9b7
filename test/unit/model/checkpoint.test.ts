import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArtefactError } from '../../../src/error.ts';
import { checkpointPath, readCheckpoint, writeCheckpoint } from '../../../src/model/checkpoint.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoint-'));
});
afterEach(() => rm(folder, { recursive: true }));

const first = { state: { step: 3 }, tensors: { b: Float32Array.of(1, 2), a: Float32Array.of(3) } };
const second = { state: { step: 4 }, tensors: { a: Float32Array.of(5) } };
const write = (checkpoint: typeof first | typeof second) =>
  writeCheckpoint(folder, 'it', 'key', checkpoint);
const read = (key = 'key') => readCheckpoint<{ step: number }>(folder, 'it', key);

describe('readCheckpoint()', () => {
  it('reads what was written last; nothing else is left in the folder', async () => {
    expect(await read()).toBeNull();
    await write(first);
    expect(await read()).toEqual(first);
    await writeFile(join(folder, '.it.partial'), 'left by a killed process');
    await write(second);
    expect(await read()).toEqual(second);
    expect(await readdir(folder)).toEqual(['it.checkpoint.safetensors']);
  });

  it('refuses another training', async () => {
    await write(first);
    await expect(read('other')).rejects.toThrow(
      /it\.checkpoint\.safetensors is of a training with other/,
    );
  });

  it('refuses a file with any byte of its values or its state altered, by name', async () => {
    await write(first);
    const path = checkpointPath(folder, 'it');
    const whole = await readFile(path);
    const places = [whole.length - 1, whole.length - 12, whole.indexOf('step') + 7];
    for (const at of places) {
      const damaged = Buffer.from(whole);
      damaged[at] ^= 1;
      await writeFile(path, damaged);
      await expect(read()).rejects.toThrow(ArtefactError);
      await expect(read()).rejects.toThrow(/it\.checkpoint\.safetensors is damaged/);
    }
  });

  it('refuses a truncated file and another one', async () => {
    await write(first);
    const path = checkpointPath(folder, 'it');
    await truncate(path, (await readFile(path)).length - 3);
    await expect(read()).rejects.toThrow(
      /it\.checkpoint\.safetensors is truncated.*train without --resume/,
    );
    await writeFile(path, '{}');
    await expect(read()).rejects.toThrow(/it\.checkpoint\.safetensors/);
  });
});
