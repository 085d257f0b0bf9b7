/**
 * Looks up lists at other sites. Visitors who ask for the same list share a look-up, which stops when the last of them
 * has left. Each site has its own limits, so that one that hangs stops nobody at the other; each visitor has a budget.
 */
import { ImportError } from '../../import/list/import-error.ts';
import type { ImportedList } from '../../import/list/imported-list.ts';
import { SiteHealth, type SiteOutcomes } from '../../import/site/site-health.ts';
import { checkName, listAt, type Site, type Sites } from '../../import/site/sites.ts';
import { type Meter, NO_METER } from '../../watch/meter.ts';
import { WorkBudgets } from '../limits/work-budget.ts';
import { FairGate, GateFull } from './fair-gate.ts';
import { RecentLookups } from './recent-lookups.ts';

export interface LookupOptions {
  readonly sites: Sites;
  /** a minute, of one visitor; default 10; 0 = no limit */
  readonly perVisitor?: number;
  /** called for each request to a site, and for each list that was looked for in memory */
  readonly meter?: Meter;
}

export interface Asking {
  /** null = limits for one visitor do not apply */
  readonly visitor: string | null;
  /** aborts when the visitor leaves */
  readonly signal?: AbortSignal;
}

/** A look-up and those who wait for it. */
interface Running {
  readonly list: Promise<ImportedList>;
  readonly stop: AbortController;
  waiting: number;
}

const MINUTE = 60_000;
/** AniList allows 90 requests a minute, often only 30, and dislikes bursts. MyAnimeList publishes no limit. */
const WINDOWS = [
  { limit: 30, milliseconds: MINUTE },
  { limit: 5, milliseconds: 1000 },
];
/** Look-ups at a site: at the same time, waiting, and waiting of one visitor. */
const GATE = { running: 8, waiting: 16, waitingPerVisitor: 4 };

interface SiteState {
  readonly health: SiteHealth;
  readonly gate: FairGate;
}

export class Lookups {
  readonly #sites: Sites;
  readonly #states: Readonly<Record<Site, SiteState>>;
  readonly #budgets: WorkBudgets | null;
  readonly #running = new Map<string, Running>();
  readonly #recent: RecentLookups;
  readonly #meter: Meter;

  constructor({ sites, perVisitor = 10, meter = NO_METER }: LookupOptions) {
    const clock = () => (sites.effects?.now ?? Date.now)();
    const state = (name: string) => {
      const asked: SiteOutcomes = (outcome) => meter.asked(upstreamName(name), outcome);
      const health = new SiteHealth(name, WINDOWS, asked);
      meter.budget(upstreamName(name), () => health.left(clock()));
      return { health, gate: new FairGate(GATE) };
    };
    this.#meter = meter;
    this.#sites = sites;
    this.#states = { anilist: state('AniList'), myanimelist: state('MyAnimeList') };
    this.#budgets =
      perVisitor > 0
        ? new WorkBudgets({ perSecond: perVisitor / 60, burst: perVisitor, clock })
        : null;
    this.#recent = new RecentLookups(clock);
  }

  /** @throws ImportError that says why there is no list; GateFull; the signal's reason when it aborts */
  async find(site: Site, name: string, { visitor, signal }: Asking): Promise<ImportedList> {
    checkName(name);
    const key = `${site} ${name.toLowerCase()}`;
    const known = this.#recent.get(key);
    this.#meter.cache('lookups', known !== null);
    if (known instanceof ImportError) throw known;
    if (known) return known;
    const running = this.#running.get(key) ?? this.#start(key, site, name, visitor);
    running.waiting++;
    const leave = () => {
      if (--running.waiting > 0) return;
      running.stop.abort(signal?.reason);
      if (this.#running.get(key) === running) this.#running.delete(key);
    };
    signal?.addEventListener('abort', leave, { once: true });
    try {
      return await running.list;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  #start(key: string, site: Site, name: string, visitor: string | null): Running {
    this.#charge(visitor);
    const { health, gate } = this.#states[site];
    const stop = new AbortController();
    const { signal } = stop;
    const list = gate
      .run({ visitor, signal }, () => listAt(site, name, this.#sites, { health, signal }))
      .then(
        (found) => this.#recent.keep(key, found),
        (error) => {
          if (error instanceof ImportError) this.#recent.keepFault(key, error);
          throw error instanceof GateFull ? tooMany(error) : error;
        },
      )
      .finally(() => {
        if (this.#running.get(key) === running) this.#running.delete(key);
      });
    const running: Running = { list, stop, waiting: 0 };
    this.#running.set(key, running);
    return running;
  }

  /** @throws ImportError when the visitor has used up the budget */
  #charge(visitor: string | null): void {
    if (this.#budgets === null || visitor === null) return;
    const left = this.#budgets.left(visitor);
    if (left >= 1) return void this.#budgets.charge(visitor, 1);
    const seconds = Math.ceil(this.#budgets.secondsUntil(left, 1));
    throw new ImportError(
      'over-budget',
      `Your address has looked up many names. Try again in ${seconds} s, or bring the list as a file`,
      seconds,
    );
  }
}

/** AniList → lists-anilist: posters are asked for there, too, with a budget of their own. */
function upstreamName(site: string): string {
  return `lists-${site.toLowerCase()}`;
}

/** Seconds after which there is likely room for another look-up. */
const ROOM_AFTER = 5;

function tooMany({ who }: GateFull): ImportError {
  return new ImportError(
    who === 'visitor' ? 'over-budget' : 'busy',
    'Many lists are being looked up at the moment. Try again in a few seconds, or bring the list as a file',
    ROOM_AFTER,
  );
}
