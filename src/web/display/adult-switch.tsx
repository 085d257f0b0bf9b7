/** The switch for adult titles: off until the visitor has confirmed their age. */
import { useState } from 'preact/hooks';
import { Switch } from '../rules/rule-fields.tsx';
import { Question } from '../ui/question.tsx';
import { useMessages } from './use-display.tsx';

interface Props {
  readonly on: boolean;
  readonly ofAge: boolean;
  /** the visitor has confirmed that they are 18 or older */
  readonly onConfirm: () => void;
  readonly onChange: (on: boolean) => void;
}

export function AdultSwitch({ on, ofAge, onConfirm, onChange }: Props) {
  const { rules } = useMessages();
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
        <Question
          labelledBy="age-question"
          yes={rules.ofAge}
          no={rules.notOfAge}
          onYes={() => {
            setAsking(false);
            onConfirm();
            onChange(true);
          }}
          onNo={() => setAsking(false)}
        >
          <p id="age-question">{rules.ageQuestion}</p>
        </Question>
      )}
    </>
  );
}
