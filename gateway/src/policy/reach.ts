import type { GraphQLInputType, GraphQLSchema } from 'graphql';
import { getNamedType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { purposes } from '@linli/schema/purposes';
import type { Relation } from '@linli/schema/subject';
import { relations } from '@linli/schema/subject';
import type { FieldClass, RowFacts } from '../supergraph/classification.js';
import type { Asked } from './asked.js';
import { actionOn, isReadRoot } from './action.js';
import type { Action, Case, Cases, Question } from './cedar/policies.js';
import { meetsConditions } from './conditions.js';
import type { Ground } from './decisions.js';

/** A question that is changed between two askings. */
type Asking = { -readonly [Name in keyof Question]: Question[Name] };

/** What somebody may know of the graph. */
export interface Reach {
  field(type: string, field: string): boolean;
  argument(type: string, field: string, argument: string): boolean;
  /** A field of an input object. */
  inputField(type: string, field: string): boolean;
}

/**
 * What somebody of these roles can read in any row at all, for whatever purpose, and which arguments they can give: what
 * they cannot is not in their graph. Roles, department and scopes count; what a request declares does not.
 */
export function reachOf(ground: Ground, asked: Asked): Reach {
  const { schema, classification, policies } = ground;
  const known = new Map<string, boolean>();
  const contexts = inputContexts(schema);

  /** Whether a field can be read or written in any row at all, or with `inFull` be read as it is. */
  const ever = (coordinate: string, action: Action, inFull: boolean): boolean => {
    const [type = '', name = ''] = coordinate.split('.');
    const field = classification.of(type, name);
    if (!meetsConditions(field, asked)) return false;
    // Fields that no policy can tell apart are decided together.
    const related = isReadRoot(type, schema) ? (['none'] as const) : possibleRelations(classification.factsOf(type));
    const likeness = `${action} ${inFull} ${related.join()} ${policies.likeness(field)}`;
    let answer = known.get(likeness);
    if (answer === undefined) known.set(likeness, (answer = inSomeRow(field, action, inFull, related)));
    return answer;
  };
  const inSomeRow = (field: FieldClass, action: Action, inFull: boolean, related: readonly Relation[]): boolean => {
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
    const isReached = (each: Case): boolean => {
      const effect = policies.effect(Object.assign(question, each));
      return effect === 'ALLOW' || (effect === 'MASK' && !inFull);
    };
    const cases = casesOf(related);
    let anything = false;
    for (const each of action === 'write' || inFull ? [action] : (['read', 'readMasked'] as const)) {
      for (const found of policies.permitted(each, question, cases)) {
        anything = true;
        // Mostly nothing forbids what something permits.
        if (isReached(found)) return true;
      }
    }
    return anything && cases.list.some(isReached);
  };
  /** Whoever uses a field by an argument reads it in full, or writes it. */
  const mayUse = (coordinates: readonly string[], action: Action): boolean =>
    coordinates.every((coordinate) => ever(coordinate, action, true));

  const mayRead = (type: string, name: string): boolean => {
    const definition = schema.getType(type);
    if (isInterfaceType(definition)) {
      return schema.getPossibleTypes(definition).some((each) => mayRead(each.name, name));
    }
    return !isObjectType(definition) || ever(`${type}.${name}`, actionOn(type, schema), false);
  };

  return {
    field: mayRead,
    argument(type, field, argument) {
      const definition = schema.getType(type);
      // What an interface's argument uses on any of its types, it uses.
      const types = isInterfaceType(definition)
        ? [definition, ...schema.getPossibleTypes(definition)]
        : [{ name: type }];
      const coordinates = types.flatMap(({ name }) => classification.usesOf(name, field, argument));
      return mayUse(coordinates, actionOn(type, schema));
    },
    inputField(type, field) {
      const coordinates = classification.usesOfInput(type, field);
      return coordinates.length === 0 || [...(contexts.get(type) ?? [])].some((action) => mayUse(coordinates, action));
    },
  };
}

const knownCases = new Map<string, Cases>();

/** Every case that there is of some relations. */
function casesOf(related: readonly Relation[]): Cases {
  const name = related.join();
  let cases = knownCases.get(name);
  if (!cases) {
    const list = [false, true].flatMap((emergency) =>
      [undefined, ...purposes].flatMap((purpose) =>
        related.flatMap((relation) => [false, true].map((minor) => ({ emergency, purpose, relation, minor }))),
      ),
    );
    knownCases.set(name, (cases = { name, list }));
  }
  return cases;
}

/** What the values of each input object do: choose what is read, or say what is written. */
function inputContexts(schema: GraphQLSchema): ReadonlyMap<string, ReadonlySet<Action>> {
  let contexts = inputContextsOf.get(schema);
  if (contexts) return contexts;
  const found = new Map<string, Set<Action>>();
  const note = (type: GraphQLInputType, action: Action): void => {
    const named = getNamedType(type);
    if (!isInputObjectType(named)) return;
    const actions = found.get(named.name) ?? new Set<Action>();
    if (actions.has(action)) return;
    found.set(named.name, actions.add(action));
    for (const field of Object.values(named.getFields())) note(field.type, action);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      for (const argument of field.args) note(argument.type, actionOn(type.name, schema));
    }
  }
  inputContextsOf.set(schema, (contexts = found));
  return contexts;
}

const inputContextsOf = new WeakMap<GraphQLSchema, ReadonlyMap<string, ReadonlySet<Action>>>();

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
