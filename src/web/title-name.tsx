/** A title's name in the chosen script, marked with its language. */
import { type Named, nameIn } from './title-names.ts';
import { useDisplay } from './use-display.tsx';

export function TitleName({ anime }: { anime: Named }) {
  const { script } = useDisplay();
  const { text, lang } = nameIn(anime, script);
  return <span lang={lang}>{text}</span>;
}
