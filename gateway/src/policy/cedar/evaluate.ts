import { relations } from '@linli/schema/subject';
import type { FieldClass } from '../../supergraph/classification.js';
import { askCedar } from './ask.js';
import { fieldAttributes, fieldIsIn } from './entities.js';
import type { Policy } from './policy.js';
import type { Case, Cases, CedarAction, Decision, Effect, Question } from './question.js';
import { defaultDeny } from './question.js';
import { caseCount, caseOf, dimensionsOf } from './cases.js';
import type { EntityKind } from './uid.js';
import { uid, uidText } from './uid.js';

/** A policy, and the tables of what Cedar answered about it. */
interface Tabulated {
  readonly policy: Policy;
  readonly dimensions: ReturnType<typeof dimensionsOf>;
  /** Roles that its scope or its conditions name. */
  readonly roles: readonly string[];
  /** What its conditions name that a field can be, or be in. */
  readonly named: readonly string[];
  /** By action, what it sees of the subject and what it sees of the field. */
  readonly tables: Map<string, Int8Array>;
  /** The place of the first case in which it applies, by the table and the name of the cases; -1 where there is none. */
  readonly firsts: WeakMap<Int8Array, Map<string, number>>;
  /** What it sees of each field, as a name. */
  readonly sights: WeakMap<FieldClass, string>;
}

/** A policy that may have a say, with the table for one kind of subject and field; filled at its first question. */
interface Voice {
  readonly tabulated: Tabulated;
  table: Int8Array | undefined;
}

type Voices = Readonly<Record<'permit' | 'forbid', readonly Voice[]>>;

/** Whose voices were heard last about what. */
interface Heard {
  readonly field: FieldClass;
  readonly roles: readonly string[];
  readonly department: string;
  readonly voices: Voices;
}

/** Answers questions by asking Cedar about one policy at a time, about each case that the policy can tell apart once. */
export class Evaluator {
  readonly #policies: readonly Tabulated[];
  readonly #byId: ReadonlyMap<string, Tabulated>;
  readonly #likeness = new WeakMap<FieldClass, string>();
  /** Short names of what makes fields alike. */
  readonly #likenesses = new Map<string, string>();
  readonly #voices = new Map<string, Voices>();
  readonly #last: Partial<Record<CedarAction, Heard>> = {};

  constructor(policies: readonly Policy[]) {
    this.#policies = policies.map((policy) => ({
      policy,
      dimensions: dimensionsOf(policy),
      roles: rolesNamed(policy),
      named: policy.reads.named.filter(mayHoldField),
      tables: new Map(),
      firsts: new WeakMap(),
      sights: new WeakMap(),
    }));
    this.#byId = new Map(this.#policies.map((each) => [each.policy.id, each]));
  }

  /** What the policies say. A reading in full goes before a masked one; what is forbidden is not permitted. */
  effect(question: Question): Effect {
    if (question.action === 'write') return this.#allows('write', question) ? 'ALLOW' : 'DENY';
    if (this.#allows('read', question)) return 'ALLOW';
    return this.#allows('readMasked', question) ? 'MASK' : 'DENY';
  }

  /** What the policies say, and which of them. */
  decide(question: Question): Decision {
    const { action } = question;
    const effect = this.effect(question);
    if (effect === 'ALLOW') return { effect, by: this.#ask(action, question).permits };
    if (effect === 'MASK') return { effect, by: this.#ask('readMasked', question).permits };
    const asked = (action === 'write' ? [action] : (['readMasked', 'read'] as const)).map((each) =>
      this.#ask(each, question),
    );
    const forbids = [...new Set(asked.flatMap((each) => each.forbids))];
    return { effect, by: forbids.length ? forbids : [defaultDeny] };
  }

  /**
   * Cases in which a policy permits an action: the first of each policy that does in any. Where there is none, the action
   * is denied in all of them; where there is one, another policy may still forbid it there.
   */
  *permitted(action: CedarAction, question: Question, { name, list }: Cases): Generator<Case> {
    const key = `${question.legalBasis} ${question.caseNumber} ${name}`;
    for (const voice of this.#voicesFor(action, question).permit) {
      const table = (voice.table ??= this.#tableFor(voice.tabulated, action, question));
      const { firsts } = voice.tabulated;
      let known = firsts.get(table);
      if (!known) firsts.set(table, (known = new Map<string, number>()));
      let first = known.get(key);
      if (first === undefined) {
        first = list.findIndex((each) => this.#answer(voice, action, { ...question, ...each }));
        known.set(key, first);
      }
      if (first >= 0) yield list[first]!;
    }
  }

  /** Whether one policy, whatever its effect, applies to a question for an action of Cedar's. */
  matches(id: string, action: CedarAction, question: Question): boolean {
    const tabulated = this.#byId.get(id);
    if (!tabulated || !mayConcern(tabulated.policy, action, question)) return false;
    return this.#answer({ tabulated, table: undefined }, action, question);
  }

  /** Has Cedar parse every policy and answer about each relation, so that the first request does not wait for that. */
  prepare(fields: readonly FieldClass[]): void {
    for (const field of fields) this.likeness(field);
    for (const { policy } of this.#policies) {
      const field = fields.find((each) => isScoped(policy, each));
      if (!field) continue;
      const nobody = {
        roles: policy.roles ?? [],
        minor: false,
        legalBasis: false,
        caseNumber: false,
        emergency: false,
      };
      for (const action of policy.actions) {
        for (const relation of relations) {
          this.matches(policy.id, action, { ...nobody, action: 'read', field, relation, purpose: 'service-handling' });
        }
      }
    }
  }

  /** Fields of equal likeness are decided equally, whatever the question. */
  likeness(field: FieldClass): string {
    let likeness = this.#likeness.get(field);
    if (likeness === undefined) {
      const seen = this.#policies.flatMap((each, index) =>
        isScoped(each.policy, field) ? [index, sightOf(each, field)] : [],
      );
      const alike = JSON.stringify([seen, field.policies]);
      likeness = this.#likenesses.get(alike);
      if (likeness === undefined) this.#likenesses.set(alike, (likeness = String(this.#likenesses.size)));
      this.#likeness.set(field, likeness);
    }
    return likeness;
  }

  #allows(action: CedarAction, question: Question): boolean {
    const { permit, forbid } = this.#voicesFor(action, question);
    const applies = (voice: Voice) => this.#answer(voice, action, question);
    return permit.some(applies) && !forbid.some(applies) && !this.#unmetCondition(action, question);
  }

  /** The policies that permit something, and those that forbid it all the same. */
  #ask(action: CedarAction, question: Question): { permits: readonly string[]; forbids: readonly string[] } {
    const { permit, forbid } = this.#voicesFor(action, question);
    const matching = (voices: readonly Voice[]) =>
      voices.flatMap((voice) => (this.#answer(voice, action, question) ? [voice.tabulated.policy.id] : [])).sort();
    const permits = matching(permit);
    if (permits.length === 0) return { permits, forbids: [] };
    const condition = this.#unmetCondition(action, question);
    return { permits, forbids: [...matching(forbid), ...(condition ?? [])] };
  }

  /** The policies of Federation's `@policy` on a field, where no set of them is satisfied. */
  #unmetCondition(action: CedarAction, question: Question): readonly string[] | undefined {
    const { policies } = question.field;
    if (policies.length === 0) return undefined;
    const holds = (id: string): boolean => {
      const effect = this.#byId.get(id)?.policy.effect;
      if (effect === undefined) return false;
      if (effect === 'forbid') return !this.matches(id, action, question);
      return this.matches(id, action, question) || (action === 'readMasked' && this.matches(id, 'read', question));
    };
    if (policies.some((all) => all.every(holds))) return undefined;
    return [...new Set(policies.flat().filter((id) => !holds(id)))];
  }

  #voicesFor(action: CedarAction, { roles, department = '', field }: Question): Voices {
    // One field is asked about many times in a row.
    const last = this.#last[action];
    if (last?.field === field && last.roles === roles && last.department === department) return last.voices;
    const key = `${action} ${this.likeness(field)} ${department} ${roles.join()}`;
    let voices = this.#voices.get(key);
    if (!voices) this.#voices.set(key, (voices = this.#slice(action, roles, field)));
    this.#last[action] = { field, roles, department, voices };
    return voices;
  }

  /** The policies that may have a say: those whose scope has the action, one of the roles, and the field. */
  #slice(action: CedarAction, roles: readonly string[], field: FieldClass): Voices {
    const voices = this.#policies
      .filter(({ policy }) => mayConcern(policy, action, { roles, field }))
      // One that tells little apart answers from its table the soonest.
      .sort((a, b) => caseCount(a.dimensions) - caseCount(b.dimensions))
      .map((tabulated): Voice => ({ tabulated, table: undefined }));
    return {
      permit: voices.filter(({ tabulated }) => tabulated.policy.effect === 'permit'),
      forbid: voices.filter(({ tabulated }) => tabulated.policy.effect === 'forbid'),
    };
  }

  #answer(voice: Voice, action: CedarAction, question: Question): boolean {
    const { tabulated } = voice;
    const { policy, dimensions } = tabulated;
    voice.table ??= this.#tableFor(tabulated, action, question);
    const place = caseOf(dimensions, question);
    let answer = voice.table[place];
    if (answer === unasked) {
      const held = tabulated.roles.filter((role) => question.roles.includes(role));
      voice.table[place] = answer = askCedar(policy, action, question, held) ? 1 : 0;
    }
    return answer === 1;
  }

  #tableFor(tabulated: Tabulated, action: CedarAction, question: Question): Int8Array {
    const { policy, dimensions, roles, tables } = tabulated;
    const held = roles.filter((role) => question.roles.includes(role));
    const department = policy.reads.principal.includes('department') ? (question.department ?? null) : '';
    // Names of known roles have neither commas nor line breaks, and JSON no line breaks.
    const key = `${action}\n${held.join()}\n${JSON.stringify(department)}\n${sightOf(tabulated, question.field)}`;
    let table = tables.get(key);
    if (!table) tables.set(key, (table = new Int8Array(caseCount(dimensions)).fill(unasked)));
    return table;
  }
}

const unasked = -1;

function mayConcern(policy: Policy, action: CedarAction, { roles, field }: Pick<Question, 'roles' | 'field'>): boolean {
  if (!policy.actions.includes(action) || !isScoped(policy, field)) return false;
  return policy.roles === undefined || policy.roles.some((role) => roles.includes(role));
}

function isScoped({ resource }: Policy, field: FieldClass): boolean {
  return resource === undefined || fieldIsIn(field).has(resource);
}

/** A name for what a policy sees of a field. */
function sightOf({ policy, named, sights }: Tabulated, field: FieldClass): string {
  const { resource, wholeResource } = policy.reads;
  if (wholeResource) return field.coordinate;
  if (resource.length === 0 && named.length === 0) return '';
  let sight = sights.get(field);
  if (sight === undefined) {
    const attributes = fieldAttributes(field);
    const isIn = fieldIsIn(field);
    sight = JSON.stringify([resource.map((name) => attributes[name]), named.filter((each) => isIn.has(each))]);
    sights.set(field, sight);
  }
  return sight;
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
