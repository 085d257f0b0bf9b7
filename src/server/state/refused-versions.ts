/** Versions that could not be used: they are tried again only after their files have changed. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtefactKind } from '../../home/kinds.ts';

export class RefusedVersions {
  readonly #folder: string;
  /** version → the files as they were when it was refused */
  readonly #refused = new Map<string, string>();
  /** version → the files at the last look, when they had changed */
  readonly #changing = new Map<string, string>();

  constructor(home: string, kind: ArtefactKind) {
    this.#folder = join(home, kind);
  }

  async add(version: string): Promise<void> {
    this.#refused.set(version, await this.#filesOf(version));
    this.#changing.delete(version);
  }

  /**
   * Whether a version was refused and its files are still the same. While they change, e.g. while a copy is being put
   * back, it stays refused: it is tried again when two looks in a row find the same files.
   */
  async has(version: string): Promise<boolean> {
    const before = this.#refused.get(version);
    if (before === undefined) return false;
    const now = await this.#filesOf(version);
    if (now === before) return true;
    if (this.#changing.get(version) !== now) {
      this.#changing.set(version, now);
      return true;
    }
    this.#refused.delete(version);
    this.#changing.delete(version);
    return false;
  }

  clear(): void {
    this.#refused.clear();
    this.#changing.clear();
  }

  /** Names, sizes and times of change of its files. */
  async #filesOf(version: string): Promise<string> {
    const folder = join(this.#folder, version);
    const names = await readdir(folder).catch(() => []);
    const files = names.sort().map(async (name) => {
      const { size, mtimeMs, ctimeMs } = await stat(join(folder, name));
      return `${name} ${size} ${mtimeMs} ${ctimeMs}`;
    });
    return (await Promise.all(files).catch(() => [])).join('\n');
  }
}
