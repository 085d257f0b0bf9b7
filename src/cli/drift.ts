/** osusume drift */
import { adminKey } from '../config/config.ts';
import { alignedText } from '../metric/leaderboard.ts';
import type { Drift } from '../traffic/drift.ts';
import { action, type CommonFlags, command } from './command.ts';

interface DriftFlags extends CommonFlags {
  readonly url: readonly string[];
  readonly traffic: readonly string[];
  readonly save?: string;
  readonly out?: string;
}

const several = (value: string, before: readonly string[]) => [...before, value];

export const driftCommand = command(
  'drift',
  'compare what servers are asked and recommend with the training data',
)
  .option(
    '--url <address>',
    'a running server, asked with OSUSUME_ADMIN_KEY; may be repeated (default: the one on this machine)',
    several,
    [],
  )
  .option('--traffic <file>', 'a file of --save instead; may be repeated', several, [])
  .option('--save <file>', 'keep what was counted, as JSON')
  .option('--out <file.html>', 'where to write the report (default: drift.html in the home)')
  .action(
    action<DriftFlags>(async ({ flags, config, progress, signal }) => {
      const { drift } = await import('../drift.ts');
      const { home, serve } = config;
      const { url, traffic, save, out } = flags;
      const here = `http://localhost:${serve.port}`;
      const servers = url.length > 0 || traffic.length > 0 ? url : [here];
      const key = servers.length > 0 ? adminKey() : null;
      const options = { home, servers, key, files: traffic, save, out, progress, signal };
      const found = await drift(options);
      return { json: { path: found.path, ...found.drift }, text: describe(found) };
    }),
  );

function describe({ path, drift }: { readonly path: string; readonly drift: Drift }): string {
  const { bundle, since, lists, dimensions } = drift;
  const rows = dimensions.map(({ population, dimension, psi, byChance, reading }) => [
    population,
    dimension.replace('_', ' '),
    psi?.toFixed(3) ?? '–',
    byChance?.toFixed(3) ?? '–',
    reading,
  ]);
  return [
    `Bundle ${bundle} since ${since}: ${lists.asked} lists asked with, ${lists.recommended} recommended`,
    '',
    alignedText([['what', 'by', 'PSI', 'of it by chance', 'reading'], ...rows]),
    '',
    `The report is ${path}`,
  ].join('\n');
}
