/** What a question would cost, before it is answered: how deep it goes, and how many values and lists it asks for. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { Problem } from '../http/problem.ts';

/** Levels of fields. The longest that makes sense has eight: users' recommendations' reasons' stories. */
const MOST_DEPTH = 10;
/** Introspection goes deeper, and costs nothing that grows. */
const MOST_INTROSPECTION_DEPTH = 16;
const MOST_COST = 50_000;

/** Lists: how many entries come when the question does not say. */
const ENTRIES: Readonly<Record<string, number>> = {
  search: 20,
  similar: 12,
  starters: 24,
  recommendations: 20,
  ratings: 100,
  franchiseTitles: 10,
  because: 5,
};
/** What finding them takes, in values, which take about a microsecond each. */
const FINDING: Readonly<Record<string, number>> = {
  search: 2000,
  similar: 200,
  recommendations: 2000,
  // A language model may write it for seconds: a question has as many as it writes at the same time, and no more.
  explanation: 12_000,
  ratings: 100,
};

interface Cost {
  readonly depth: number;
  readonly values: number;
}
type Variables = Readonly<Record<string, unknown>>;

/** @throws Problem 400 when the question is too deep or asks for too much */
export function refuseCostly(document: DocumentNode, variables: Variables): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  for (const node of document.definitions)
    if (node.kind === Kind.OPERATION_DEFINITION)
      refuse(node, new Counter(fragments, { ...defaultsOf(node), ...variables }));
}

function defaultsOf({ variableDefinitions }: OperationDefinitionNode): Variables {
  const defaults: Record<string, unknown> = {};
  for (const { variable, defaultValue } of variableDefinitions ?? [])
    if (defaultValue?.kind === Kind.INT) defaults[variable.name.value] = Number(defaultValue.value);
  return defaults;
}

function refuse({ selectionSet }: OperationDefinitionNode, counter: Counter): void {
  const { depth, values } = counter.of(selectionSet);
  const most = counter.introspects ? MOST_INTROSPECTION_DEPTH : MOST_DEPTH;
  if (depth > most)
    throw new Problem(400, `The query is ${depth} levels deep, ${most} are possible: ask in steps`);
  if (values > MOST_COST)
    throw new Problem(
      400,
      `The query may cost ${Math.round(values)}, ${MOST_COST} are possible: ask for shorter lists or fewer fields`,
    );
}

class Counter {
  introspects = false;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Variables;
  /** null = being counted: a fragment inside itself, which validation refuses */
  readonly #counted = new Map<string, Cost | null>();

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>, variables: Variables) {
    this.#fragments = fragments;
    this.#variables = variables;
  }

  of(set: SelectionSetNode | undefined): Cost {
    let depth = 0;
    let values = 0;
    for (const selection of set?.selections ?? []) {
      const cost =
        selection.kind === Kind.FIELD
          ? this.#field(selection)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? this.of(selection.selectionSet)
            : this.#fragment(selection.name.value);
      depth = Math.max(depth, cost.depth);
      values += cost.values;
    }
    return { depth, values };
  }

  #field(field: FieldNode): Cost {
    const name = field.name.value;
    if (name === '__schema' || name === '__type') this.introspects = true;
    const inside = this.of(field.selectionSet);
    const entries = this.#argument(field, 'limit') ?? ENTRIES[name] ?? 1;
    // More reasons than usual make every entry so much larger.
    const reasons = (this.#argument(field, 'because') ?? 0) / ENTRIES.because;
    const values = 1 + (FINDING[name] ?? 0) + entries * Math.max(1, reasons) * inside.values;
    return { depth: 1 + inside.depth, values };
  }

  /** Each fragment is counted once, however often it is used. */
  #fragment(name: string): Cost {
    const known = this.#counted.get(name);
    if (known !== undefined) return known ?? { depth: 0, values: 0 };
    this.#counted.set(name, null);
    const cost = this.of(this.#fragments.get(name)?.selectionSet);
    this.#counted.set(name, cost);
    return cost;
  }

  /** Of a number that the question gives, itself or by a variable. */
  #argument(field: FieldNode, name: string): number | undefined {
    const argument = field.arguments?.find((one) => one.name.value === name);
    return argument && this.#number(argument.value);
  }

  #number(value: ValueNode): number | undefined {
    if (value.kind === Kind.INT) return Math.max(0, Number(value.value));
    if (value.kind !== Kind.VARIABLE) return undefined;
    const given = this.#variables[value.name.value];
    return typeof given === 'number' ? Math.max(0, given) : undefined;
  }
}
