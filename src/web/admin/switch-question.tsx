/** Asks for confirmation before switching to another bundle. */
import { Question } from '../ui/question.tsx';
import { useAdminMessages } from './use-messages.ts';

interface Props {
  readonly version: string;
  readonly inUse: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

export function SwitchQuestion({ version, inUse, onYes, onNo }: Props) {
  const { bundle: messages } = useAdminMessages();
  return (
    <Question
      labelledBy="switch-question"
      yes={messages.yes}
      no={messages.no}
      onYes={onYes}
      onNo={onNo}
    >
      <h2 id="switch-question">{messages.question(version)}</h2>
      <p>{messages.consequence(inUse)}</p>
    </Question>
  );
}
