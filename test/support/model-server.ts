/** An OpenAI-compatible server on this machine, as Ollama, vLLM or OpenAI would answer: streaming server-sent events. */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** How one request is answered. */
export type Play = (response: ServerResponse, body: ChatRequest) => void | Promise<void>;

export interface ChatRequest {
  readonly model: string;
  readonly stream: boolean;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: { readonly type: string };
}

export interface ModelServer {
  /** as configured: …/v1 */
  readonly url: string;
  readonly requests: {
    body: ChatRequest;
    key: string | undefined;
    headers: IncomingHttpHeaders;
    closed: boolean;
  }[];
  play: Play;
  close(): Promise<void>;
}

export async function modelServer(play: Play = says('Fine.')): Promise<ModelServer> {
  const requests: ModelServer['requests'] = [];
  const http = createServer(async (request, response) => {
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
      response.writeHead(404).end();
      return;
    }
    const body = JSON.parse(await textOf(request)) as ChatRequest;
    const { headers } = request;
    const noted = { body, key: headers.authorization, headers, closed: false };
    requests.push(noted);
    response.on('close', () => {
      noted.closed = !response.writableEnded;
    });
    await server.play(response, body);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: ModelServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    requests,
    play,
    close() {
      http.closeAllConnections();
      return new Promise((resolve) => http.close(() => resolve()));
    },
  };
  return server;
}

/** The whole text, a few letters at a time, and the end as the protocol has it. */
export function says(text: string, finish: string | null = 'stop'): Play {
  return (response) => {
    begin(response);
    for (let at = 0; at < text.length; at += 7) piece(response, text.slice(at, at + 7));
    if (finish !== null) {
      event(response, { choices: [{ index: 0, delta: {}, finish_reason: finish }] });
      response.write('data: [DONE]\n\n');
    }
    response.end();
  };
}

export function status(code: number, text = 'no'): Play {
  return (response) => {
    response.writeHead(code, { 'content-type': 'application/json', 'retry-after': '60' });
    response.end(JSON.stringify({ error: { message: text } }));
  };
}

export function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
}

export function piece(response: ServerResponse, content: string): void {
  event(response, { choices: [{ index: 0, delta: { content }, finish_reason: null }] });
}

function event(response: ServerResponse, data: object): void {
  response.write(`data: ${JSON.stringify({ object: 'chat.completion.chunk', ...data })}\n\n`);
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
