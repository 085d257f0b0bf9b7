/** What a score is made of, and what moved the title in the list, as bars. */

import type { Explanation } from '../../api/client.ts';
import { useMessages } from '../display/use-display.tsx';
import { knownTitle } from '../picks/use-titles.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleLink } from '../title/title-link.tsx';
import { TitleName } from '../title/title-name.tsx';

export type ExplanationFacts = Explanation['facts'];
type Order = NonNullable<ExplanationFacts['order']>;

interface Props {
  readonly facts: ExplanationFacts;
  readonly actions: TitleActions;
}

/** Shares of the whole score, strongest first; being known is one of them. */
export function WhyShares({ facts: { score, prior, because }, actions }: Props) {
  const { why } = useMessages();
  const known =
    score > 0 && prior > 0 ? [{ animeId: null, title: '', shareOfScore: prior / score }] : [];
  const shares = [...known, ...because].sort((a, b) => b.shareOfScore - a.shareOfScore);
  if (shares.length === 0) return null;
  return (
    <ul class="why-shares" aria-label={why.shares}>
      {shares.map(({ animeId, title, shareOfScore }) => (
        <li key={animeId}>
          {animeId === null ? (
            <span>{why.known}</span>
          ) : (
            <TitleLink animeId={animeId} actions={actions}>
              <TitleName anime={knownTitle(animeId, title)} />
            </TitleLink>
          )}
          <span class="why-bar" aria-hidden="true">
            <span style={{ width: `${Math.min(100, Math.max(0, shareOfScore * 100))}%` }} />
          </span>
          <b>{why.share(shareOfScore)}</b>
        </li>
      ))}
    </ul>
  );
}

/** Each group's term beside the largest of them. */
export function WhyOrder({ order: { terms } }: { order: Order }) {
  const { why } = useMessages();
  const largest = Math.max(...terms.map(({ value }) => Math.abs(value)));
  const moving = terms.filter(({ value }) => Math.abs(value) >= largest / 20 && value !== 0);
  if (moving.length === 0) return null;
  return (
    <>
      <h4>{why.order}</h4>
      <ul class="why-shares" aria-label={why.order}>
        {moving.map(({ group, value }) => (
          <li key={group}>
            <span>{why.groups[group]}</span>
            <span class="why-bar" aria-hidden="true">
              <span style={{ width: `${(100 * Math.abs(value)) / largest}%` }} />
            </span>
            <b>{value > 0 ? why.up : why.down}</b>
          </li>
        ))}
      </ul>
    </>
  );
}
