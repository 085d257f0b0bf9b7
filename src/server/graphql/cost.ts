/** Estimates the cost of a query before it runs: its depth, and how many values and lists it asks for. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { DEFAULT_BECAUSE } from '../../api/defaults.ts';
import { Problem } from '../http/problem.ts';
import { SCHEMA } from './schema.ts';

/** Levels of fields. The longest sensible query has eight: user, recommendations, items, because, anime, franchise titles, … */
const MAX_DEPTH = 10;
/** Introspection goes deeper, and its cost is bounded by the schema. */
const MAX_INTROSPECTION_DEPTH = 16;
/** in values, which take about a microsecond each */
const MAX_COST = 50_000;

/** Entries of each list when the query does not say: the default of its `limit`, and a guess for lists without one. */
const ENTRIES: Readonly<Record<string, number>> = {
  ...defaultLimits(),
  // Both the answer and its list of shelves: together the titles of all shelves.
  shelves: 9,
  franchiseTitles: 10,
  because: DEFAULT_BECAUSE,
  // Of introspection, on average.
  ...{ types: 45, fields: 5, inputFields: 2, enumValues: 2, directives: 5 },
};
/** What a field costs besides the values in its answer. */
const BASE_COST: Readonly<Record<string, number>> = {
  search: 2000,
  similar: 200,
  recommendations: 2000,
  opinion: 3000,
  // A language model may take seconds: a query has no more explanations than the model writes at the same time.
  explanation: 12_000,
  ratings: 100,
};

function defaultLimits(): Record<string, number> {
  const limits: Record<string, number> = {};
  for (const type of Object.values(SCHEMA.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const { name, args } of Object.values(type.getFields())) {
      const limit = args.find((argument) => argument.name === 'limit');
      if (typeof limit?.defaultValue === 'number') limits[name] = limit.defaultValue;
    }
  }
  return limits;
}

interface Cost {
  readonly depth: number;
  readonly values: number;
}
type Variables = Readonly<Record<string, unknown>>;

/** @throws Problem 400 when the query is too deep or asks for too much */
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
  const maxDepth = counter.introspects ? MAX_INTROSPECTION_DEPTH : MAX_DEPTH;
  if (depth > maxDepth)
    throw new Problem(
      400,
      `The query is ${depth} levels deep; at most ${maxDepth} are allowed. Ask in steps`,
    );
  if (values > MAX_COST)
    throw new Problem(
      400,
      `The query may cost ${Math.round(values)}; at most ${MAX_COST} is allowed. Ask for shorter lists or fewer fields`,
    );
}

class Counter {
  introspects = false;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Variables;
  /** null = being counted: a fragment that contains itself, which validation refuses */
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
    // More reasons than usual make every entry larger in proportion.
    const reasons = (this.#argument(field, 'because') ?? 0) / DEFAULT_BECAUSE;
    const values = 1 + (BASE_COST[name] ?? 0) + entries * Math.max(1, reasons) * inside.values;
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

  /** The number that the query gives, literally or in a variable. */
  #argument(field: FieldNode, name: string): number | undefined {
    const argument = field.arguments?.find((candidate) => candidate.name.value === name);
    return argument && this.#number(argument.value);
  }

  #number(value: ValueNode): number | undefined {
    if (value.kind === Kind.INT) return Math.max(0, Number(value.value));
    if (value.kind !== Kind.VARIABLE) return undefined;
    const given = this.#variables[value.name.value];
    return typeof given === 'number' ? Math.max(0, given) : undefined;
  }
}
