/**
 * Bounds on a query, checked before it is validated: validation compares all fields of one name with each other, and
 * each fragment with each other. 5,000 tokens would keep it busy for seconds.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { Problem } from '../http/problem.ts';

/** How often each kind may occur. The longest query of the page, introspection, has a tenth of these. */
const MOST: Readonly<Partial<Record<Kind, number>>> = {
  [Kind.FIELD]: 1000,
  [Kind.FRAGMENT_SPREAD]: 100,
  [Kind.FRAGMENT_DEFINITION]: 50,
  [Kind.INLINE_FRAGMENT]: 100,
  [Kind.DIRECTIVE]: 100,
  [Kind.VARIABLE_DEFINITION]: 100,
  [Kind.OPERATION_DEFINITION]: 20,
};
/** Nodes of the document within each other: a level of fields takes two, a list or object in an argument one or two. */
const MAX_NESTING = 100;
/** Pairs of fields that have one name in the answer: a field that is asked for five times counts ten. */
const MAX_PAIRS = 1000;
/** Fields, with those of a fragment wherever it is used. */
const MAX_SELECTIONS = 5000;

/** @throws Problem 400 that names the bound */
export function refuseLarge(document: DocumentNode): void {
  const counts = new Map<Kind, number>();
  let nesting = 0;
  visit(document, {
    enter({ kind }) {
      if (++nesting > MAX_NESTING) throw refusal(`${MAX_NESTING} nodes within each other`);
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      const most = MOST[kind] ?? Number.POSITIVE_INFINITY;
      if (count > most) throw refusal(`${most} nodes of the kind ${kind}`);
    },
    leave() {
      nesting--;
    },
  });
  new RepeatedFields(document).check();
}

/** Merges selections as the answer does, and counts the fields that meet under one name. */
class RepeatedFields {
  readonly #document: DocumentNode;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  #pairs = 0;
  #selections = 0;

  constructor(document: DocumentNode) {
    this.#document = document;
    for (const node of document.definitions)
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(node.name.value, node);
  }

  check(): void {
    for (const node of this.#document.definitions)
      if ('selectionSet' in node) this.#merge([node.selectionSet]);
  }

  #merge(sets: readonly SelectionSetNode[]): void {
    const byName = new Map<string, FieldNode[]>();
    const used = new Set<string>();
    for (const set of sets) this.#collect(set, byName, used);
    for (const fields of byName.values()) {
      this.#pairs += (fields.length * (fields.length - 1)) / 2;
      if (this.#pairs > MAX_PAIRS) throw refusal('a field of one name in one place many times');
      const inside = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
      if (inside.length > 0) this.#merge(inside);
    }
  }

  #collect(set: SelectionSetNode, byName: Map<string, FieldNode[]>, used: Set<string>): void {
    for (const selection of set.selections) {
      if (++this.#selections > MAX_SELECTIONS)
        throw refusal(`${MAX_SELECTIONS} fields, with those of its fragments`);
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const fields = byName.get(name);
        if (fields) fields.push(selection);
        else byName.set(name, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.#collect(selection.selectionSet, byName, used);
      } else if (!used.has(selection.name.value)) {
        used.add(selection.name.value);
        const fragment = this.#fragments.get(selection.name.value);
        if (fragment) this.#collect(fragment.selectionSet, byName, used);
      }
    }
  }
}

function refusal(what: string): Problem {
  return new Problem(400, `The query has more than ${what}. Ask in several queries`);
}
