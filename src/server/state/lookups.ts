/** Lists that are looked up at other sites: one request a name however many ask, a few names at once, each kept for a minute. */
import { ImportError, type ImportedList } from '../../import/imported-list.ts';
import { listAt, type Site, type Sites } from '../../import/sites.ts';

const AT_ONCE = 8;
const KEPT = 20;
const KEPT_FOR = 60_000;

interface Found {
  readonly list: ImportedList;
  readonly at: number;
}

export class Lookups {
  readonly #sites: Sites;
  readonly #running = new Map<string, Promise<ImportedList>>();
  /** in the order they came */
  readonly #found = new Map<string, Found>();

  constructor(sites: Sites) {
    this.#sites = sites;
  }

  /** @throws ImportError that says why the list cannot be had; 'busy' when too many are being looked up */
  async find(site: Site, name: string): Promise<ImportedList> {
    const key = `${site} ${name.toLowerCase()}`;
    const kept = this.#found.get(key);
    if (kept && this.#now() - kept.at < KEPT_FOR) return kept.list;
    const running = this.#running.get(key);
    if (running) return running;
    if (this.#running.size >= AT_ONCE) {
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
    if (this.#found.size > KEPT) this.#found.delete(oldest);
  }

  #now(): number {
    return (this.#sites.effects?.now ?? Date.now)();
  }
}
