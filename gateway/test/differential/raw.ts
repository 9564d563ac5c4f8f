import {
  Kind,
  getArgumentValues,
  getNamedType,
  getVariableValues,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { FetchAnswer } from '../../src/execution/run.js';
import { typeName, type State } from './judge.js';
import type { Held } from './subgraphs.js';
import { isThing } from './world.js';

interface RawRequest {
  schema: GraphQLSchema;
  document: DocumentNode;
  variableValues: Record<string, unknown>;
  contextValue: State;
}

/** Answers a fetch without looking at one value: what resolvers say is what the gateway gets. */
export async function answerRaw(request: RawRequest, resolve: GraphQLFieldResolver<any, State>): Promise<FetchAnswer> {
  const { schema, document, contextValue } = request;
  const operation = document.definitions.find(
    (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
  )!;
  const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variableValues);

  const select = async (value: unknown, set: SelectionSetNode, parent: GraphQLCompositeType): Promise<unknown> => {
    if (Array.isArray(value)) return Promise.all(value.map((item) => select(item, set, parent)));
    if (value === null || typeof value !== 'object') return value;
    const type = concrete(value, parent);
    const data: Record<string, unknown> = {};
    await collect(value, set, type, data);
    return data;
  };
  const collect = async (
    value: object,
    set: SelectionSetNode,
    type: GraphQLCompositeType,
    data: Record<string, unknown>,
  ) => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = document.definitions.find(
          (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value,
        );
        if (fragment?.kind === Kind.FRAGMENT_DEFINITION && fits(type, fragment.typeCondition.name.value)) {
          await collect(value, fragment.selectionSet, type, data);
        }
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        if (condition === undefined || fits(type, condition)) await collect(value, selection.selectionSet, type, data);
      } else {
        const name = selection.name.value;
        const key = selection.alias?.value ?? name;
        if (name === '__typename') data[key] = typeName(value);
        else if (isObjectType(type) && (isThing(value) || name === '_entities' || isRoot(type))) {
          const field = type.getFields()[name]!;
          const args = getArgumentValues(field, selection, coerced);
          const found: unknown = await resolve(value, args, contextValue, {
            parentType: type,
            fieldName: name,
          } as never);
          const below = selection.selectionSet;
          data[key] = merged(
            data[key],
            below ? await select(found, below, getNamedType(field.type) as GraphQLCompositeType) : found,
          );
        }
      }
    }
  };
  const isRoot = (type: GraphQLCompositeType) => type === schema.getQueryType() || type === schema.getMutationType();
  const fits = (type: GraphQLCompositeType, condition: string) => {
    const wanted = schema.getType(condition);
    return wanted === type || (isAbstractType(wanted) && isObjectType(type) && schema.isSubType(wanted, type));
  };
  const concrete = (value: object, parent: GraphQLCompositeType): GraphQLCompositeType => {
    if (!isAbstractType(parent) && !isInterfaceType(parent)) return parent;
    const type = schema.getType((value as Partial<Held>).as ?? typeName(value) ?? '');
    return isObjectType(type) ? type : parent;
  };
  const data = await select({}, operation.selectionSet, schema.getRootType(operation.operation)!);
  return { data: JSON.parse(JSON.stringify(data)) as Record<string, unknown> };
}

/** The same field selected twice: what both select of it. */
function merged(known: unknown, more: unknown): unknown {
  if (Array.isArray(known) && Array.isArray(more)) return known.map((item, i) => merged(item, more[i]));
  if (known && more && typeof known === 'object' && typeof more === 'object') {
    const both: Record<string, unknown> = { ...known };
    for (const [name, value] of Object.entries(more)) both[name] = merged(both[name], value);
    return both;
  }
  return known ?? more;
}
