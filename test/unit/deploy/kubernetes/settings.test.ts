/** The product accepts the settings that the overlays bring. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../../src/config/config.ts';

const FOLDER = 'deploy/kubernetes';
const files = [
  join(FOLDER, 'base/osusume.json'),
  ...readdirSync(join(FOLDER, 'overlays')).flatMap((overlay) =>
    readdirSync(join(FOLDER, 'overlays', overlay))
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(FOLDER, 'overlays', overlay, name)),
  ),
];

describe('settings of deploy/kubernetes', () => {
  it.each(files)('%s is accepted', (config) => {
    expect(() => loadConfig({ config }, {})).not.toThrow();
  });

  it.each(files.filter((file) => file.endsWith('osusume.json')))(
    '%s lets the server be reached, and watched',
    (config) => {
      const { serve } = loadConfig({ config }, {});
      expect(serve).toMatchObject({ host: '0.0.0.0', port: 8080, metricsPort: 9464 });
    },
  );
});
