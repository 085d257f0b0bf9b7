/** The operators' console: the key first, then everything on one page. */
import { useEffect, useState } from 'preact/hooks';
import { type AdminApi, adminApi, isWrongKey } from './admin-api.ts';
import { AdminBundles } from './admin-bundles.tsx';
import { AdminHealth } from './admin-health.tsx';
import { keepKey, keptKey } from './admin-key.ts';
import { AdminKeyForm } from './admin-key-form.tsx';
import { AdminLeaderboard } from './admin-leaderboard.tsx';
import { AdminRecommended } from './admin-recommended.tsx';
import { AdminRuns } from './admin-runs.tsx';
import { DisplaySwitches } from './display-switches.tsx';
import { Trouble } from './trouble.tsx';
import { useAdminWords } from './use-admin-words.ts';
import { useAnswer } from './use-answer.ts';
import { useWords } from './use-display.tsx';

const SECTIONS = ['bundle', 'leaderboard', 'runs', 'recommended', 'health'] as const;

export function AdminPage() {
  const words = useAdminWords();
  const { page } = useWords();
  const [key, setKey] = useState(keptKey);
  const [refused, setRefused] = useState(false);
  const change = (next: string | null, wrong = false) => {
    keepKey(next);
    setRefused(wrong);
    setKey(next);
  };
  useEffect(() => {
    document.title = words.title;
  }, [words]);
  return (
    <>
      <header class="top">
        <a class="sign" href="/" title={page.first}>
          <span lang="ja">おすすめ</span> <b>{words.sign}</b>
        </a>
        {key !== null && (
          <nav class="admin-nav" aria-label={words.sections.label}>
            {SECTIONS.map((name) => (
              <a key={name} href={`#${name}`}>
                {words.sections[name]}
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

/** ms between two looks while the page is seen */
const LOOK = 5000;

interface Props {
  readonly adminKey: string;
  readonly onLeave: (wrong: boolean) => void;
}

function Console({ adminKey, onLeave }: Props) {
  const words = useAdminWords();
  const [api] = useState<AdminApi>(() => adminApi(adminKey));
  const [look, lookAgain] = useLooks();
  const status = useAnswer(`status ${look}`, api.status);
  const wrong = isWrongKey(status.error);
  useEffect(() => {
    if (wrong) onLeave(true);
  }, [wrong]);
  if (wrong) return null;
  if (!status.value)
    return status.error ? (
      <Trouble error={status.error} onRetry={status.retry} />
    ) : (
      <p class="empty quiet">{words.loading}</p>
    );
  const inUse = status.value.inUse?.version ?? null;
  return (
    <>
      <h1>{words.key.heading}</h1>
      {status.error && <Trouble error={status.error} onRetry={status.retry} still={words.stays} />}
      <AdminBundles api={api} status={status.value} onChanged={lookAgain} />
      <AdminLeaderboard api={api} />
      <AdminRuns api={api} />
      <AdminRecommended api={api} inUse={inUse} />
      <AdminHealth status={status.value} />
      <button type="button" class="plain" onClick={() => onLeave(false)}>
        {words.key.leave}
      </button>
    </>
  );
}

/** A number that grows while the page is seen, and at once when asked. */
function useLooks(): [number, () => void] {
  const [look, setLook] = useState(0);
  const again = () => setLook((count) => count + 1);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') again();
    }, LOOK);
    return () => clearInterval(timer);
  }, []);
  return [look, again];
}
