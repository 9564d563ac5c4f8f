import type { GraphQLInputType, GraphQLSchema } from 'graphql';
import { getNamedType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import type { Asked } from '../asked.js';
import { actionOn } from '../action.js';
import type { Action } from '../cedar/policies.js';
import type { Asking } from '../cedar/question.js';
import { meetsConditions } from '../conditions.js';
import type { Ground } from '../ground.js';
import { sitesOf, type Kind, type Site } from '../sites.js';

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
  const sites = sitesOf(ground);
  const contexts = inputContexts(schema);
  const known = {
    read: { shown: new Map<Kind, boolean>(), inFull: new Map<Kind, boolean>() },
    write: { shown: new Map<Kind, boolean>(), inFull: new Map<Kind, boolean>() },
  };

  // One object for all of them: they are hundreds.
  const question: Asking = {
    ...asked,
    legalBasis: true,
    caseNumber: true,
    action: 'read',
    field: classification.of('', ''),
    relation: 'none',
    minor: false,
  };

  /** Whether a field can be read or written in any row at all, or with `inFull` be read as it is. */
  const isEver = ({ field, kind }: Site, action: Action, inFull: boolean): boolean => {
    if (!meetsConditions(field, asked)) return false;
    const answers = known[action][inFull ? 'inFull' : 'shown'];
    let answer = answers.get(kind);
    if (answer === undefined) answers.set(kind, (answer = inSomeRow(kind, action, inFull)));
    return answer;
  };
  const inSomeRow = ({ field, ever }: Kind, action: Action, inFull: boolean): boolean => {
    question.action = action;
    question.field = field;
    const hearing = policies.hear(question);
    if (hearing.isEverAllowed(action, ever)) return true;
    return action === 'read' && !inFull && hearing.isEverAllowed('readMasked', ever);
  };
  /** Whoever uses a field by an argument reads it in full, or writes it. */
  const mayUse = (coordinates: readonly string[], action: Action): boolean =>
    coordinates.every((coordinate) => isEver(sites.at(coordinate), action, true));

  const mayRead = (type: string, name: string): boolean => {
    const definition = schema.getType(type);
    if (isInterfaceType(definition)) {
      return schema.getPossibleTypes(definition).some((each) => mayRead(each.name, name));
    }
    if (!isObjectType(definition)) return true;
    const site = sites.of(type, name);
    return isEver(site, site.kind.action, false);
  };

  return {
    field: mayRead,
    argument(type, field, argument) {
      const definition = schema.getType(type);
      const action = actionOn(type, schema);
      const mayGive = (name: string) => mayUse(classification.usesOf(name, field, argument), action);
      if (!isInterfaceType(definition)) return mayGive(type);
      // What an interface's argument uses on any of its types, it uses.
      return [definition, ...schema.getPossibleTypes(definition)].every(({ name }) => mayGive(name));
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
