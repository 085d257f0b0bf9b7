/** The operators' console: asks for the key, then shows everything on one page. */
import { useEffect, useState } from 'preact/hooks';
import { AdminClient } from '../../api/admin-client.ts';
import { ProblemError } from '../../api/client.ts';
import { DisplaySwitches } from '../display/display-switches.tsx';
import { useMessages } from '../display/use-display.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { AdminBundles } from './bundles.tsx';
import { AdminHealth } from './health.tsx';
import { keepKey, keptKey } from './key.ts';
import { AdminKeyForm } from './key-form.tsx';
import { AdminLeaderboard } from './leaderboard.tsx';
import { AdminRecommended } from './recommended.tsx';
import { AdminRuns } from './runs.tsx';
import { useAdminMessages } from './use-messages.ts';

const SECTIONS = ['bundle', 'leaderboard', 'runs', 'recommended', 'health'] as const;

export function AdminPage() {
  const messages = useAdminMessages();
  const { page } = useMessages();
  const [key, setKey] = useState(keptKey);
  const [refused, setRefused] = useState(false);
  const change = (next: string | null, wrong = false) => {
    keepKey(next);
    setRefused(wrong);
    setKey(next);
  };
  useEffect(() => {
    document.title = messages.title;
  }, [messages]);
  return (
    <>
      <header class="top">
        <a class="sign" href="/" title={page.first}>
          <span lang="ja">おすすめ</span> <b>{messages.sign}</b>
        </a>
        {key !== null && (
          <nav class="admin-nav" aria-label={messages.sections.label}>
            {SECTIONS.map((name) => (
              <a key={name} href={`#${name}`}>
                {messages.sections[name]}
              </a>
            ))}
          </nav>
        )}
        <DisplaySwitches />
      </header>
      <main class="admin" id="content">
        {key === null ? (
          <AdminKeyForm refused={refused} onKey={change} />
        ) : (
          <Console key={key} adminKey={key} onLeave={(wrong) => change(null, wrong)} />
        )}
      </main>
    </>
  );
}

/** milliseconds between updates while the page is visible */
const INTERVAL = 5000;

interface Props {
  readonly adminKey: string;
  readonly onLeave: (wrong: boolean) => void;
}

function Console({ adminKey, onLeave }: Props) {
  const messages = useAdminMessages();
  const [api] = useState(() => new AdminClient(location.origin, adminKey));
  const [look, refresh] = useRefresh();
  const status = useAnswer(`status ${look}`, (signal) => api.getStatus({ signal }));
  const wrong = status.error instanceof ProblemError && status.error.status === 401;
  useEffect(() => {
    if (wrong) onLeave(true);
  }, [wrong]);
  if (wrong) return null;
  if (!status.value)
    return status.error ? (
      <ErrorNotice error={status.error} onRetry={status.retry} />
    ) : (
      <p class="empty quiet">{messages.loading}</p>
    );
  const inUse = status.value.bundle?.version ?? null;
  return (
    <>
      <h1>{messages.key.heading}</h1>
      {status.error && (
        <ErrorNotice error={status.error} onRetry={status.retry} still={messages.stays} />
      )}
      <AdminBundles api={api} status={status.value} onChanged={refresh} />
      <AdminLeaderboard api={api} />
      <AdminRuns api={api} />
      <AdminRecommended api={api} inUse={inUse} />
      <AdminHealth status={status.value} />
      <button type="button" class="plain" onClick={() => onLeave(false)}>
        {messages.key.leave}
      </button>
    </>
  );
}

/** A counter that grows at intervals while the page is visible, and at once on request. */
function useRefresh(): [number, () => void] {
  const [look, setLook] = useState(0);
  const again = () => setLook((count) => count + 1);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') again();
    }, INTERVAL);
    return () => clearInterval(timer);
  }, []);
  return [look, again];
}
