/** A line of the log as people read it on a terminal. */
import pc from 'picocolors';

/** @param json a line of the log @returns the message; times are only of interest where something was measured */
export function readableLine(json: string): string {
  const { severity, message, ms } = JSON.parse(json) as Record<string, unknown>;
  const took = typeof ms === 'number' ? pc.dim(` ${ms} ms`) : '';
  return `${colourOf(severity)(String(message))}${took}\n`;
}

function colourOf(severity: unknown): (text: string) => string {
  if (severity === 'ERROR') return pc.red;
  if (severity === 'WARNING') return pc.yellow;
  return severity === 'DEBUG' ? pc.dim : String;
}
