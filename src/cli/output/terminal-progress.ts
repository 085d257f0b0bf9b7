/** Progress on a terminal: one line that is rewritten; plain lines where the output is a file. */
import pc from 'picocolors';
import type { Progress } from '../../progress.ts';

export interface TerminalOptions {
  readonly stream?: {
    write(text: string): unknown;
    readonly isTTY?: boolean;
    readonly columns?: number;
  };
  /** milliseconds */
  readonly now?: () => number;
}

/** How often a terminal line is rewritten, and how often a plain line is printed. */
const REWRITE_MS = 100;
const PRINT_MS = 10_000;
const BAR_WIDTH = 20;

export function terminalProgress({
  stream = process.stderr,
  now = Date.now,
}: TerminalOptions = {}): Progress {
  let current: {
    label: string;
    total?: number;
    unit: string;
    started: number;
    done: number;
    shown: number;
  } | null = null;
  const live = Boolean(stream.isTTY);
  const clear = () => {
    if (live && current) stream.write('\r\x1b[2K');
  };
  const show = (force = false) => {
    if (!current) return;
    const time = now();
    if (!force && time - current.shown < (live ? REWRITE_MS : PRINT_MS)) return;
    current.shown = time;
    const line = `  ${describe(current, time)}`;
    stream.write(live ? `\r\x1b[2K${line.slice(0, (stream.columns ?? 80) - 1)}` : `${line}\n`);
  };
  const end = () => {
    if (!current) return;
    const took = now() - current.started;
    clear();
    stream.write(`  ${current.label} ${pc.dim(`${(took / 1000).toFixed(1)} s`)}\n`);
    current = null;
  };
  return {
    step(label, total, unit = '') {
      end();
      current = { label, total, unit, started: now(), done: 0, shown: live ? 0 : now() };
      if (live) show(true);
    },
    update(done) {
      if (!current) return;
      current.done = done;
      show();
    },
    note(text) {
      clear();
      stream.write(`  ${text}\n`);
      if (live) show(true);
    },
    end,
  };
}

interface Step {
  readonly label: string;
  readonly total?: number;
  readonly unit: string;
  readonly started: number;
  readonly done: number;
}

/** label ▕██████    ▏ 42 % · 1.2 M rows/s · 12 s left */
function describe({ label, total, unit, started, done }: Step, time: number): string {
  const seconds = (time - started) / 1000;
  const parts: string[] = [];
  if (total && done > 0)
    parts.push(`${bar(done / total)} ${Math.min(100, Math.floor((100 * done) / total))} %`);
  else if (done > 0) parts.push(`${short(done)} ${unit}`);
  if (done > 0 && seconds > 0.5) parts.push(`${short(done / seconds)} ${unit}/s`);
  if (total && done > 0 && done < total && seconds > 1)
    parts.push(`${Math.ceil(((total - done) / done) * seconds)} s left`);
  return [label, parts.join(pc.dim(' · '))].join(' ');
}

function bar(share: number): string {
  const full = Math.round(Math.min(1, share) * BAR_WIDTH);
  return `▕${pc.cyan('█'.repeat(full))}${' '.repeat(BAR_WIDTH - full)}▏`;
}

function short(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  if (value >= 1e4) return `${(value / 1e3).toFixed(0)} k`;
  return value >= 10 ? value.toFixed(0) : value.toFixed(1);
}
