/** A title's name in the chosen script, marked with its language. */

import { useDisplay } from '../display/use-display.tsx';
import { type Named, nameIn } from './title-names.ts';

export function TitleName({ anime }: { anime: Named }) {
  const { script } = useDisplay();
  const { text, lang } = nameIn(anime, script);
  return <span lang={lang}>{text}</span>;
}
