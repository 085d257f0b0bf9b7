/** A server whose texts come from a language model, which a local server plays. */
import { openTextGeneration } from '../../src/explain/text-generation.ts';
import { buildApp } from '../../src/server/app.ts';
import type { App } from '../../src/server/http/fastify.ts';
import { drainConnections } from '../../src/server/limits/drain.ts';
import type { CurrentBundle } from '../../src/server/state/current-bundle.ts';
import { type ModelServer, modelServer } from './model-server.ts';

export interface TextGenerationApp {
  readonly app: App;
  readonly model: ModelServer;
  readonly close: () => Promise<void>;
}

export async function textGenerationApp(bundles: CurrentBundle): Promise<TextGenerationApp> {
  const model = await modelServer();
  const options = { baseUrl: model.url, model: 'small', remembered: 0 };
  const textGeneration = await openTextGeneration(options);
  const app = await buildApp({ bundles, page: null, textGeneration, report: () => {} });
  const close = async () => {
    await drainConnections(app.server, () => app.close());
    await model.close();
  };
  return { app, model, close };
}
