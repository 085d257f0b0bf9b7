/** A worker thread that makes the map of the published bundle for `osusume serve`, which holds the lock; posts how many titles it shows. */
import { parentPort, workerData } from 'node:worker_threads';
import { makeMap } from './map.ts';

const { titles } = await makeMap({ home: workerData as string });
parentPort?.postMessage(titles);
