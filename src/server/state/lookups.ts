/** Looks up lists at other sites: concurrent visitors share a request, few run in parallel, each list is kept for a minute. */
import { ImportError, type ImportedList } from '../../import/imported-list.ts';
import { listAt, type Site, type Sites } from '../../import/sites.ts';

const MAX_RUNNING = 8;
const MAX_KEPT = 20;
/** ms */
const KEPT_FOR = 60_000;

interface Found {
  readonly list: ImportedList;
  /** ms, of the sites' clock */
  readonly at: number;
}

export class Lookups {
  readonly #sites: Sites;
  readonly #running = new Map<string, Promise<ImportedList>>();
  /** the oldest first */
  readonly #found = new Map<string, Found>();

  constructor(sites: Sites) {
    this.#sites = sites;
  }

  /** @throws ImportError that says why there is no list; 'busy' when too many are being looked up */
  async find(site: Site, name: string): Promise<ImportedList> {
    const key = `${site} ${name.toLowerCase()}`;
    const kept = this.#found.get(key);
    if (kept && this.#now() - kept.at < KEPT_FOR) return kept.list;
    const running = this.#running.get(key);
    if (running) return running;
    if (this.#running.size >= MAX_RUNNING) {
      throw new ImportError(
        'busy',
        'Many lists are being looked up at the moment. Try again in a few seconds, or bring the list as a file',
      );
    }
    const look = listAt(site, name, this.#sites).finally(() => this.#running.delete(key));
    this.#running.set(key, look);
    const list = await look;
    this.#keep(key, list);
    return list;
  }

  #keep(key: string, list: ImportedList): void {
    this.#found.delete(key);
    this.#found.set(key, { list, at: this.#now() });
    const [oldest] = this.#found.keys();
    if (this.#found.size > MAX_KEPT) this.#found.delete(oldest);
  }

  #now(): number {
    return (this.#sites.effects?.now ?? Date.now)();
  }
}
