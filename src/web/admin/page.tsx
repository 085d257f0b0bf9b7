/** The operators' console: asks for the key unless a session is open, then shows everything on one page. */
import { useEffect, useState } from 'preact/hooks';
import { AdminClient } from '../../api/admin-client.ts';
import { ProblemError } from '../../api/client.ts';
import { DisplaySwitches } from '../display/display-switches.tsx';
import { useMessages } from '../display/use-display.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { toError } from '../ui/to-error.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { AdminBundles } from './bundles.tsx';
import { AdminHealth } from './health.tsx';
import { AdminKeyForm } from './key-form.tsx';
import { AdminLeaderboard } from './leaderboard.tsx';
import { AdminRecommended } from './recommended.tsx';
import { AdminRuns } from './runs.tsx';
import { useAdminMessages } from './use-messages.ts';

const SECTIONS = ['bundle', 'leaderboard', 'runs', 'recommended', 'health'] as const;

export function AdminPage() {
  const messages = useAdminMessages();
  const { page } = useMessages();
  // A cookie names the session; scripts cannot see it.
  const [api] = useState(() => new AdminClient(location.origin, null));
  const [session, setSession] = useState<'unknown' | 'open' | 'closed'>('unknown');
  const found = useAnswer('session', (signal) => api.getSession({ signal }));
  useEffect(() => {
    if (found.value) setSession(found.value.expiresAt === null ? 'closed' : 'open');
  }, [found.value]);
  useEffect(() => {
    document.title = messages.title;
  }, [messages]);
  return (
    <>
      <header class="top">
        <a class="sign" href="/" title={page.first}>
          <span lang="ja">おすすめ</span> <b>{messages.sign}</b>
        </a>
        {session === 'open' && (
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
        {session === 'closed' && <AdminKeyForm api={api} onOpen={() => setSession('open')} />}
        {session === 'open' && <Console api={api} onClose={() => setSession('closed')} />}
        {session === 'unknown' && found.error && (
          <ErrorNotice error={found.error} onRetry={found.retry} />
        )}
      </main>
    </>
  );
}

/** milliseconds between updates while the page is visible */
const INTERVAL = 5000;

interface Props {
  readonly api: AdminClient;
  readonly onClose: () => void;
}

function Console({ api, onClose }: Props) {
  const messages = useAdminMessages();
  const [look, refresh] = useRefresh();
  const status = useAnswer(`status ${look}`, (signal) => api.getStatus({ signal }));
  const ended = status.error instanceof ProblemError && status.error.status === 401;
  useEffect(() => {
    if (ended) onClose();
  }, [ended]);
  const [leaving, setLeaving] = useState<Error | null>(null);
  const leave = async () => {
    try {
      await api.signOut();
      onClose();
    } catch (cause) {
      setLeaving(toError(cause));
    }
  };
  if (ended) return null;
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
      {leaving && <ErrorNotice error={leaving} onRetry={() => void leave()} />}
      <button type="button" class="plain" onClick={() => void leave()}>
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
