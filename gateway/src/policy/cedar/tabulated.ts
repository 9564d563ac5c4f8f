import type { FieldClass } from '../../supergraph/classification.js';
import { caseCount, caseOf, dimensionsOf, examplesOf } from './cases.js';
import { fieldAttributes, fieldIsIn } from './entities.js';
import type { Policy } from './policy.js';
import type { Cases, CedarAction, Question } from './question.js';
import type { EntityKind } from './uid.js';
import { uid, uidText } from './uid.js';

/** What Cedar answered about a policy, for subjects and fields that the policy cannot tell apart: -1 where not asked yet. */
export interface Table {
  readonly answers: Int8Array;
  /** The place of the first case in which the policy applies, by whether a legal basis and a case number were stated; -1 where there is none. */
  readonly firsts: Map<Cases, number[]>;
}

export const unasked = -1;

/** What a policy sees of a field; the same object for the same. */
export interface Sight {
  /** A number among the policy's sights; equal where only the departments differ, for the subject's own. */
  readonly number: number;
  /** Where the policy looks for the subject's own among them; otherwise none. */
  readonly departments: readonly string[];
}

/** Tables by the number of a sight and how the subject's department is related to those of the sight. */
export type Tables = Table[];

/** A policy, and what it can tell apart. */
export class Tabulated {
  readonly #dimensions: ReturnType<typeof dimensionsOf>;
  /** Roles that its scope or its conditions name. */
  readonly #roles: readonly string[];
  /** What its conditions name that a field can be, or be in. */
  readonly #named: readonly string[];
  readonly #numbers = new Map<string, number>();
  readonly #sights = new Map<string, Sight>();
  readonly #tables = new Map<string, Tables>();
  /** How many cases of the context it can tell apart. */
  readonly cases: number;

  constructor(readonly policy: Policy) {
    this.#dimensions = dimensionsOf(policy);
    this.#roles = rolesNamed(policy);
    this.#named = policy.reads.named.filter(mayHoldField);
    this.cases = caseCount(this.#dimensions);
  }

  /** The roles of a subject that matter to it. */
  rolesOf(roles: readonly string[]): readonly string[] {
    return this.#roles.filter((role) => roles.includes(role));
  }

  /** Whether its scope has any of a subject's roles. */
  concerns(roles: readonly string[]): boolean {
    return this.policy.roles === undefined || this.policy.roles.some((role) => roles.includes(role));
  }

  /** Whether its scope has a field. */
  covers(field: FieldClass): boolean {
    const { resource } = this.policy;
    return resource === undefined || fieldIsIn(field).has(resource);
  }

  sightOf(field: FieldClass): Sight {
    const seen = this.#describe(field);
    const departments = this.policy.reads.ownDepartment ? field.departments : [];
    const name = `${seen} ${departments.join()}`;
    let sight = this.#sights.get(name);
    if (!sight) {
      const number = this.#numbers.get(seen) ?? this.#numbers.size;
      this.#numbers.set(seen, number);
      this.#sights.set(name, (sight = { number, departments }));
    }
    return sight;
  }

  /** What it has answered about subjects like one. */
  tablesFor(action: CedarAction, held: readonly string[], department: string | undefined): Tables {
    const seen = this.policy.reads.principal.includes('department') ? [department ?? null] : [];
    const key = JSON.stringify([action, held, seen]);
    let tables = this.#tables.get(key);
    if (!tables) this.#tables.set(key, (tables = []));
    return tables;
  }

  /** That part of it which is about fields like one. */
  tableIn(tables: Tables, department: string | undefined, { number, departments }: Sight): Table {
    const own =
      !this.policy.reads.ownDepartment || department === undefined ? 0 : departments.includes(department) ? 1 : 2;
    return (tables[3 * number + own] ??= { answers: new Int8Array(this.cases).fill(unasked), firsts: new Map() });
  }

  /** The place in a table of the case that a question is. */
  placeOf(question: Question): number {
    return caseOf(this.#dimensions, question);
  }

  /** A context for every case that there can be. */
  examples(): ReturnType<typeof examplesOf> {
    return examplesOf(this.#dimensions);
  }

  #describe(field: FieldClass): string {
    const { resource, wholeResource } = this.policy.reads;
    if (wholeResource) return field.coordinate;
    if (resource.length === 0 && this.#named.length === 0) return '';
    const attributes = fieldAttributes(field);
    const isIn = fieldIsIn(field);
    return JSON.stringify([resource.map((name) => attributes[name]), this.#named.filter((each) => isIn.has(each))]);
  }
}

/** How the names of roles begin as texts, and those of other things that no field is in. */
const rolePrefix = prefixOf('Role');
const prefixesOutsideFields = [rolePrefix, prefixOf('Relation'), prefixOf('Purpose')];

function prefixOf(kind: EntityKind): string {
  return uidText(uid(kind, '')).slice(0, -1);
}

function mayHoldField(name: string): boolean {
  return !prefixesOutsideFields.some((prefix) => name.startsWith(prefix));
}

function rolesNamed({ roles = [], reads }: Policy): readonly string[] {
  const named = reads.named
    .filter((each) => each.startsWith(rolePrefix))
    .map((each) => each.slice(rolePrefix.length, -1));
  return [...new Set([...roles, ...named])];
}
