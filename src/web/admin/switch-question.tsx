/** Asks before everyone is served from another bundle. */
import { Question } from '../ui/question.tsx';
import { useAdminWords } from './use-messages.ts';

interface Props {
  readonly version: string;
  readonly inUse: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

export function SwitchQuestion({ version, inUse, onYes, onNo }: Props) {
  const { bundle: words } = useAdminWords();
  return (
    <Question labelledBy="switch-question" yes={words.yes} no={words.no} onYes={onYes} onNo={onNo}>
      <h2 id="switch-question">{words.question(version)}</h2>
      <p>{words.consequence(inUse)}</p>
    </Question>
  );
}
