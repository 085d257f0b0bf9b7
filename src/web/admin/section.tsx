/** A section of the console: its heading, and the state of its request. */
import type { ComponentChildren } from 'preact';
import { ErrorNotice } from '../ui/error-notice.tsx';
import type { Answer } from '../ui/use-answer.ts';
import { useAdminMessages } from './use-messages.ts';

interface SectionProps {
  readonly id: string;
  readonly heading: string;
  readonly children: ComponentChildren;
}

export function AdminSection({ id, heading, children }: SectionProps) {
  return (
    <section class="admin-section" id={id} aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>{heading}</h2>
      {children}
    </section>
  );
}

interface Props<T> {
  readonly answer: Answer<T>;
  readonly children: (value: T) => ComponentChildren;
}

/** The latest answer, below the error of the next request if there is one. */
export function Answered<T>({ answer, children }: Props<T>) {
  const messages = useAdminMessages();
  const { value, error, loading, retry } = answer;
  const arrived = value !== null || (!loading && !error);
  return (
    <>
      {error && (
        <ErrorNotice error={error} onRetry={retry} still={arrived ? messages.stays : undefined} />
      )}
      {arrived && children(value as T)}
      {!arrived && !error && <p class="quiet">{messages.loading}</p>}
    </>
  );
}
