/**
 * The service worker: caches the page, so that it opens without a network or a server. The network is tried first; the
 * cache answers when it fails or is slow.
 */

import { SCREEN_PATHS } from '../../api/constants/screen-paths.ts';
import { FORGET } from './forget-message.ts';

/** Set by the build: the files of the page, and a hash of them. */
declare const SHELL_FILES: readonly string[];
declare const SHELL_VERSION: string;

interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface RequestEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface MessageFromPage extends Event {
  readonly data: unknown;
}

interface WorkerScope {
  addEventListener(type: 'install' | 'activate', listen: (event: WorkerEvent) => void): void;
  addEventListener(type: 'fetch', listen: (event: RequestEvent) => void): void;
  addEventListener(type: 'message', listen: (event: MessageFromPage) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

const scope = globalThis as unknown as WorkerScope;
const SHELL = `osusume-shell-${SHELL_VERSION}`;
const ANSWERS = 'osusume-answers';
/** The most cached answers (titles, starters and the like); the oldest are removed first. */
const MOST_ANSWERS = 400;
/** Milliseconds to wait for the network before using the cache. */
const PATIENCE = 3000;

/** Everything is being forgotten: nothing is cached any more. */
let isForgetting = false;

scope.addEventListener('message', ({ data }) => {
  if (data === FORGET) isForgetting = true;
});

scope.addEventListener('install', (event) => {
  event.waitUntil(keepShell());
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  // The query is ignored: the page itself reads it.
  if (request.mode === 'navigate' && isScreen(pathname))
    return event.respondWith(newest(request, SHELL, new Request('/')));
  if (SHELL_FILES.includes(pathname)) return event.respondWith(newest(request, SHELL));
  if (isKept(pathname, search)) event.respondWith(newestAnswer(event));
});

async function keepShell(): Promise<void> {
  const shell = await caches.open(SHELL);
  await shell.addAll(SHELL_FILES.map((path) => new Request(path, { cache: 'reload' })));
  await scope.skipWaiting();
}

async function takeOver(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('osusume-shell-') && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

function isScreen(pathname: string): boolean {
  return pathname === '/' || SCREEN_PATHS.some((path) => path === pathname);
}

/** Caches titles, starters and facts about the data, which rarely change; not searches and people, which are too many. */
function isKept(pathname: string, search: string): boolean {
  if (/^\/api\/(starters|bundle)$/.test(pathname)) return true;
  // Posters are many and large: they are left to the browser's HTTP cache.
  if (pathname.endsWith('/poster')) return false;
  return /^\/api\/anime\/\d+(\/|$)/.test(pathname) && search.length < 100;
}

/** From the network, else from the cache under `name`. */
async function newest(request: Request, cacheName: string, name = request): Promise<Response> {
  const kept = await caches.match(name, { cacheName });
  const response = fetch(request);
  if (!kept) return response;
  // It may fail after the cache has answered.
  response.catch(() => undefined);
  try {
    const answer = await Promise.race([response, afterPatience()]);
    return answer.status < 500 ? answer : kept;
  } catch {
    return kept;
  }
}

async function newestAnswer(event: RequestEvent): Promise<Response> {
  const answer = await newest(event.request, ANSWERS);
  if (answer.status === 200 && !answer.headers.has('x-osusume-kept'))
    event.waitUntil(keepAnswer(event.request, answer.clone()));
  return answer;
}

async function keepAnswer(request: Request, answer: Response): Promise<void> {
  const kept = await marked(answer);
  if (isForgetting) return;
  const answers = await caches.open(ANSWERS);
  await answers.put(request, kept);
  const all = await answers.keys();
  await Promise.all(all.slice(0, -MOST_ANSWERS).map((old) => answers.delete(old)));
}

/** Marks a cached answer, so that it is not cached again when it is served. */
async function marked(answer: Response): Promise<Response> {
  const headers = new Headers(answer.headers);
  headers.set('x-osusume-kept', 'yes');
  // The body is stored decompressed.
  headers.delete('content-encoding');
  headers.delete('content-length');
  return new Response(await answer.blob(), { status: answer.status, headers });
}

function afterPatience(): Promise<never> {
  return new Promise((_, reject) =>
    setTimeout(() => reject(new Error('The network takes too long')), PATIENCE),
  );
}
