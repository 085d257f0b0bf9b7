/** An open connection of the server. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface Connection {
  readonly socket: Socket;
  readonly visitor: string;
  /** that is being received or answered; null = none */
  request: IncomingMessage | null;
  response: ServerResponse | null;
  /** when the request began, in ms by performance.now(), and the bytes that had been received before */
  startedAt: number;
  received: number;
  /** pipelined behind the present one */
  readonly waiting: [IncomingMessage, ServerResponse][];
  /** bytes that had been sent when the client was last looked at, and when; see slow-clients.ts */
  sent: number;
  sentAt: number;
}
