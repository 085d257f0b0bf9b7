/** Requests to one server, and what can go wrong with them. Needs nothing but `fetch`. */
import { problemFrom, UnreachableError } from './errors.ts';

export interface ClientOptions {
  /** default: the global one */
  readonly fetch?: typeof fetch;
  /** sent with every request */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What any request may have besides its own parameters. */
export interface RequestOptions {
  readonly signal?: AbortSignal;
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** Each method throws a ProblemError when the server refuses, and an UnreachableError when it does not answer. */
export class Connection {
  readonly #base: URL;
  readonly #fetch: typeof fetch;
  readonly #headers: Readonly<Record<string, string>>;

  /** @param base the address of the server, such as https://osusume.example or https://portal.example/anime/ */
  constructor(base: string | URL, options: ClientOptions = {}) {
    this.#base = new URL(base);
    if (!this.#base.pathname.endsWith('/')) this.#base.pathname += '/';
    this.#fetch = options.fetch ?? ((...request) => fetch(...request));
    this.#headers = options.headers ?? {};
  }

  url(path: string): URL {
    return new URL(path, this.#base);
  }

  get<T>(path: string, query: Query = {}, options?: RequestOptions): Promise<T> {
    const url = this.url(path);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value));
    return this.#json(url, {}, options);
  }

  post<T>(path: string, body: object, options?: RequestOptions): Promise<T> {
    return this.#json(this.url(path), jsonRequest(body), options);
  }

  /** @param file as it is */
  send<T>(path: string, file: Blob | string, options?: RequestOptions): Promise<T> {
    const headers = { 'content-type': 'application/octet-stream' };
    return this.#json(this.url(path), { method: 'POST', body: file, headers }, options);
  }

  /**
   * The answer as it comes.
   * @param accept the media type that is wanted
   */
  stream(path: string, body: object, accept: string, options?: RequestOptions): Promise<Response> {
    const { headers, ...init } = jsonRequest(body);
    return this.fetch(this.url(path), { ...init, headers: { ...headers, accept } }, options);
  }

  async fetch(url: URL, init: RequestInit = {}, options: RequestOptions = {}): Promise<Response> {
    const headers = { ...this.#headers, ...init.headers };
    let response: Response;
    try {
      response = await this.#fetch(url, { ...init, headers, signal: options.signal });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new UnreachableError(url, { cause: error });
    }
    if (!response.ok) throw await problemFrom(response, url);
    return response;
  }

  async #json<T>(url: URL, init: RequestInit, options?: RequestOptions): Promise<T> {
    const response = await this.fetch(url, init, options);
    try {
      return (await response.json()) as T;
    } catch (error) {
      if (options?.signal?.aborted) throw error;
      // Cut off, or the page of a network that asks for a login first.
      throw new UnreachableError(url, { cause: error });
    }
  }
}

function jsonRequest(body: object) {
  const headers = { 'content-type': 'application/json' };
  return { method: 'POST', body: JSON.stringify(body), headers };
}
