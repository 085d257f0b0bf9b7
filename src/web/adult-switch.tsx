/** Adult titles: off, and on only after someone has said to be old enough. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Switch } from './rule-fields.tsx';
import { useWords } from './use-display.tsx';

interface Props {
  readonly on: boolean;
  readonly ofAge: boolean;
  /** said to be 18 or older */
  readonly onConfirm: () => void;
  readonly onChange: (on: boolean) => void;
}

export function AdultSwitch({ on, ofAge, onConfirm, onChange }: Props) {
  const { rules } = useWords();
  const [asking, setAsking] = useState(false);
  return (
    <>
      {/* Another key: the browser has turned the switch by itself, and the answer may be no. */}
      <Switch
        key={String(asking)}
        label={rules.adult}
        on={on}
        onChange={(next) => (next && !ofAge ? setAsking(true) : onChange(next))}
      />
      {asking && (
        <AgeQuestion
          onYes={() => {
            setAsking(false);
            onConfirm();
            onChange(true);
          }}
          onNo={() => setAsking(false)}
        />
      )}
    </>
  );
}

function AgeQuestion({ onYes, onNo }: { onYes: () => void; onNo: () => void }) {
  const { rules } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="question"
      aria-labelledby="age-question"
      onCancel={(event) => {
        event.preventDefault();
        onNo();
      }}
    >
      <p id="age-question">{rules.ageQuestion}</p>
      <div class="question-say">
        <button type="button" class="primary" onClick={onYes}>
          {rules.ofAge}
        </button>
        <button type="button" class="plain" onClick={onNo}>
          {rules.notOfAge}
        </button>
      </div>
    </dialog>
  );
}
