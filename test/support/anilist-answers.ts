/** What AniList answers to MediaListCollection, in its documented shape. */
import type { Asked, Reply } from './upstream-server.ts';

export interface AniListEntry {
  readonly id: number;
  readonly idMal: number | null;
  readonly title: string;
  readonly score: number;
  readonly status: string | null;
}

export function aniListEntry(id: number, part: Partial<AniListEntry> = {}): AniListEntry {
  return { id, idMal: id, title: `Title ${id}`, score: 80, status: 'COMPLETED', ...part };
}

/** A public list, in the chunks that are asked for. */
export function aniListReply(
  asked: Asked,
  entries: readonly AniListEntry[],
  scoreFormat = 'POINT_100',
): Reply {
  const { variables } = JSON.parse(asked.body) as {
    variables: { name: string; chunk: number; size: number };
  };
  const from = (variables.chunk - 1) * variables.size;
  const part = entries.slice(from, from + variables.size).map((entry) => ({
    score: entry.score,
    status: entry.status,
    media: { id: entry.id, idMal: entry.idMal, title: { romaji: entry.title } },
  }));
  return {
    headers: { 'x-ratelimit-limit': '30', 'x-ratelimit-remaining': '29' },
    json: {
      data: {
        MediaListCollection: {
          hasNextChunk: from + variables.size < entries.length,
          user: { name: variables.name, mediaListOptions: { scoreFormat } },
          lists: [{ entries: part }],
        },
      },
    },
  };
}

export function aniListRefusal(message: string, status: number): Reply {
  return {
    status,
    json: {
      errors: [{ message, status, locations: [{ line: 1, column: 2 }] }],
      data: { MediaListCollection: null },
    },
  };
}
