/** A title with the facts that every answer of the server has. */
import type { Card } from '../../api/client.ts';

export type Anime = Omit<Card, 'synopsis'>;
