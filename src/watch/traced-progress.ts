/** Progress that is traced, too: a span for each stage, and within it one for each step. */
import type { Progress } from '../progress.ts';
import type { Tracing } from './tracing.ts';

export function tracedProgress(progress: Progress, { begin }: Pick<Tracing, 'begin'>): Progress {
  let endStep: ((error?: unknown) => void) | null = null;
  const end = (error?: unknown) => {
    endStep?.(error);
    endStep = null;
  };
  return {
    update: (done) => progress.update(done),
    note: (text) => progress.note(text),
    step(label, ...size) {
      end();
      endStep = begin(label);
      progress.step(label, ...size);
    },
    end() {
      end();
      progress.end();
    },
    stage(name) {
      end();
      const endStage = begin(name);
      return (error) => {
        end(error);
        endStage(error);
      };
    },
  };
}
