/** Whether the visitor has confirmed that they are 18 or older: asked once, never read from a link. */
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
