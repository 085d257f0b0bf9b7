import { afterEach, describe, expect, it, vi } from 'vitest';
import { openModel } from '../../../src/explain/language-model.ts';
import { type ModelServer, modelServer, says } from '../../support/model-server.ts';

let server: ModelServer | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.close();
});

async function ask(key?: string): Promise<string> {
  server = await modelServer(says('Watch Mushishi.'));
  const model = await openModel({ baseUrl: server.url, model: 'small', key });
  const { signal } = new AbortController();
  let text = '';
  for await (const piece of model.write([{ role: 'user', content: 'What?' }], { signal }))
    text += piece;
  return text;
}

describe('openModel()', () => {
  it('sends nothing that the environment holds for OpenAI to another address', async () => {
    const secrets = {
      OPENAI_API_KEY: 'sk-openai',
      OPENAI_ADMIN_KEY: 'sk-admin',
      OPENAI_ORG_ID: 'org-planted',
      OPENAI_PROJECT_ID: 'project-planted',
      OPENAI_WEBHOOK_SECRET: 'webhook-planted',
      OPENAI_CUSTOM_HEADERS: 'authorization: Bearer sk-header\nx-team: team-planted',
      OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
    };
    for (const [name, value] of Object.entries(secrets)) vi.stubEnv(name, value);
    expect(await ask()).toBe('Watch Mushishi.');
    expect(server?.requests).toHaveLength(1);
    expect(JSON.stringify(server?.requests[0].headers)).not.toMatch(/sk-|planted/);
  });

  it('sends the key that was given for the address', async () => {
    await ask('sk-local');
    expect(server?.requests[0].key).toBe('Bearer sk-local');
  });
});
