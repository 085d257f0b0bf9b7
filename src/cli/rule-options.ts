/** Reads rules of the command line: `--rule episodes=1-26 --rule themesIn=food,cozy --rule sequels=false`. */
import { Value } from 'typebox/value';
import { DEFAULT_RULES, FIRST_YEAR, LAST_YEAR, type Rules } from '../api/constants/enums.ts';
import { RulesSchema } from '../api/rules.ts';
import { THEME_IDS } from '../data/themes/theme-names.ts';
import { UsageError } from '../error.ts';

type RuleName = keyof Rules;

/** What an open end of a range means. */
const ENDS: Partial<Record<RuleName, readonly [number, number]>> = {
  years: [FIRST_YEAR, LAST_YEAR],
  episodes: [1, 2 ** 31 - 1],
};
const NUMBERS: ReadonlySet<string> = new Set(['maxDuration']);

/**
 * @param given `name=value`; of two with the same name the later one counts
 * @throws UsageError that names the rule
 */
export function rulesOfOptions(given: readonly string[]): Partial<Rules> {
  const rules: Record<string, unknown> = {};
  for (const option of given) {
    const [, name = '', text = ''] = /^(\w+)=(.*)$/s.exec(option) ?? [];
    if (!isRule(name))
      throw new UsageError(
        `--rule "${option}" is not a rule and its value, such as episodes=1-26. Rules: ${Object.keys(RulesSchema.properties).join(', ')}`,
      );
    rules[name] = parsedValue(name, text);
    const [problem] = Value.Errors(RulesSchema, { [name]: rules[name] });
    if (problem)
      throw new UsageError(`--rule "${option}": ${problem.instancePath} ${problem.message}`);
  }
  for (const id of [rules.themesIn, rules.themesOut].flat())
    if (id !== undefined && !THEME_IDS.has(String(id)))
      throw new UsageError(`There is no theme "${id}". Themes: ${[...THEME_IDS].join(', ')}`);
  return rules;
}

function isRule(name: string): name is RuleName {
  return Object.hasOwn(DEFAULT_RULES, name);
}

function parsedValue(name: RuleName, text: string): unknown {
  const usual = DEFAULT_RULES[name];
  const ends = ENDS[name];
  if (ends) return rangeOf(text, ends);
  if (typeof usual === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (typeof usual === 'number' || NUMBERS.has(name)) return text === '' ? text : Number(text);
  if (!Array.isArray(usual)) return text;
  const entries = text.split(',').map((entry) => entry.trim());
  return name === 'without' ? entries.map(Number) : entries;
}

/** `12`, `12-26`, `13-`, `-26` */
function rangeOf(text: string, [first, last]: readonly [number, number]): unknown {
  const [, from = '', dash, to = ''] = /^(\d*)(-)?(\d*)$/.exec(text) ?? [];
  if (from === '' && to === '') return text;
  if (!dash) return [Number(from), Number(from)];
  return [from === '' ? first : Number(from), to === '' ? last : Number(to)];
}
