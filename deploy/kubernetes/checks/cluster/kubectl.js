/** kubectl, as a person and a pipeline use it. */
import { spawn } from 'node:child_process';
import { parseAllDocuments } from 'yaml';
import { run } from './processes.js';

/** @import { KubernetesObject } from '../objects.ts' */

export class Kubectl {
  #path;
  #kubeconfig;
  /**
   * @param {string} path
   * @param {string} [kubeconfig] not needed to render
   */
  constructor(path, kubeconfig = '/dev/null') {
    this.#path = path;
    this.#kubeconfig = kubeconfig;
  }

  /**
   * @param {readonly string[]} options
   * @param {string} [input]
   * @returns its output
   */
  async do(options, input) {
    const { code, output, problem } = await this.try(options, input);
    if (code === 0) return output;
    throw new Error(`kubectl ${options.join(' ')} ended with ${code}:\n${problem}`);
  }

  /**
   * @param {readonly string[]} options
   * @param {string} [input]
   */
  try(options, input) {
    return run(this.#path, ['--kubeconfig', this.#kubeconfig, ...options], input);
  }

  /** @param {string} folder with a kustomization */
  async render(folder) {
    const text = await this.do(['kustomize', folder]);
    const objects = parseAllDocuments(text).map((document) => document.toJS());
    return { text, objects: /** @type {KubernetesObject[]} */ (objects) };
  }

  /** @param {string} text */
  apply(text) {
    return this.do([...APPLY, '-f', '-'], text);
  }

  /**
   * Lines that a watch prints, until it is stopped.
   * @param {readonly string[]} options
   * @param {(line: string) => void} onLine
   */
  watch(options, onLine) {
    const child = spawn(
      this.#path,
      ['--kubeconfig', this.#kubeconfig, 'get', '--watch', ...options],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    });
    return () => {
      child.kill();
    };
  }
}

/** Unknown and repeated fields are errors, and the server checks the rest. */
export const APPLY = ['apply', '--server-side', '--validate=strict'];
