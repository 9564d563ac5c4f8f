import { fieldIsIn } from '@linli/gateway/policy/cedar/entities';
import type { Policy } from '@linli/gateway/policy/cedar/policy';
import type { Action, Effect, Question } from '@linli/gateway/policy/cedar/question';
import { purposes } from '@linli/schema/purposes';
import type { Role } from '@linli/schema/roles';
import { roles } from '@linli/schema/roles';
import type { Relation } from '@linli/schema/subject';
import { relations } from '@linli/schema/subject';
import type { Ground } from './ground.js';
import { apiFields, effectOf, isBetter, judge, possibleRelations } from './judge.js';
import type { Needs } from './matrix.js';
import { viewersOf } from './viewer.js';
import { actionOf, writtenFields } from './writing.js';

/** Fields of which a role sees more or less than before, all in the same way. */
export interface Shift {
  readonly role: Role;
  readonly department: string | undefined;
  readonly action: Action;
  readonly relations: readonly Relation[];
  /** True for rows about somebody under 14, false for others. */
  readonly minors: readonly boolean[];
  readonly from: Effect;
  readonly to: Effect;
  readonly purposes: readonly string[];
  readonly needs: readonly Needs[];
  readonly fields: readonly string[];
  /** The policies that decide now. */
  readonly policies: readonly string[];
}

export interface PolicyDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
  readonly gains: readonly Shift[];
  readonly losses: readonly Shift[];
}

/** Everything that a change was found with. */
interface Found {
  readonly role: Role;
  readonly department: string | undefined;
  readonly action: Action;
  readonly from: Effect;
  readonly to: Effect;
  readonly relation: Relation;
  readonly minor: boolean;
  readonly purpose: string;
  readonly needs: Needs;
  readonly field: string;
  readonly by: string;
}

/** Compares what two sets of policies decide over the same graph, in every case that there is. */
export function diffPolicies(before: Ground, after: Ground): PolicyDiff {
  const found: Found[] = [];
  const touched = touchedPolicies(before, after);
  for (const { field, action, alike } of groups(before, after)) {
    for (const { question, role, needs } of questions(after, field, action, touched)) {
      const from = effectOf(before, question);
      const to = effectOf(after, question);
      if (from === to) continue;
      const { by } = judge(after, question);
      const { department, action, relation, minor, purpose = 'none' } = question;
      found.push({
        role,
        department,
        action,
        relation,
        minor,
        purpose,
        needs,
        from,
        to,
        field: alike.join(),
        by: by.join(),
      });
    }
  }
  const shifts = merge(found);
  return {
    ...textChanges(before, after),
    gains: shifts.filter(({ from, to }) => isBetter(to, from)),
    losses: shifts.filter(({ from, to }) => isBetter(from, to)),
  };
}

const merged = ['needs', 'purpose', 'minor', 'relation', 'field', 'by'] as const;
type Sets = Record<(typeof merged)[number], readonly string[]>;
type Group = Pick<Found, 'role' | 'department' | 'action' | 'from' | 'to'> & { readonly sets: Sets };

/** Puts changes together that differ in one thing only, thing by thing: fewer and longer sentences. */
function merge(found: readonly Found[]): Shift[] {
  let groups = found.map(({ role, department, action, from, to, ...each }): Group => {
    const { needs, purpose, minor, relation, field, by } = each;
    const sets = { needs: [needs], purpose: [purpose], minor: [String(minor)], relation: [relation], field: [field] };
    return { role, department, action, from, to, sets: { ...sets, by: [by] } };
  });
  for (const name of merged) {
    const byRest = new Map<string, Group>();
    for (const group of groups) {
      const key = JSON.stringify({ ...group, sets: { ...group.sets, [name]: [] } });
      const known = byRest.get(key);
      const joined = known ? [...known.sets[name], ...group.sets[name]] : group.sets[name];
      byRest.set(key, { ...group, sets: { ...group.sets, [name]: joined } });
    }
    groups = [...byRest.values()];
  }
  return groups.map(({ sets, ...group }) => ({
    ...group,
    relations: relations.filter((relation) => sets.relation.includes(relation)),
    minors: [false, true].filter((minor) => sets.minor.includes(String(minor))),
    purposes: sets.purpose,
    needs: (['nothing', 'legal basis and case number', 'emergency'] as const).filter((each) =>
      sets.needs.includes(each),
    ),
    fields: sets.field.flatMap((each) => each.split(',')).sort(),
    policies: [...new Set(sets.by.flatMap((each) => each.split(',')))],
  }));
}

/** Fields that neither set tells apart, by one of them, and what is done with them. */
function groups(before: Ground, after: Ground) {
  const found = new Map<string, { field: Question['field']; action: Action; alike: string[] }>();
  const written = writtenFields(after);
  const done = apiFields(after).flatMap((field) => {
    const actions = new Set([actionOf(after, field), ...(written.has(field.coordinate) ? (['write'] as const) : [])]);
    return [...actions].map((action) => ({ field, action }));
  });
  for (const { field, action } of done) {
    const likeness = [before.policies.likeness(field), after.policies.likeness(field)];
    const key = [action, ...likeness, field.mask, field.requires, possibleRelations(after, field)].join(' ');
    const group = found.get(key);
    if (group) group.alike.push(field.coordinate);
    else found.set(key, { field, action, alike: [field.coordinate] });
  }
  return found.values();
}

function* questions(
  ground: Ground,
  field: Question['field'],
  action: Action,
  touched: readonly Policy[],
): Generator<{ question: Question; role: Role; needs: Needs }> {
  const concerning = touched.filter(({ resource }) => resource === undefined || fieldIsIn(field).has(resource));
  // Only those whom a changed policy is about can see more or less.
  for (const role of roles.filter((each) => concerning.some(({ roles: of }) => of?.includes(each) ?? true))) {
    for (const { roles: held, department } of viewersOf(role)) {
      for (const purpose of [undefined, ...purposes]) {
        const needed: readonly Needs[] =
          purpose === 'emergency' ? ['nothing', 'emergency'] : ['nothing', 'legal basis and case number'];
        for (const needs of needed) {
          for (const relation of possibleRelations(ground, field)) {
            for (const minor of [false, true]) {
              const question: Question = {
                roles: held,
                ...(department !== undefined && { department }),
                ...(purpose !== undefined && { purpose }),
                legalBasis: needs !== 'nothing',
                caseNumber: needs !== 'nothing',
                emergency: needs === 'emergency',
                action,
                field,
                relation,
                minor,
              };
              yield { question, role, needs };
            }
          }
        }
      }
    }
  }
}

/** What a policy decides by: its text without annotations, which only say why. */
function ruleOf({ text }: Policy): string {
  return text.replace(/@\w+\("(?:[^"\\]|\\.)*"\)/g, '').trim();
}

/** Policies of one set that decide otherwise than any of the other. */
function touchedPolicies({ policies: before }: Ground, { policies: after }: Ground): readonly Policy[] {
  const without = (policies: readonly Policy[], others: readonly Policy[]) => {
    const rules = new Set(others.map(ruleOf));
    return policies.filter((policy) => !rules.has(ruleOf(policy)));
  };
  return [...without(before.policies, after.policies), ...without(after.policies, before.policies)];
}

function textChanges({ policies: before }: Ground, { policies: after }: Ground) {
  const old = new Map(before.policies.map(({ id, text }) => [id, text]));
  const ids = after.policies.map(({ id }) => id);
  return {
    added: ids.filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !ids.includes(id)),
    changed: after.policies.filter(({ id, text }) => old.has(id) && old.get(id) !== text).map(({ id }) => id),
  };
}
