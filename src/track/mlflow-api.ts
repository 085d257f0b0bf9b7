/** MLflow's REST API (2.0): how it is asked. */
import { HttpError } from '../net/http-error.ts';
import { readForUpload, request, type TrackingRequest } from './remote-run.ts';

export class MlflowApi {
  readonly #base: URL;
  readonly #headers: Readonly<Record<string, string>>;

  /** @param uri user:password@ in it becomes a header */
  constructor(uri: string, token?: string) {
    this.#base = new URL(uri.replace(/\/*$/, '/'));
    const { username, password } = this.#base;
    this.#base.username = '';
    this.#base.password = '';
    const basic = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    this.#headers = token
      ? { authorization: `Bearer ${token}` }
      : username
        ? { authorization: `Basic ${Buffer.from(basic).toString('base64')}` }
        : {};
  }

  /** @throws HttpError */
  get(
    call: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<unknown> {
    const path = `api/2.0/mlflow/${call}?${new URLSearchParams(query)}`;
    return this.#request(call, path, { method: 'GET' }, signal);
  }

  /** @throws HttpError */
  post(call: string, body: object, signal: AbortSignal): Promise<unknown> {
    return this.#request(call, `api/2.0/mlflow/${call}`, { body: JSON.stringify(body) }, signal);
  }

  /**
   * Makes something that may be there already.
   * @returns null when it is
   * @throws HttpError
   */
  async create(call: string, body: object, signal: AbortSignal): Promise<unknown> {
    try {
      return await this.post(call, body, signal);
    } catch (error) {
      if (error instanceof HttpError && error.code === 'RESOURCE_ALREADY_EXISTS') return null;
      throw error;
    }
  }

  /**
   * Only when the server stores artefacts itself: other stores cannot be written over REST.
   * @param artefacts address of the run's artefacts
   * @param to path below them
   * @returns false when there is no such file any more
   * @throws HttpError
   */
  async upload(artefacts: string, to: string, from: string, signal: AbortSignal): Promise<boolean> {
    if (!storesArtefacts(artefacts)) return true;
    const file = await readForUpload(from);
    if (file === null) return false;
    await this.#put(artefacts, to, file, signal);
    return true;
  }

  /** @throws HttpError */
  async uploadText(artefacts: string, to: string, text: string, signal: AbortSignal) {
    if (storesArtefacts(artefacts))
      await this.#put(artefacts, to, { body: Buffer.from(text) }, signal);
  }

  async #put(
    artefacts: string,
    to: string,
    content: Pick<TrackingRequest, 'body' | 'timeoutMs'>,
    signal: AbortSignal,
  ): Promise<void> {
    const root = artefacts.replace(/^mlflow-artifacts:\/*/, '');
    const path = [root, ...to.split('/').map(encodeURIComponent)].join('/');
    const call = `api/2.0/mlflow-artifacts/artifacts/${path}`;
    await this.#request(`Uploading ${to}`, call, { method: 'PUT', ...content }, signal);
  }

  #request(what: string, path: string, options: TrackingRequest, signal: AbortSignal) {
    const type = typeof options.body === 'string' ? 'application/json' : 'application/octet-stream';
    const headers = { ...this.#headers, 'content-type': type };
    return request(`MLflow, ${what}`, new URL(path, this.#base), { ...options, headers }, signal);
  }
}

function storesArtefacts(artefacts: string): boolean {
  return artefacts.startsWith('mlflow-artifacts:/');
}
