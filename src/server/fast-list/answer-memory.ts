/**
 * Memory of answers, used again once an answer has gone out. New memory for each brings the collector of garbage,
 * which counts what lies outside the heap: it would go through all of that heap every half second (Node 24).
 */
import type { ServerResponse } from 'node:http';

/** Holds a list of twenty titles with its reasons twice. */
const PIECE = 1 << 16;
/** Pieces kept: as many as answers are usually on their way. */
const MOST = 64;

export class AnswerMemory {
  readonly #free: Buffer[] = [];

  /** Bytes, not cleared, that are the answer's until it has gone out, or its client has left. */
  for(response: ServerResponse, bytes: number): Buffer {
    if (bytes > PIECE) return Buffer.allocUnsafeSlow(bytes);
    const piece = this.#free.pop() ?? Buffer.allocUnsafeSlow(PIECE);
    response.once('close', () => {
      if (this.#free.length < MOST) this.#free.push(piece);
    });
    return piece.subarray(0, bytes);
  }
}
