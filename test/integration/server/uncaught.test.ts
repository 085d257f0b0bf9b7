/** An error that nobody caught: the server ends, and its operators know why. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runBuilt } from '../../support/built-command.ts';
import { type Receiver, startReceiver } from '../../support/receiver.ts';
import { newHome, publishSmall } from '../../support/small-bundle.ts';

/** Fails in the server on a signal, outside of any request; its message has an address in it. */
const FAILING = `
  const error = () => new TypeError('planted defect near 203.0.113.77?token=secret');
  process.on('SIGUSR2', () => { throw error(); });
  process.on('SIGWINCH', () => { Promise.reject(error()); });
`;

interface Event {
  readonly tags: Record<string, string>;
  readonly exception: { readonly values: readonly { type: string; value: string }[] };
}

describe('a server that ends by an error that nobody caught', () => {
  let home: string;
  let service: Receiver;
  const failing = () => join(home, 'failing.mjs');
  beforeAll(async () => {
    home = await newHome();
    await publishSmall(home);
    await writeFile(failing(), FAILING);
  });
  afterAll(() => rm(home, { recursive: true, force: true }));
  beforeEach(async () => {
    service = await startReceiver();
    return () => service.close();
  });

  const start = async (environment: NodeJS.ProcessEnv) => {
    const args = ['serve', '--home', home, '--port', '0', '--posters', 'off'];
    const server = runBuilt(args, {
      OSUSUME_LOG_FORMAT: 'json',
      NODE_OPTIONS: `--import=${pathToFileURL(failing())}`,
      ...environment,
    });
    await server.until(/Osusume is at/);
    return server;
  };

  it.each(['SIGUSR2', 'SIGWINCH'] as const)(
    'reports it, logs it and exits with code 1 (%s)',
    async (signal) => {
      const server = await start({ OSUSUME_ERRORS_DSN: `http://key@127.0.0.1:${service.port}/1` });
      server.process.kill(signal);
      expect(await server.ended).toBe(1);
      const events = service.received.map(({ body }) => JSON.parse(body.split('\n')[2]) as Event);
      expect(events).toHaveLength(1);
      expect(events[0].tags).toEqual({ what: 'uncaught' });
      expect(events[0].exception.values[0]).toMatchObject({
        type: 'TypeError',
        value: 'planted defect near …?…',
      });
      const [logged] = server.output().match(/^.*nobody caught.*$/m) ?? [];
      expect(JSON.parse(logged!)).toMatchObject({ severity: 'ERROR' });
      expect(logged).toContain('planted defect near …');
      expect(server.output() + JSON.stringify(events)).not.toMatch(/203\.0\.113|secret/);
    },
  );

  it('ends all the same when the error service is away', async () => {
    const server = await start({ OSUSUME_ERRORS_DSN: 'http://key@127.0.0.1:9/1' });
    server.process.kill('SIGUSR2');
    expect(await server.ended).toBe(1);
    expect(server.output()).toContain('nobody caught');
  });
});
