import type { FieldClass, RowFacts } from '../classification.js';
import { levels, sharingClasses } from '../classification.js';
import type { Conditions } from './conditions.js';
import { all, conditionsReader } from './conditions.js';
import { ownersReader } from './owners.js';
import { readRequirements } from './requirements.js';
import type { FieldShape, Shape, TypeShape } from './shape.js';
import type { Statement } from './statements.js';
import { defaultSharing, readStatement, sameMask, stricter } from './statements.js';

/** What a field's own type says of its protection, before interfaces and implementations are heard. */
type OwnClass = Pick<FieldClass, 'level' | 'sharing' | 'mask' | 'sealed' | 'authenticated' | 'scopes' | 'policies'>;

/**
 * What is said of the protection of each field. A rule on an interface's field holds on its implementations and the other
 * way round: who asks for the one may be answered with the other.
 */
export function readFieldClasses(
  shape: Shape,
  rows: ReadonlyMap<string, RowFacts>,
): { fields: FieldClass[]; classified: number } {
  const own = ownClassReader(shape);
  const requirements = readRequirements(shape, rows);
  const owners = ownersReader(shape);
  const types = [...shape.types.values()].filter(({ name }) => !name.startsWith('__'));
  const fields = types.flatMap((type) =>
    [...type.fields.values()].map((field): FieldClass => {
      const coordinate = `${type.name}.${field.name}`;
      const abstract = fieldsOf(shape, type.interfaces, field.name);
      const concrete = type.isInterface ? fieldsOf(shape, implementationsOf(shape, type.name), field.name) : [];
      const classes = [[type, field] as const, ...abstract, ...concrete].map(([owner, each]) => own(owner, each));
      return {
        coordinate,
        ...classes.reduce(stricterClass),
        departments: owners(type, field),
        ...requirements(coordinate),
        interfaces: abstract.map(([{ name }]) => `${name}.${field.name}`),
      };
    }),
  );
  return { fields, classified: own.stated() };
}

function ownClassReader(shape: Shape) {
  const names = shape.names.directive('classified', 'classified');
  const conditions = conditionsReader(shape);
  const ofType = new Map([...shape.types.values()].map((type) => [type.name, readStatement(type.directives, names)]));
  const stated = new Set([...ofType].flatMap(([name, statement]) => (statement ? [name] : [])));
  const read = (type: TypeShape, field: FieldShape): OwnClass => {
    const ofField = readStatement(field.directives, names);
    if (ofField) stated.add(`${type.name}.${field.name}`);
    const isLeaf = !shape.types.has(field.returns) && !shape.unions.has(field.returns);
    return {
      ...inherit(ofField, ofType.get(type.name), isLeaf),
      ...conditionsOf(type, field),
    };
  };
  /** Composition repeats on an interface what its implementations require: that is no rule about the others. */
  const conditionsOf = (type: TypeShape, field: FieldShape): Conditions => {
    const own = all([type.directives, field.directives, shape.directivesOf(field.returns)].map(conditions));
    if (!type.isInterface) return own;
    const implied = all(
      fieldsOf(shape, implementationsOf(shape, type.name), field.name).map((each) => conditionsOf(...each)),
    );
    return JSON.stringify(own) === JSON.stringify(implied) ? all([]) : own;
  };
  return Object.assign(read, { stated: () => stated.size });
}

/** What a field says of itself beats what its type says, argument by argument. */
function inherit(own: Statement | undefined, type: Statement | undefined, isLeaf: boolean) {
  const level = own?.level ?? type?.level;
  if (level === undefined) return { level: 'L4', sharing: 'NONE', mask: undefined, sealed: false } as const;
  return {
    level,
    sharing: own?.sharing ?? type?.sharing ?? defaultSharing(level),
    mask: isLeaf ? (own?.mask ?? type?.mask) : undefined,
    sealed: own?.sealed ?? type?.sealed ?? false,
  };
}

/** One that keeps what either of two asks for. */
function stricterClass(one: OwnClass, other: OwnClass): OwnClass {
  return {
    level: stricter(levels, one.level, other.level),
    sharing: stricter(sharingClasses, one.sharing, other.sharing),
    mask: sameMask(one.mask, other.mask),
    sealed: one.sealed || other.sealed,
    ...all([one, other]),
  };
}

function fieldsOf(shape: Shape, types: readonly string[], name: string): (readonly [TypeShape, FieldShape])[] {
  return types.flatMap((each) => {
    const type = shape.types.get(each);
    const field = type?.fields.get(name);
    return type && field ? [[type, field] as const] : [];
  });
}

function implementationsOf({ types }: Shape, interfaceName: string): string[] {
  return [...types.values()].filter(({ interfaces }) => interfaces.includes(interfaceName)).map(({ name }) => name);
}
