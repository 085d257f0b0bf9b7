/** Whether this browser's user has said to be 18 or older: asked once, and no link can say it for them. */
import { useState } from 'preact/hooks';

const KEY = 'osusume.of-age';

export function useOfAge(): [ofAge: boolean, confirm: () => void] {
  const [ofAge, setOfAge] = useState(said);
  const confirm = () => {
    setOfAge(true);
    try {
      localStorage.setItem(KEY, 'yes');
    } catch {
      // Forbidden or full: it is asked again next time.
    }
  };
  return [ofAge, confirm];
}

function said(): boolean {
  try {
    return localStorage.getItem(KEY) === 'yes';
  } catch {
    return false;
  }
}
