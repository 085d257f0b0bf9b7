/** What the console asks of the server, with the operators' key. */

import { ask, RefusedError } from '../app/api.ts';
import {
  type Board,
  type RecommendedMost,
  type RunDetail,
  type RunRow,
  readBoard,
  readRecommendedMost,
  readRunDetail,
  readRuns,
  readStatus,
  type Status,
} from './answers.ts';

export interface AdminApi {
  status(signal: AbortSignal): Promise<Status>;
  /** null = there is none yet */
  leaderboard(signal: AbortSignal): Promise<Board | null>;
  runs(signal: AbortSignal): Promise<RunRow[]>;
  run(id: string, signal: AbortSignal): Promise<RunDetail>;
  recommended(signal: AbortSignal): Promise<RecommendedMost>;
  /** Makes a kept version the current one; the server opens it soon after. */
  use(version: string, signal: AbortSignal): Promise<void>;
}

export function adminApi(key: string): AdminApi {
  const get = (path: string, signal: AbortSignal) =>
    ask(`/api/admin${path}`, signal, undefined, key);
  return {
    status: async (signal) => readStatus(await get('/status', signal)),
    async leaderboard(signal) {
      try {
        return readBoard(await get('/leaderboard', signal));
      } catch (error) {
        if (error instanceof RefusedError && error.status === 404) return null;
        throw error;
      }
    },
    runs: async (signal) => readRuns(await get('/runs', signal)),
    run: async (id, signal) => readRunDetail(await get(`/runs/${encodeURIComponent(id)}`, signal)),
    recommended: async (signal) => readRecommendedMost(await get('/recommended', signal)),
    async use(version, signal) {
      await ask('/api/admin/bundle', signal, { version }, key);
    },
  };
}

/** The key is another one, or none: whoever asks has to give it anew. */
export function isWrongKey(error: Error | null): boolean {
  return error instanceof RefusedError && error.status === 401;
}
