/** A training in a process of its own, to be killed: embedding-child.js <checkpoints folder>. */
import { embedding } from '../../src/model/embedding/embedding.ts';
import { trained } from './embedding-training.ts';

await embedding.fit(trained.dataset, trained.options, {
  checkpoints: process.argv[2],
  threads: 2,
  onEpoch: ({ epoch }) => {
    console.log(epoch);
    if (epoch === 5) waitForTheEnd();
  },
});

/** However slow the one that kills is, this training is not over by then. */
function waitForTheEnd(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
}
