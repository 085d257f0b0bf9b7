/** The git commit of the running source code, so that a run can be repeated with the same code. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packageFile } from '../program/built-file.ts';

const ROOT = fileURLToPath(packageFile('.'));

/** The hash, with "+changes" when files differ from it; null without git or when installed as a package. */
export async function sourceCommit(root = ROOT): Promise<string | null> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)('git', ['-C', root, ...args], { timeout: 5000 })).stdout.trim();
  try {
    // below another repository, e.g. in its node_modules, HEAD would be that repository's
    if ((await git('rev-parse', '--show-prefix')) !== '') return null;
    const hash = await git('rev-parse', 'HEAD');
    const changes = await git('status', '--porcelain', '--untracked-files=no');
    return changes === '' ? hash : `${hash}+changes`;
  } catch {
    return null;
  }
}
