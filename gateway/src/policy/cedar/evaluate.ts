import { departments } from '@linli/schema/departments';
import { roles } from '@linli/schema/roles';
import { relations } from '@linli/schema/subject';
import type { FieldClass } from '../../supergraph/classification.js';
import { LRUCache } from '../../lru.js';
import { Hearing } from './hearing.js';
import type { Likeness, Voices } from './panel.js';
import { Panel, Voice } from './panel.js';
import type { Policy } from './policy.js';
import type { CedarAction, Decision, Question } from './question.js';
import { defaultDeny } from './question.js';
import type { Sight, Table } from './tabulated.js';
import { Tabulated } from './tabulated.js';

/** What a question says that is about nothing in particular. */
const nobody = {
  relation: 'none',
  minor: false,
  purpose: 'service-handling',
  legalBasis: false,
  caseNumber: false,
  emergency: false,
} as const;

/** Kinds of subjects whose panels are kept; what Cedar answered is kept for all. */
const keptPanels = 500;

/** Answers questions by asking Cedar about one policy at a time, about each case that the policy can tell apart once. */
export class Evaluator {
  readonly #policies: readonly Tabulated[];
  /** The numbers of the policies by id. */
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #likeness = new WeakMap<FieldClass, Likeness>();
  readonly #likenesses = new Map<string, Likeness>();
  readonly #panels = new LRUCache<string, Panel>(keptPanels);
  /** Whose panel was asked last: one subject is asked about many times in a row. */
  #last:
    { readonly roles: readonly string[]; readonly department: string | undefined; readonly panel: Panel } | undefined;

  constructor(policies: readonly Policy[]) {
    this.#policies = policies.map((policy) => new Tabulated(policy));
    this.#numbers = new Map(policies.map(({ id }, number) => [id, number]));
  }

  /** What the policies say about a question's subject and field, to be asked case by case. */
  hear(question: Question): Hearing {
    return new Hearing(
      question,
      (action, asked) => this.#voicesFor(action, asked),
      (action, asked) => !this.#unmetCondition(action, asked),
    );
  }

  /** What the policies say, and which of them. */
  decide(question: Question): Decision {
    const { action } = question;
    const effect = this.hear(question).effect(question);
    if (effect === 'ALLOW') return { effect, by: this.#ask(action, question).permits };
    if (effect === 'MASK') return { effect, by: this.#ask('readMasked', question).permits };
    const asked = (action === 'write' ? [action] : (['readMasked', 'read'] as const)).map((each) =>
      this.#ask(each, question),
    );
    const forbids = [...new Set(asked.flatMap((each) => each.forbids))];
    return { effect, by: forbids.length ? forbids : [defaultDeny] };
  }

  /** Whether one policy, whatever its effect, applies to a question for an action of Cedar's. */
  matches(id: string, action: CedarAction, question: Question): boolean {
    const voice = this.#voiceOf(id, this.#voicesFor(action, question));
    return voice?.applies(action, question) ?? false;
  }

  /** Has Cedar parse every policy and answer about each relation, so that the first request does not wait for that. */
  prepare(fields: readonly FieldClass[]): void {
    for (const field of fields) this.likeness(field);
    for (const tabulated of this.#policies) {
      const field = fields.find((each) => tabulated.covers(each));
      if (!field) continue;
      const { id, roles: named = [], actions } = tabulated.policy;
      for (const action of actions) {
        for (const relation of relations) {
          this.matches(id, action, { ...nobody, action: 'read', roles: named, field, relation });
        }
      }
    }
  }

  /** Asks Cedar whatever it may be asked about subjects of one role, of whatever department: a case at each step. */
  *askAhead(fields: readonly FieldClass[]): Generator<void> {
    for (const tabulated of this.#policies) {
      const sights = new Map<Sight, FieldClass>();
      for (const field of fields) if (tabulated.covers(field)) sights.set(tabulated.sightOf(field), field);
      const asked = new Set<Table>();
      for (const action of tabulated.policy.actions) {
        for (const role of roles.filter((each) => tabulated.concerns([each]))) {
          const held = tabulated.rolesOf([role]);
          for (const department of [undefined, ...departments]) {
            const tables = tabulated.tablesFor(action, held, department);
            for (const [sight, field] of sights) {
              const table = tabulated.tableIn(tables, department, sight);
              if (asked.has(table)) continue;
              asked.add(table);
              const voice = new Voice(tabulated, table, held);
              for (const example of tabulated.examples()) {
                voice.applies(action, { ...nobody, action: 'read', roles: held, department, field, ...example });
                yield;
              }
            }
          }
        }
      }
    }
  }

  /** Fields of one likeness are decided equally, whatever the question. */
  likeness(field: FieldClass): Likeness {
    let likeness = this.#likeness.get(field);
    if (!likeness) {
      const sights = this.#policies.map((each) => (each.covers(field) ? each.sightOf(field) : undefined));
      const alike = JSON.stringify([sights, field.policies]);
      likeness = this.#likenesses.get(alike) ?? { id: this.#likenesses.size, sights };
      this.#likenesses.set(alike, likeness);
      this.#likeness.set(field, likeness);
    }
    return likeness;
  }

  /** The policies that permit something, and those that forbid it all the same. */
  #ask(action: CedarAction, question: Question): { permits: readonly string[]; forbids: readonly string[] } {
    const { permit, forbid } = this.#voicesFor(action, question);
    const matching = (voices: readonly Voice[]) =>
      voices.flatMap((voice) => (voice.applies(action, question) ? [voice.tabulated.policy.id] : [])).sort();
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
      const number = this.#numbers.get(id);
      if (number === undefined) return false;
      if (this.#policies[number]!.policy.effect === 'forbid') return !this.matches(id, action, question);
      return this.matches(id, action, question) || (action === 'readMasked' && this.matches(id, 'read', question));
    };
    if (policies.some((all) => all.every(holds))) return undefined;
    return [...new Set(policies.flat().filter((id) => !holds(id)))];
  }

  #voicesFor(action: CedarAction, { roles, department, field }: Question): Voices {
    return this.#panelOf(roles, department).voices(action, this.likeness(field));
  }

  #panelOf(roles: readonly string[], department: string | undefined): Panel {
    if (this.#last?.roles === roles && this.#last.department === department) return this.#last.panel;
    const key = JSON.stringify([roles, department ?? null]);
    let panel = this.#panels.get(key);
    if (!panel) this.#panels.set(key, (panel = new Panel(this.#policies, roles, department)));
    this.#last = { roles, department, panel };
    return panel;
  }

  #voiceOf(id: string, { permit, forbid }: Voices): Voice | undefined {
    const isIt = ({ tabulated }: Voice) => tabulated.policy.id === id;
    return permit.find(isIt) ?? forbid.find(isIt);
  }
}
