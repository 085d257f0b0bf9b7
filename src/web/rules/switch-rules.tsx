/** Rules that are on or off, and those that move titles in the order. */
import type { ComponentChildren } from 'preact';
import { useMessages } from '../display/use-display.tsx';
import { Slider, Switch } from './rule-fields.tsx';
import type { Rules } from './rules.ts';
import { useRuleMessages } from './use-rule-messages.ts';

interface Props {
  readonly rules: Rules;
  readonly onChange: (rules: Rules) => void;
}

/** @param children more switches */
export function Switches({
  rules,
  onChange,
  children,
}: Props & { readonly children: ComponentChildren }) {
  const { rules: messages } = useMessages();
  const say = useRuleMessages();
  const { prerequisites, franchise, familiar, planned, sequels, dropped, extras, unaired } = rules;
  const set = (change: Partial<Rules>) => onChange({ ...rules, ...change });
  const switches: [label: string, on: boolean, change: (on: boolean) => Partial<Rules>][] = [
    [messages.prerequisites, prerequisites, (on) => ({ prerequisites: on })],
    [messages.franchise, franchise, (on) => ({ franchise: on })],
    [say.laterParts, !sequels, (on) => ({ sequels: !on })],
    [messages.familiar, !familiar, (on) => ({ familiar: !on })],
    [messages.planned, planned, (on) => ({ planned: on })],
    [say.dropped, dropped, (on) => ({ dropped: on })],
    [say.extras, extras, (on) => ({ extras: on })],
    [say.unaired, unaired, (on) => ({ unaired: on })],
  ];
  return (
    <div class="switches">
      {switches.map(([label, on, change]) => (
        <Switch key={label} label={label} on={on} onChange={(next) => set(change(next))} />
      ))}
      {children}
    </div>
  );
}

export function Order({ rules, onChange }: Props) {
  const { rules: say } = useMessages();
  return (
    <div class="limits">
      <Slider
        label={say.known}
        ends={[say.popular, say.niche]}
        min={-1}
        value={rules.niche}
        onChange={(niche) => onChange({ ...rules, niche })}
      />
      <Slider
        label={say.variety}
        ends={[say.closest, say.varied]}
        min={0}
        value={rules.variety}
        onChange={(variety) => onChange({ ...rules, variety })}
      />
    </div>
  );
}
