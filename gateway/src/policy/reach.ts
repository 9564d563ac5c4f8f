import type { GraphQLInputType, GraphQLSchema } from 'graphql';
import { getNamedType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import type { Asked } from './asked.js';
import { actionOn } from './action.js';
import type { Action, Case, Question } from './cedar/policies.js';
import { casesOf } from './cases.js';
import { meetsConditions } from './conditions.js';
import type { Ground } from './ground.js';
import { kindsOf, type Kind } from './kinds.js';

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
  const kinds = kindsOf(ground);
  const contexts = inputContexts(schema);
  const known = {
    read: { shown: new Map<Kind, boolean>(), inFull: new Map<Kind, boolean>() },
    write: { shown: new Map<Kind, boolean>(), inFull: new Map<Kind, boolean>() },
  };

  /** Whether a field can be read or written in any row at all, or with `inFull` be read as it is. */
  const ever = (type: string, name: string, action: Action, inFull: boolean): boolean => {
    if (!meetsConditions(classification.of(type, name), asked)) return false;
    const kind = kinds.of(type, name);
    const answers = known[action][inFull ? 'inFull' : 'shown'];
    let answer = answers.get(kind);
    if (answer === undefined) answers.set(kind, (answer = inSomeRow(kind, action, inFull)));
    return answer;
  };
  const inSomeRow = ({ field, related }: Kind, action: Action, inFull: boolean): boolean => {
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
    coordinates.every((coordinate) => {
      const [type = '', name = ''] = coordinate.split('.');
      return ever(type, name, action, true);
    });

  const mayRead = (type: string, name: string): boolean => {
    const definition = schema.getType(type);
    if (isInterfaceType(definition)) {
      return schema.getPossibleTypes(definition).some((each) => mayRead(each.name, name));
    }
    return !isObjectType(definition) || ever(type, name, kinds.of(type, name).action, false);
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
