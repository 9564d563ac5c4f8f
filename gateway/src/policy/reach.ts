import { isInterfaceType, isObjectType } from 'graphql';
import { purposes } from '@linli/schema/purposes';
import type { Relation } from '@linli/schema/subject';
import { relations } from '@linli/schema/subject';
import type { FieldClass, RowFacts } from '../supergraph/classification.js';
import type { Asked } from './asked.js';
import type { Action, Question } from './cedar/policies.js';
import { meetsConditions } from './conditions.js';
import type { Ground } from './decisions.js';

/** A question that is changed between two askings. */
type Asking = { -readonly [Name in keyof Question]: Question[Name] };

/**
 * Whether somebody of these roles can read a field in any row at all, for whatever purpose: what they cannot is not in
 * their graph. Roles, department and scopes count; what a request declares does not.
 */
export function mayEverRead(ground: Ground, asked: Asked): (type: string, field: string) => boolean {
  const { schema, classification, policies } = ground;
  const known = new Map<string, boolean>();
  const ever = (field: FieldClass, action: Action): boolean => {
    if (!meetsConditions(field, asked)) return false;
    // Fields that no policy can tell apart are decided together.
    const related = possibleRelations(classification.factsOf(field.coordinate.split('.')[0]!));
    const likeness = `${action} ${related.join()} ${policies.likeness(field)}`;
    let answer = known.get(likeness);
    if (answer === undefined) known.set(likeness, (answer = inSomeRow(field, action, related)));
    return answer;
  };
  const inSomeRow = (field: FieldClass, action: Action, related: readonly Relation[]): boolean => {
    // One object for all of them: they are thousands.
    const question: Asking = {
      ...asked,
      legalBasis: true,
      caseNumber: true,
      action,
      field,
      relation: 'none',
      minor: false,
    };
    for (const emergency of [false, true]) {
      question.emergency = emergency;
      for (const purpose of [undefined, ...purposes]) {
        question.purpose = purpose;
        for (const relation of related) {
          question.relation = relation;
          for (const minor of [false, true]) {
            question.minor = minor;
            if (policies.effect(question) !== 'DENY') return true;
          }
        }
      }
    }
    return false;
  };
  const visible = (type: string, name: string): boolean => {
    const definition = schema.getType(type);
    if (isInterfaceType(definition)) {
      return schema.getPossibleTypes(definition).some((each) => visible(each.name, name));
    }
    if (!isObjectType(definition)) return true;
    return ever(classification.of(type, name), definition === schema.getMutationType() ? 'write' : 'read');
  };
  return visible;
}

/** The relations that anybody may have to rows that say so much of themselves; parts of other rows may have any. */
function possibleRelations(facts: RowFacts | undefined): readonly Relation[] {
  if (!facts) return relations;
  const { subject, assigned, community } = facts;
  return [
    'none',
    ...(subject.length ? (['self', 'guardian', 'household'] as const) : []),
    ...(assigned.length ? (['assigned'] as const) : []),
    ...(community.length ? (['community', 'street', 'district', 'city'] as const) : []),
  ];
}
