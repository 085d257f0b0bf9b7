/** Whether this browser's user has said to be 18 or older: asked once, and no link can say it for them. */
import { useState } from 'preact/hooks';
import { inBrowser, readStored, store } from '../ui/storage.ts';

const KEY = 'osusume.of-age';

export function useOfAge(): [ofAge: boolean, confirm: () => void] {
  const [ofAge, setOfAge] = useState(() => readStored(KEY, inBrowser) === 'yes');
  const confirm = () => {
    setOfAge(true);
    store(KEY, 'yes', inBrowser);
  };
  return [ofAge, confirm];
}
