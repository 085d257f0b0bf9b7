/** Comet's REST API (v2): how it is asked. Requests as in Comet's documentation and its own clients. */
import { readForUpload, request, type TrackingRequest } from './remote-run.ts';

const BASE = 'https://www.comet.com/api/rest/v2/';

/** A file of an experiment. */
export interface CometAsset {
  readonly experimentKey: string;
  readonly fileName: string;
  /** chosen by the client; default: by the server */
  readonly assetId?: string;
  /** what the page does with it, e.g. "model-element" */
  readonly type: string;
  /** name of the model that it belongs to */
  readonly groupingName?: string;
}

export class CometApi {
  constructor(
    private readonly apiKey: string,
    private readonly base = BASE,
  ) {}

  /** @throws HttpError */
  get(
    call: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<unknown> {
    return this.#request(call, query, { method: 'GET' }, signal);
  }

  /** @throws HttpError */
  post(call: string, body: object, signal: AbortSignal): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    return this.#request(call, {}, { body: JSON.stringify(body), headers }, signal);
  }

  /**
   * A file that was sent before is replaced.
   * @returns false when there is no such file any more
   * @throws HttpError
   */
  async upload(asset: CometAsset, path: string, signal: AbortSignal): Promise<boolean> {
    const file = await readForUpload(path);
    if (file === null) return false;
    await this.#upload(asset, file.body, file.timeoutMs, signal);
    return true;
  }

  /** @throws HttpError */
  uploadText(asset: CometAsset, text: string, signal: AbortSignal): Promise<void> {
    return this.#upload(asset, Buffer.from(text), undefined, signal);
  }

  async #upload(
    asset: CometAsset,
    content: Buffer<ArrayBuffer>,
    timeoutMs: number | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const query = { ...asset, overwrite: 'true' };
    const body = new FormData();
    body.append('file', new Blob([content]), asset.fileName);
    await this.#request('write/experiment/upload-asset', query, { body, timeoutMs }, signal);
  }

  #request(
    call: string,
    query: Readonly<Record<string, string>>,
    options: TrackingRequest,
    signal: AbortSignal,
  ): Promise<unknown> {
    const search = new URLSearchParams(query).toString();
    const url = new URL(search ? `${call}?${search}` : call, this.base);
    const headers = { ...options.headers, authorization: this.apiKey };
    const what = call.replace(/^write\/(experiment\/)?/, '');
    return request(`Comet, ${what}`, url, { ...options, headers }, signal);
  }
}
