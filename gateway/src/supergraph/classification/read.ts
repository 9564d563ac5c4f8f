import type { DocumentNode } from 'graphql';
import type { Classification, FieldClass } from '../classification.js';
import { readRowFacts } from './facts.js';
import { readFieldClasses } from './fields.js';
import type { Shape } from './shape.js';
import { readShape } from './shape.js';
import { readUses } from './uses.js';

/** Reads what a supergraph says of the protection of its fields, under whatever names its directives were imported. */
export function readClassification(supergraph: DocumentNode): Classification {
  return classificationOf(readShape(supergraph));
}

/** What the shape of a supergraph says of the protection of its fields. */
export function classificationOf(shape: Shape): Classification {
  const facts = readRowFacts(shape);
  const { fields, classified } = readFieldClasses(shape, facts);
  const uses = readUses(shape);
  const byCoordinate = new Map(fields.map((field) => [field.coordinate, field]));
  const of = (type: string, field: string): FieldClass =>
    byCoordinate.get(`${type}.${field}`) ?? unclassified(`${type}.${field}`);
  return {
    of,
    levelOf: (type, field) => of(type, field).level,
    factsOf: (type) => facts.get(type),
    scopedTypes: (department) =>
      [...facts.keys()].filter((type) => shape.types.get(type)?.departments.includes(department)),
    usesOf: (type, field, argument) => uses.get(`${type}.${field}(${argument}:)`) ?? [],
    usesOfInput: (type, field) => uses.get(`${type}.${field}`) ?? [],
    fields,
    size: classified,
  };
}

function unclassified(coordinate: string): FieldClass {
  return {
    coordinate,
    level: 'L4',
    sharing: 'NONE',
    mask: undefined,
    sealed: false,
    departments: [],
    requires: [],
    requiresOfOthers: [],
    interfaces: [],
    authenticated: false,
    scopes: [],
    policies: [],
  };
}
