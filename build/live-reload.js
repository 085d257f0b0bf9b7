/** Reloads open pages by server-sent events, on a separate port that only `npm run dev` opens. */
import { createServer } from 'node:http';

/**
 * @returns {Promise<{ script: string, reload(): void, close(): void }>} script: to be put into the pages
 */
export async function openLiveReload() {
  /** @type {Set<import('node:http').ServerResponse>} */
  const pages = new Set();
  const server = createServer((_, response) => {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    });
    response.write(': connected\n\n');
    pages.add(response);
    response.once('close', () => pages.delete(response));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    script: reloadScript(`http://127.0.0.1:${address.port}/`),
    reload() {
      for (const page of pages) page.write('data: reload\n\n');
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * Waits for the server, which may be restarting: an error page could not reload itself later.
 * @param {string} url
 */
function reloadScript(url) {
  return `new EventSource('${url}').onmessage = async () => {
  const answers = () => fetch('/healthz').then(({ ok }) => ok, () => false);
  while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, 100));
  location.reload();
};`;
}
