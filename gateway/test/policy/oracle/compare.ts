import { expect } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import { getNamedType, isLeafType, isObjectType, parse } from 'graphql';
import { relations, type Relation } from '@linli/schema/subject';
import { pickOne, type Random } from '../../support/random.js';
import type { Asker } from './askers.js';
import type { City } from './city.js';
import { expected, type Said } from './expected.js';
import type { Judge } from './judge.js';
import type { Protections } from './protection.js';

/** Asks the gateway and the judge the same, and expects the same of both. */
export async function compareAnswers(city: City, judge: Judge, asker: Asker, operation: string): Promise<Said> {
  const should = expected(city.gateway.current.graph.schema, parse(operation), city.truth!.root, asker, judge);
  const found = await city.answer(asker, operation);
  if (JSON.stringify(found) !== JSON.stringify(should)) {
    expect({ asker, operation, found }).toEqual({ asker, operation, found: should });
    throw new Error(`The same in another order: ${operation}`);
  }
  return should;
}

/** Expects of fields that an asker does not know that there is a row, drawn for each, in which they are denied. */
export function expectWithheld(random: Random, judge: Judge, asker: Asker, coordinates: readonly string[]): void {
  // What is known of the graph does not depend on what is declared.
  const headers = { 'linli-legal-basis': 'duty', 'linli-case-number': 'case', ...asker.headers };
  for (const coordinate of coordinates) {
    const related = {
      relations: [pickOne(random, relationsTo(judge.protections, coordinate))],
      minor: random() < 0.5,
    };
    expect([coordinate, judge.effect({ ...asker, headers }, coordinate, related)]).toEqual([coordinate, 'DENY']);
  }
}

/** Relations that anybody can have to a row that a field is of. */
function relationsTo({ factsOf }: Protections, coordinate: string): readonly Relation[] {
  const facts = factsOf(coordinate.split('.')[0]!);
  if (!facts) return relations;
  return relations.filter((each) => {
    if (each === 'none') return true;
    if (each === 'assigned') return facts.assigned.length > 0;
    return (['self', 'guardian', 'household'].includes(each) ? facts.subject : facts.community).length > 0;
  });
}

/** Leaves of types that an asker knows, and that the asker does not know. */
export function withheld(schema: GraphQLSchema, visible: GraphQLSchema): string[] {
  return Object.values(visible.getTypeMap()).flatMap((known) => {
    const type = schema.getType(known.name);
    if (!isObjectType(known) || !isObjectType(type) || known.name.startsWith('__')) return [];
    return Object.values(type.getFields())
      .filter((field) => isLeafType(getNamedType(field.type)) && !known.getFields()[field.name])
      .map((field) => `${type.name}.${field.name}`);
  });
}
