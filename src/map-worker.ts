/** A worker thread that makes the map of the published bundle for `osusume serve`; posts how many titles it shows. */
import { parentPort, workerData } from 'node:worker_threads';
import { map } from './map.ts';

const { titles } = await map({ home: workerData as string });
parentPort?.postMessage(titles);
