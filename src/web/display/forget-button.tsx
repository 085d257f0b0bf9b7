/** Forgets everything in this browser, after a question. */
import { useState } from 'preact/hooks';
import { Question } from '../ui/question.tsx';
import { useMessages } from './use-display.tsx';

export function ForgetButton({ onForget }: { onForget: () => void }) {
  const { forget } = useMessages();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" class="forget" aria-haspopup="dialog" onClick={() => setAsking(true)}>
        {forget.button}
      </button>
      {asking && (
        <Question
          labelledBy="forget-question"
          describedBy="forget-what"
          isFinal
          yes={forget.yes}
          no={forget.no}
          onYes={onForget}
          onNo={() => setAsking(false)}
        >
          <h2 id="forget-question">{forget.question}</h2>
          <p id="forget-what">{forget.what}</p>
          <p class="quiet">{forget.history}</p>
        </Question>
      )}
    </>
  );
}
