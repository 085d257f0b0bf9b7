/** Does what comes all at once in slices, so that requests are answered between them. */
import { eventLoopTurn, TimeSlice } from '../../time-slice.ts';

/**
 * @param work must not throw
 * @returns does the work for an item in a later turn of the event loop, in the order of the calls
 */
export function spreadWork<Item>(work: (item: Item) => void): (item: Item) => void {
  let waiting: Item[] = [];
  let isRunning = false;
  const run = async () => {
    isRunning = true;
    // What comes at once is collected first.
    await eventLoopTurn();
    const slice = new TimeSlice();
    while (waiting.length > 0) {
      const items = waiting;
      waiting = [];
      for (const item of items) {
        work(item);
        if (slice.over) await slice.next();
      }
    }
    isRunning = false;
  };
  return (item) => {
    waiting.push(item);
    if (!isRunning) void run();
  };
}
