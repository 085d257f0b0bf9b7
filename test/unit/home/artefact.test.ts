import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  currentVersion,
  openArtefact,
  pointTo,
  writeArtefact,
} from '../../../src/home/artefact.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'osusume-'));
});
afterEach(() => rm(home, { recursive: true }));

const write = (text: string) => (folder: string) => writeFile(join(folder, 'data.txt'), text);
const at = (second: number) => ({ clock: () => new Date(Date.UTC(2026, 0, 1, 0, 0, second)) });

describe('writeArtefact()', () => {
  it('makes a version that openArtefact() opens', async () => {
    const written = await writeArtefact(home, 'bundle', write('one'));
    const opened = await openArtefact(home, 'bundle');
    expect(opened.version).toBe(written.version);
    expect(await readFile(join(opened.folder, 'data.txt'), 'utf8')).toBe('one');
    expect(Object.keys(opened.manifest.files)).toEqual(['data.txt']);
  });

  it('leaves the old version in use and no trace when writing fails', async () => {
    const { version } = await writeArtefact(home, 'bundle', write('one'));
    const failing = writeArtefact(home, 'bundle', async (folder) => {
      await write('half')(folder);
      throw new Error('disk full');
    });
    await expect(failing).rejects.toThrow('disk full');
    expect(await currentVersion(home, 'bundle')).toBe(version);
    expect((await readdir(join(home, 'bundle'))).sort()).toEqual([version, 'current']);
  });

  it('removes what a dead process left, not what a living one is writing', async () => {
    const dead = join(home, 'bundle', '.partial-999999999-x');
    const living = join(home, 'bundle', `.partial-${process.ppid}-x`);
    await mkdir(dead, { recursive: true });
    await mkdir(living);
    await writeArtefact(home, 'bundle', write('one'));
    const left = await readdir(join(home, 'bundle'));
    expect(left).not.toContain('.partial-999999999-x');
    expect(left).toContain(`.partial-${process.ppid}-x`);
  });

  it('removes what a process of its own number left before it began, as in a container, and nothing of its own', async () => {
    const before = join(home, 'bundle', `.partial-${process.pid}-before`);
    const own = join(home, 'bundle', `.partial-${process.pid}-own`);
    await mkdir(before, { recursive: true });
    await mkdir(own);
    const started = Date.now() / 1000 - process.uptime();
    await utimes(before, started - 60, started - 60);
    await writeArtefact(home, 'bundle', write('one'));
    const left = await readdir(join(home, 'bundle'));
    expect(left).not.toContain(`.partial-${process.pid}-before`);
    expect(left).toContain(`.partial-${process.pid}-own`);
  });

  it('keeps as many old versions as asked, and can point back to one', async () => {
    const versions: string[] = [];
    for (let second = 0; second < 4; second++) {
      versions.push(
        (await writeArtefact(home, 'bundle', write(String(second)), { ...at(second), keep: 2 }))
          .version,
      );
    }
    expect(
      (await readdir(join(home, 'bundle'))).filter((name) => name !== 'current').sort(),
    ).toEqual(versions.slice(1));
    await pointTo(home, 'bundle', versions[2]);
    expect(
      await readFile(join((await openArtefact(home, 'bundle')).folder, 'data.txt'), 'utf8'),
    ).toBe('2');
  });

  it('is safe with several writers at once: the current version is whole', async () => {
    await Promise.all(
      ['a', 'b', 'c'].map((text) => writeArtefact(home, 'bundle', write(text), { keep: 5 })),
    );
    const { folder } = await openArtefact(home, 'bundle');
    expect(['a', 'b', 'c']).toContain(await readFile(join(folder, 'data.txt'), 'utf8'));
  });
});

describe('openArtefact()', () => {
  it('says what to run when nothing has been made', async () => {
    await expect(openArtefact(home, 'dataset')).rejects.toThrow(/osusume prepare/);
  });

  it('refuses a truncated, an altered and a missing file by name', async () => {
    const { folder } = await writeArtefact(home, 'model', write('weights'));
    const path = join(folder, 'data.txt');
    await writeFile(path, 'WEIGHTS');
    await expect(openArtefact(home, 'model')).rejects.toThrow(/data\.txt is damaged/);
    await truncate(path, 3);
    await expect(openArtefact(home, 'model')).rejects.toThrow(/data\.txt has 3 bytes, expected 7/);
    await rm(path);
    await expect(openArtefact(home, 'model')).rejects.toThrow(/data\.txt is missing/);
  });

  it('refuses a manifest from the future, of another kind, or broken', async () => {
    const { folder, manifest } = await writeArtefact(home, 'model', write('weights'));
    const path = join(folder, 'manifest.json');
    await writeFile(path, JSON.stringify({ ...manifest, format: 99 }));
    await expect(openArtefact(home, 'model')).rejects.toThrow(/format 99.*update Osusume/);
    await writeFile(path, JSON.stringify({ ...manifest, kind: 'bundle' }));
    await expect(openArtefact(home, 'model')).rejects.toThrow(/does not describe a model/);
    for (const files of [null, { 'data.txt': null }, { 'data.txt': { bytes: '7' } }]) {
      await writeFile(path, JSON.stringify({ ...manifest, files }));
      await expect(openArtefact(home, 'model')).rejects.toThrow(/describe the files of a model/);
    }
    await writeFile(path, 'null');
    await expect(openArtefact(home, 'model')).rejects.toThrow(/does not describe a model/);
    await writeFile(path, '{"kind":');
    await expect(openArtefact(home, 'model')).rejects.toThrow(/manifest\.json/);
  });

  it('refuses a pointer that leads out of its folder', async () => {
    await writeArtefact(home, 'model', write('weights'));
    await writeFile(join(home, 'model', 'current'), '../../etc');
    await expect(openArtefact(home, 'model')).rejects.toThrow(/not a version/);
  });
});
