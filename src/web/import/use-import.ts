/** Importing a list, step by step: choose, wait, look at the preview. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { type Imports, type ListPreview, ProblemError } from '../../api/client.ts';
import { api } from '../ui/api.ts';
import { toError } from '../ui/to-error.ts';

export type Site = Imports['names'][number];

export type ImportState =
  | { readonly at: 'rest' }
  /** the visitor enters a user name */
  | { readonly at: 'name'; readonly site: Site }
  /** site null: a file is being read */
  | { readonly at: 'waiting'; readonly site: Site | null }
  | {
      readonly at: 'preview';
      readonly preview: ListPreview;
      readonly View: typeof import('./list-preview.tsx').ListPreviewView;
    }
  | { readonly at: 'error'; readonly error: Error; readonly again: (() => void) | null };

export interface ImportSteps {
  readonly state: ImportState;
  readonly askName: (site: Site) => void;
  readonly readFile: (file: File) => void;
  readonly lookUp: (site: Site, name: string) => void;
  readonly stop: () => void;
}

/** @param largest size limit of a file in bytes; 0 = not known yet */
export function useImport(largest: number): ImportSteps {
  const [state, setState] = useState<ImportState>({ at: 'rest' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function wait(
    site: Site | null,
    load: (signal: AbortSignal) => Promise<ListPreview>,
  ): Promise<void> {
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    setState({ at: 'waiting', site });
    try {
      const preview = await load(stop.signal);
      // Loaded with the first import.
      const { ListPreviewView } = await import('./list-preview.tsx');
      if (!stop.signal.aborted) setState({ at: 'preview', preview, View: ListPreviewView });
    } catch (cause) {
      if (stop.signal.aborted) return;
      const error = toError(cause);
      const final = error instanceof ProblemError && error.status < 429;
      setState({ at: 'error', error, again: final ? null : () => void wait(site, load) });
    }
  }

  return {
    state,
    askName(site) {
      running.current?.abort();
      setState({ at: 'name', site });
    },
    readFile(file) {
      if (largest > 0 && file.size > largest) {
        running.current?.abort();
        const error = new ProblemError({ type: 'about:blank', title: '', status: 413, detail: '' });
        return setState({ at: 'error', error, again: null });
      }
      void wait(null, (signal) => api().importFile(file, { signal }));
    },
    lookUp: (site, name) => void wait(site, (signal) => lookUp(site, name, signal)),
    stop() {
      running.current?.abort();
      setState({ at: 'rest' });
    },
  };
}

function lookUp(site: Site, name: string, signal: AbortSignal): Promise<ListPreview> {
  if (site === 'anilist') return api().importAniList(name, { signal });
  return api().importMyAnimeList(name, { signal });
}
