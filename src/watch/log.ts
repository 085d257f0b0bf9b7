/**
 * The log of a server. For programs: one JSON object a line, with the severities of Google Cloud Logging. For people: the
 * message alone. No line has a list, a name, an address or a secret in it: requests are logged by route, and errors
 * without what the request contained (without-inputs.ts).
 */
import { openSync } from 'node:fs';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogSettings } from '../config/watch-settings.ts';
import { readableLine } from './readable-line.ts';

/** What a line says besides its message. Undefined fields are left out. */
export type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

/** A request that has been answered, or whose client has left. */
export interface AnsweredRequest {
  readonly id: string;
  readonly method: string;
  /** as it is registered, with the names of its parameters instead of their values */
  readonly route: string;
  readonly status: number;
  /** from its headers to the end of its answer */
  readonly milliseconds: number;
  /** version of the bundle that it was answered from; undefined = it was refused before */
  readonly bundle?: string;
  /** id of its trace, where there is one */
  readonly trace?: string;
}

export interface Log {
  info(line: string, fields?: Fields): void;
  warn(line: string, fields?: Fields): void;
  error(line: string, fields?: Fields): void;
  request(answered: AnsweredRequest): void;
  /** Lines that have not been written because their reader is too slow. */
  readonly dropped: number;
  /** Writes what is held back, unless nobody reads it for two seconds. */
  close(): Promise<void>;
}

/** https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry#LogSeverity */
const SEVERITIES: Readonly<Record<string, string>> = {
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
};

/** Routes that an orchestrator asks every few seconds. */
const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

const STDERR = 2;
/**
 * Bytes that are written together, at least and at most. Each write wakes a thread, which costs as much as a list does
 * (`npm run bench -- watching`).
 */
const BLOCK = 1 << 16;
const LARGEST_BLOCK = 1 << 17;
/** Bytes that wait for a slow reader; then lines are dropped. */
const MOST_WAITING = 1 << 20;
/** ms that a line may wait for others */
const DELAY = 250;
/** ms that closing waits for a slow reader */
const PATIENCE = 2000;

export interface LogOptions extends LogSettings {
  /** a file descriptor, or the path of a file; default: standard error */
  readonly to?: number | string;
  readonly isTerminal?: boolean;
}

export function openLog({ format, level, to = STDERR, isTerminal = false }: LogOptions): Log {
  if ((format ?? (isTerminal ? 'text' : 'json')) === 'json') return new JsonLog(level, to);
  const write = (line: string) => void process.stderr.write(readableLine(line));
  return new TextLog(loggerTo({ write }, level));
}

/** Times in ISO 8601. A line of a busy server is mostly of the same second as the one before. */
class Timestamps {
  #second = Number.NaN;
  #upToSeconds = '';

  of(milliseconds: number): string {
    const second = Math.floor(milliseconds / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#upToSeconds = new Date(1000 * second).toISOString().slice(0, -'000Z'.length);
    }
    return `${this.#upToSeconds}${String(milliseconds - 1000 * second).padStart(3, '0')}Z`;
  }
}

function loggerTo(destination: DestinationStream, level: string): Logger {
  const timestamps = new Timestamps();
  return pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"time":"${timestamps.of(Date.now())}"`,
      formatters: { level: (name) => ({ severity: SEVERITIES[name] ?? 'DEFAULT' }) },
    },
    destination,
  );
}

class TextLog implements Log {
  readonly dropped: number = 0;
  protected readonly logger: Logger;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  info(line: string, fields: Fields = {}): void {
    this.logger.info(fields, line);
  }

  warn(line: string, fields: Fields = {}): void {
    this.logger.warn(fields, line);
  }

  error(line: string, fields: Fields = {}): void {
    this.logger.error(fields, line);
  }

  /** People see what failed; the rest with the level `debug`. */
  request(answered: AnsweredRequest): void {
    writeRequest(this.logger, answered, answered.status >= 500 ? levelOf(answered) : 'debug');
  }

  async close(): Promise<void> {}
}

class JsonLog extends TextLog {
  override dropped = 0;
  readonly #destination: ReturnType<typeof pino.destination>;
  #untold = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(level: string, to: number | string) {
    const destination = pino.destination({
      dest: typeof to === 'string' ? openSync(to, 'a') : to,
      sync: false,
      minLength: BLOCK,
      maxWrite: LARGEST_BLOCK,
      maxLength: MOST_WAITING,
    });
    super(loggerTo(destination, level));
    this.#destination = destination;
    destination.on('drop', () => {
      this.dropped++;
      this.#untold++;
    });
    destination.on('drain', () => this.#tellDropped());
  }

  override warn(line: string, fields?: Fields): void {
    super.warn(line, fields);
    this.#flush();
  }

  override error(line: string, fields?: Fields): void {
    super.error(line, fields);
    this.#flush();
  }

  override info(line: string, fields?: Fields): void {
    super.info(line, fields);
    this.#flush();
  }

  override request(answered: AnsweredRequest): void {
    writeRequest(this.logger, answered, levelOf(answered));
    this.#timer ??= setTimeout(() => this.#flush(), DELAY).unref();
  }

  override async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    // Lines that are being written come before those that still wait.
    if (await this.#written()) this.#destination.flushSync();
  }

  /** Whether what is being written has been written in time. */
  #written(): Promise<boolean> {
    return new Promise((resolve) => {
      const late = setTimeout(resolve, PATIENCE, false);
      this.#destination.flush(() => {
        clearTimeout(late);
        resolve(true);
      });
    });
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#destination.flush();
  }

  /** Called when everything that waited has been written, so that this line finds room. */
  #tellDropped(): void {
    if (this.#untold === 0) return;
    const lines = this.#untold;
    this.#untold = 0;
    this.warn(`${lines} lines of the log were dropped: what reads them is too slow`, { lines });
  }
}

type Level = 'debug' | 'info' | 'warn' | 'error';

function levelOf({ status, route }: AnsweredRequest): Level {
  if (status === 503) return 'warn';
  if (status >= 500) return 'error';
  return status < 400 && PROBES.has(route) ? 'debug' : 'info';
}

function writeRequest(logger: Logger, answered: AnsweredRequest, level: Level): void {
  const { id, method, route, status, milliseconds, bundle, trace } = answered;
  const ms = Math.round(milliseconds * 10) / 10;
  logger[level](
    { request: id, method, route, status, ms, bundle, trace },
    `${method} ${route} ${status}`,
  );
}
