/** The operators' client: what the console asks, with their key or in a session. */
import type {
  LeaderboardAnswer,
  Recommended,
  Run,
  Runs,
  Session,
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

  /** @param key of the operators (OSUSUME_ADMIN_KEY of the server); null = a page that signs in and gets a cookie */
  constructor(base: string | URL, key: string | null, options: ClientOptions = {}) {
    const headers: Record<string, string> = { ...options.headers };
    if (key !== null) headers.authorization = `Bearer ${key}`;
    this.#server = new Connection(base, { ...options, headers });
  }

  /** Exchanges the key for a cookie that no script can read. */
  signIn(key: string, request?: RequestOptions): Promise<Session> {
    return this.#server.post('api/admin/session', { key }, request);
  }

  getSession(request?: RequestOptions): Promise<Session> {
    return this.#server.get('api/admin/session', {}, request);
  }

  async signOut(request?: RequestOptions): Promise<void> {
    await this.#server.fetch(this.#server.url('api/admin/session'), { method: 'DELETE' }, request);
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

  /** As it comes: it may be from a server of another release. 404 when its bundle has nothing to compare with. */
  getTraffic(request?: RequestOptions): Promise<unknown> {
    return this.#server.get('api/admin/traffic', {}, request);
  }

  /** Makes a kept version the current one; the server opens it soon after. */
  useBundle(version: string, request?: RequestOptions): Promise<UseBundleAnswer> {
    return this.#server.post('api/admin/bundle', { version }, request);
  }
}
