import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SafetensorsFile, writeSafetensors } from '../../../src/home/safetensors.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-'));
  path = join(folder, 'x.safetensors');
});
afterEach(() => rm(folder, { recursive: true }));

const tensors = {
  weights: { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
  ids: { shape: [3], data: Int32Array.of(-1, 0, 7) },
  bytes: { shape: [5], data: Uint8Array.of(1, 2, 3, 4, 5) },
  none: { shape: [0], data: new Uint32Array() },
};

describe('writeSafetensors()', () => {
  it('follows the published format: header length, JSON header, data at its offsets', async () => {
    await writeSafetensors(path, tensors, { note: 'hello' });
    const bytes = await readFile(path);
    const length = Number(bytes.readBigUInt64LE(0));
    const header = JSON.parse(bytes.toString('utf8', 8, 8 + length));
    expect(header.__metadata__).toEqual({ note: 'hello' });
    expect(header.weights).toEqual({ dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] });
    expect(bytes.readFloatLE(8 + length + 20)).toBe(6);
    expect(bytes.length).toBe(8 + length + header.none.data_offsets[1]);
  });
  it('refuses a shape that does not fit, and never overwrites', async () => {
    await expect(
      writeSafetensors(path, { a: { shape: [3], data: Float32Array.of(1) } }),
    ).rejects.toThrow(/"a" has 1 values/);
    await writeSafetensors(path, tensors);
    await expect(writeSafetensors(path, tensors)).rejects.toThrow(/EEXIST/);
  });
});

describe('SafetensorsFile', () => {
  it('reads whole tensors and parts back', async () => {
    await writeSafetensors(path, tensors, { note: 'hello' });
    const file = await SafetensorsFile.open(path);
    expect(file.metadata).toEqual({ note: 'hello' });
    expect(file.names()).toEqual(Object.keys(tensors));
    expect(await file.read('weights', Float32Array)).toEqual(tensors.weights.data);
    expect(await file.read('ids', Int32Array, 1, 3)).toEqual(Int32Array.of(0, 7));
    expect(await file.read('none', Uint32Array)).toHaveLength(0);
    await expect(file.read('ids', Float32Array)).rejects.toThrow(
      /"ids" is I32, expected Float32Array/,
    );
    await expect(file.read('nobody', Float32Array)).rejects.toThrow(/no tensor "nobody"/);
    await file.close();
  });

  it('refuses a truncated file wherever it is cut', async () => {
    await writeSafetensors(path, tensors);
    const whole = await readFile(path);
    for (const length of [0, 5, 8, 60, whole.length - 1]) {
      await writeFile(path, whole.subarray(0, length));
      await expect(SafetensorsFile.open(path), `cut at ${length}`).rejects.toThrow(
        /x\.safetensors/,
      );
    }
  });

  it('refuses an altered header', async () => {
    await writeSafetensors(path, tensors);
    const handle = await open(path, 'r+');
    await handle.write('!!!!', 12);
    await handle.close();
    await expect(SafetensorsFile.open(path)).rejects.toThrow(/not a safetensors file|malformed/);
  });
});
