/** Forgets everything that this browser keeps of the page, and begins again as at a first visit. */
import { render } from 'preact';
import { FORGET } from '../offline/forget-message.ts';

/** Milliseconds to wait for a database that another tab holds open. */
const PATIENCE = 2000;

export async function forgetEverything(): Promise<void> {
  stopPage();
  // What the service worker has under way is not to be kept either.
  navigator.serviceWorker?.controller?.postMessage(FORGET);
  await Promise.allSettled([unregisterWorkers(), deleteCaches(), deleteDatabases()]);
  // Last, and at once before the page is loaded again: other tabs see it happen (forgetWithOthers()).
  clear(() => localStorage);
  beginAgain();
}

/** Forgets what this tab has in memory when everything was forgotten in another one. */
export function forgetWithOthers(): void {
  addEventListener('storage', ({ key }) => {
    // null: everything was removed, not a single entry.
    if (key !== null) return;
    stopPage();
    beginAgain();
  });
}

/** Nothing is written any more, and requests under way are aborted. */
function stopPage(): void {
  const page = document.getElementById('page');
  if (page) render(null, page);
}

function beginAgain(): void {
  clear(() => sessionStorage);
  history.replaceState(null, '', '/');
  location.reload();
}

function clear(storage: () => Storage): void {
  try {
    storage().clear();
  } catch {
    // Storage is forbidden, so there is nothing in it.
  }
}

async function unregisterWorkers(): Promise<void> {
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(workers.map((worker) => worker.unregister()));
}

/** There are none without a secure connection. */
async function deleteCaches(): Promise<void> {
  if (!('caches' in globalThis)) return;
  const names = await caches.keys();
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** The page has none at present; an earlier or later release may. */
async function deleteDatabases(): Promise<void> {
  const databases = (await indexedDB.databases?.()) ?? [];
  await Promise.all(databases.map(({ name }) => name && deleteDatabase(name)));
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => resolve();
    setTimeout(resolve, PATIENCE);
  });
}
