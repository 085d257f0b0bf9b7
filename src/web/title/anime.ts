/** A title as the page shows it anywhere: what every answer says about it. */
import type { Card } from '../../api/client.ts';

export type Anime = Omit<Card, 'synopsis'>;
