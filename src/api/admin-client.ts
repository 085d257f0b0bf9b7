/** The operators' client: what the console asks, with their key. */
import type {
  LeaderboardAnswer,
  Recommended,
  Run,
  Runs,
  Status,
  UseBundleAnswer,
} from './admin.ts';
import { type ClientOptions, Connection, type RequestOptions } from './http/connection.ts';

export type {
  EvaluatedModel,
  Interval,
  KeptBundle,
  Leaderboard,
  Recommended,
  RouteCount,
  Run,
  RunRow,
  Status,
} from './admin.ts';
export type { Signature } from './bundle.ts';

export class AdminClient {
  readonly #server: Connection;

  /** @param key of the operators (OSUSUME_ADMIN_KEY of the server) */
  constructor(base: string | URL, key: string, options: ClientOptions = {}) {
    const headers = { ...options.headers, authorization: `Bearer ${key}` };
    this.#server = new Connection(base, { ...options, headers });
  }

  getStatus(request?: RequestOptions): Promise<Status> {
    return this.#server.get('api/admin/status', {}, request);
  }

  /** 404 until a model has been evaluated. */
  getLeaderboard(request?: RequestOptions): Promise<LeaderboardAnswer> {
    return this.#server.get('api/admin/leaderboard', {}, request);
  }

  /** Newest first. */
  getRuns(request?: RequestOptions): Promise<Runs> {
    return this.#server.get('api/admin/runs', {}, request);
  }

  getRun(id: string, request?: RequestOptions): Promise<Run> {
    return this.#server.get(`api/admin/runs/${encodeURIComponent(id)}`, {}, request);
  }

  getRecommended(request?: RequestOptions): Promise<Recommended> {
    return this.#server.get('api/admin/recommended', {}, request);
  }

  /** Makes a kept version the current one; the server opens it soon after. */
  useBundle(version: string, request?: RequestOptions): Promise<UseBundleAnswer> {
    return this.#server.post('api/admin/bundle', { version }, request);
  }
}
