/** A worker thread that draws pictures of shared links: drawing one takes longer than answers may wait. */
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { Card } from './card.ts';
import { openCards } from './draw-card.ts';

export type CardReply = { readonly png: Uint8Array } | { readonly failure: string };

// Where a core is short, answers come first. Elsewhere the priority would be that of the whole process.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const opening = openCards();

parentPort?.on('message', async (card: Card) => {
  parentPort?.postMessage(await replyTo(card));
});

async function replyTo(card: Card): Promise<CardReply> {
  try {
    const draw = await opening;
    return { png: draw(card) };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
