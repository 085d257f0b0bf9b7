/** Whether an address is one of this machine's own: limits by address do not apply to its own programs. */
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { plainAddress } from './visitor.ts';

/** ms between two looks at the interfaces: a machine may join another network while it serves */
const REFRESH_INTERVAL = 60_000;

const LOOPBACK_V6 = '0:0:0:0:0:0:0:1';

interface Options {
  /** the addresses of the machine's interfaces */
  readonly list?: () => string[];
  /** ms; only differences count */
  readonly clock?: () => number;
}

export class OwnAddresses {
  readonly #list: () => string[];
  readonly #clock: () => number;
  #known = new Set<string>();
  /** ms, by the clock */
  #listedAt = Number.NEGATIVE_INFINITY;

  constructor({ list = interfaceAddresses, clock = () => performance.now() }: Options = {}) {
    this.#list = list;
    this.#clock = clock;
  }

  /** @param address of a connection, as sockets and Fastify write it; undefined = the client has gone: not an own one */
  has(address: string | undefined): boolean {
    if (!address) return false;
    const plain = plainAddress(address);
    // All of 127.0.0.0/8 is loopback (RFC 1122, 3.2.1.3).
    if (plain === LOOPBACK_V6 || (plain.startsWith('127.') && isIP(plain) === 4)) return true;
    this.#refresh();
    return this.#known.has(plain);
  }

  #refresh(): void {
    const now = this.#clock();
    if (now - this.#listedAt < REFRESH_INTERVAL) return;
    this.#listedAt = now;
    this.#known = new Set(this.#list().map(plainAddress));
  }
}

function interfaceAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((ones) =>
    (ones ?? []).map((one) => one.address),
  );
}
