import { isReadRoot } from '@linli/gateway/policy/action';
import type { Decision, Effect, Question } from '@linli/gateway/policy/cedar/question';
import type { Relation } from '@linli/schema/subject';
import { relations } from '@linli/schema/subject';
import { getNamedType, isCompositeType, isInterfaceType, isObjectType } from 'graphql';
import type { FieldClass } from '@linli/gateway/supergraph/classification';
import type { Graph, Ground } from './ground.js';

const order: readonly Effect[] = ['DENY', 'MASK', 'ALLOW'];

/** Whether one effect shows more than another. */
export function isBetter(effect: Effect, than: Effect): boolean {
  return order.indexOf(effect) > order.indexOf(than);
}

/** What is computed of other rows is shown where everybody may read those. */
const anyRow = [false, true].map((minor) => ({ relation: 'none' as const, minor }));

/**
 * What happens to a field: as the policies decide, less what a value without a mask, or computed of others, must not
 * tell. A root of queries is no row: it is asked about without a relation, whatever the question says.
 */
export function judge(ground: Ground, asked: Question): Decision {
  return judgeBy(ground, asked, (question) => ground.policies.decide(question));
}

/** The effect that `judge` gives, which costs less than to say by which policies. */
export function effectOf(ground: Ground, asked: Question): Effect {
  return judgeBy(ground, asked, (question) => bare[ground.policies.hear(question).effect(question)]).effect;
}

const bare: Readonly<Record<Effect, Decision>> = {
  ALLOW: { effect: 'ALLOW', by: [] },
  MASK: { effect: 'MASK', by: [] },
  DENY: { effect: 'DENY', by: [] },
};

function judgeBy(ground: Ground, asked: Question, decide: (question: Question) => Decision): Decision {
  const { supergraph } = ground;
  const question = isOfReadRoot(supergraph, asked.field)
    ? { ...asked, relation: 'none' as const, minor: false }
    : asked;
  const decision = decide(question);
  const { field } = question;
  if (decision.effect === 'MASK' && field.mask === undefined && isLeaf(ground, field)) {
    return { effect: 'DENY', by: ['no-mask-method'] };
  }
  if (question.action === 'write') return decision;
  for (const coordinate of field.requires) {
    const [type = '', name = ''] = coordinate.split('.');
    const required = supergraph.classification.of(type, name);
    for (const circumstances of field.requiresOfOthers.includes(coordinate) ? anyRow : [{}]) {
      const { effect, by } = decide({ ...question, ...circumstances, field: required });
      if (effect !== 'ALLOW') return { effect: 'DENY', by };
    }
  }
  return decision;
}

/**
 * The relations that anybody can have to rows with a field: those that the type's facts can give. Roots of queries are
 * no rows; a mutation, and a type that says nothing of whose its rows are, may be about any.
 */
export function possibleRelations({ supergraph }: Graph, field: FieldClass): readonly Relation[] {
  if (isOfReadRoot(supergraph, field)) return ['none'];
  const [type = ''] = field.coordinate.split('.');
  const facts = supergraph.classification.factsOf(type);
  if (!facts) return relations;
  const { subject, assigned, community } = facts;
  return relations.filter((relation) => {
    if (relation === 'none') return true;
    if (relation === 'assigned') return assigned.length > 0;
    return (['self', 'guardian', 'household'].includes(relation) ? subject : community).length > 0;
  });
}

function isOfReadRoot({ apiSchema }: Ground['supergraph'], { coordinate }: FieldClass): boolean {
  return isReadRoot(coordinate.slice(0, coordinate.indexOf('.')), apiSchema);
}

/** The fields that clients can select, in the order of their names. */
export function apiFields(graph: Graph): readonly FieldClass[] {
  return graph.supergraph.classification.fields
    .filter(({ coordinate }) => definitionOf(graph, coordinate) !== undefined)
    .sort((a, b) => (a.coordinate < b.coordinate ? -1 : 1));
}

/** A field of the API by its coordinate; undefined where there is none. */
export function fieldNamed(graph: Graph, coordinate: string): FieldClass | undefined {
  const [type = '', name = ''] = coordinate.split('.');
  return definitionOf(graph, coordinate) && graph.supergraph.classification.of(type, name);
}

function definitionOf({ supergraph }: Graph, coordinate: string) {
  const [type = '', name = ''] = coordinate.split('.');
  const definition = supergraph.apiSchema.getType(type);
  return isObjectType(definition) || isInterfaceType(definition) ? definition.getFields()[name] : undefined;
}

function isLeaf(graph: Graph, { coordinate }: FieldClass): boolean {
  const definition = definitionOf(graph, coordinate);
  return definition !== undefined && !isCompositeType(getNamedType(definition.type));
}
