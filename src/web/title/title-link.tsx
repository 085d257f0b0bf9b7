/** A link to a title: opens its sheet on this page, and works in a new tab. */

import type { ComponentChildren } from 'preact';
import { isPlainClick } from '../ui/plain-click.ts';
import type { TitleActions } from './title-actions.ts';

interface Props {
  readonly animeId: number;
  readonly actions: TitleActions;
  readonly children: ComponentChildren;
  readonly class?: string;
  /** a second link beside one with the same target: hidden from screen readers and the tab order */
  readonly hidden?: boolean;
}

export function TitleLink({ animeId, actions, children, class: name, hidden }: Props) {
  const open = (event: MouseEvent) => {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    actions.open(animeId);
  };
  const quiet = hidden ? { tabIndex: -1, 'aria-hidden': true as const } : {};
  return (
    <a class={name} href={`?open=${animeId}`} onClick={open} {...quiet}>
      {children}
    </a>
  );
}
