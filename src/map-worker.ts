/** Makes the map of the published bundle on a thread of its own, for start.ts; answers with how many titles it shows. */
import { parentPort, workerData } from 'node:worker_threads';
import { map } from './map.ts';

const { titles } = await map({ home: workerData as string });
parentPort?.postMessage(titles);
