import type { GraphQLSchema } from 'graphql';
import { getNamedType, isCompositeType, isInterfaceType, isObjectType } from 'graphql';
import type { Relation } from '@linli/schema/subject';
import { relations } from '@linli/schema/subject';
import type { FactPaths, FieldGuard, Guard } from '../planning/guard.js';
import { isOpen, partWidth } from '../planning/guard.js';
import type { Classification, FieldClass, FieldPath } from '../supergraph/classification.js';
import { actionOn, isReadRoot } from './action.js';
import type { Action, Decision, Policies } from './cedar/policies.js';
import { meetsConditions } from './conditions.js';
import { effectsOf, type Effects } from './effects.js';
import type { Asked } from './asked.js';

const bitOf = (relation: Relation): number => 1 << relations.indexOf(relation);
const selfBits = bitOf('self') | bitOf('guardian') | bitOf('household');
const placeBits = bitOf('community') | bitOf('street') | bitOf('district') | bitOf('city');

/** What is decided over: the graph, how it is classified, and the policies. */
export interface Ground {
  /** The whole API: what is not in it is not asked about. */
  readonly schema: GraphQLSchema;
  readonly classification: Classification;
  readonly policies: Policies;
}

/**
 * The decisions for one kind of reader, compiled: each field is decided once for every relation, at its first use, and is
 * a pair of bit sets from then on.
 */
export class Decisions implements Guard {
  readonly #alike = new Map<string, Effects>();
  readonly #fields = new Map<string, FieldGuard>();
  readonly #facts = new Map<string, FactPaths | undefined>();
  readonly #visible = new Map<string, number>();
  readonly #pending = new Set<string>();

  constructor(
    readonly id: string,
    readonly ground: Ground,
    readonly asked: Asked,
    readonly schema: GraphQLSchema,
  ) {}

  field(type: string, name: string): FieldGuard {
    const coordinate = `${type}.${name}`;
    let guard = this.#fields.get(coordinate);
    if (!guard) this.#fields.set(coordinate, (guard = this.#decide(type, name)));
    return guard;
  }

  facts(type: string): FactPaths | undefined {
    if (!this.#facts.has(type)) this.#facts.set(type, this.#neededFacts(type));
    return this.#facts.get(type);
  }

  subject(type: string): readonly FieldPath[] {
    return this.ground.classification.factsOf(type)?.subject ?? [];
  }

  visible(type: string): number {
    let bits = this.#visible.get(type);
    if (bits === undefined) {
      bits = this.#fieldsOf(type).reduce((union, { allow, mask }) => union | allow | mask, 0);
      this.#visible.set(type, bits);
    }
    return bits;
  }

  /** Whether a mutation, or a field that one writes, may be written in some row; in which, the department decides. */
  mayWrite(type: string, name: string): boolean {
    return this.writers(type, name).length > 0;
  }

  /**
   * The relations by which a mutation, or a field that one writes, may be written, in rows about adults and minors alike;
   * `none` alone where it may be in every row.
   */
  writers(type: string, name: string): readonly Relation[] {
    const field = this.ground.classification.of(type, name);
    if (!meetsConditions(field, this.asked)) return [];
    const { allow } = this.#effects(type, 'write', field);
    const bits = allow & (allow >> partWidth);
    return bits & bitOf('none') ? ['none'] : relations.filter((relation) => bits & bitOf(relation));
  }

  /** What the policies say of a field of a row about an adult, for one relation, to this kind of reader or another. */
  because(type: string, name: string, relation: Relation, asked = this.asked): Decision {
    const field = this.ground.classification.of(type, name);
    const action = actionOn(type, this.ground.schema);
    return this.ground.policies.decide({ ...asked, action, field, relation, minor: false });
  }

  #decide(type: string, name: string): FieldGuard {
    const { classification, schema } = this.ground;
    const field = classification.of(type, name);
    const { coordinate, level, sealed } = field;
    const personal = level === 'L3' || level === 'L4';
    const method = isLeaf(schema, type, name) ? field.mask : undefined;
    const closed: FieldGuard = { coordinate, allow: 0, mask: 0, method, sealed, personal };
    // A field that requires itself through others gains nothing by it.
    if (!meetsConditions(field, this.asked) || this.#pending.has(coordinate)) return closed;
    const action = actionOn(type, schema);
    // A mutation is asked for before it is known which row it writes: the department holds that row to `writers`.
    if (action === 'write') return this.mayWrite(type, name) ? { ...closed, allow: ~0 } : closed;
    const effects = this.#effects(type, action, field);
    let { allow } = effects;
    const unmaskable = isLeaf(schema, type, name) && method === undefined;
    let mask = unmaskable ? 0 : effects.mask & ~allow;
    this.#pending.add(coordinate);
    for (const required of field.requires) {
      // A value that is computed of another one tells of it. How its reader is related to another row is not known here:
      // what is read there must be for everybody.
      const [owner = '', requiredName = ''] = required.split('.');
      const guard = this.field(owner, requiredName);
      const known = !field.requiresOfOthers.includes(required) ? guard.allow : isOpen(guard) ? ~0 : 0;
      allow &= known;
      mask &= known;
    }
    this.#pending.delete(coordinate);
    return { ...closed, ...throughUnknown(allow, mask) };
  }

  /** What the relations make of a field, decided once for all fields that no policy can tell apart. */
  #effects(type: string, action: Action, field: FieldClass): Effects {
    const { classification, policies, schema } = this.ground;
    const facts = classification.factsOf(type);
    const root = isReadRoot(type, schema);
    // What says nothing of whose it is may be part of a row about a minor.
    const aboutMinors = !root && (!facts || facts.minor.length > 0);
    const key = `${action} ${root} ${aboutMinors} ${policies.likeness(field)}`;
    let effects = this.#alike.get(key);
    if (!effects) {
      effects = effectsOf(aboutMinors, (relation, minor) =>
        // What a root permits to some relation alone is permitted to nobody.
        policies.effect({ ...this.asked, action, field, relation: root ? 'none' : relation, minor }),
      );
      this.#alike.set(key, effects);
    }
    return effects;
  }

  #neededFacts(type: string): FactPaths | undefined {
    const facts = this.ground.classification.factsOf(type);
    if (!facts) return undefined;
    const guards = [...this.#fieldsOf(type), ...this.#partsOf(type)];
    const depends = (bits: number) =>
      guards.some((guard) => [guard.allow, guard.mask].some((set) => parts(set).some((part) => differs(part, bits))));
    const byMinor = guards.some((guard) => [guard.allow, guard.mask].some((set) => new Set(parts(set)).size > 1));
    return {
      subject: depends(selfBits) ? facts.subject : [],
      community: depends(placeBits) ? facts.community : [],
      assigned: depends(bitOf('assigned')) ? facts.assigned : [],
      minor: byMinor ? facts.minor : [],
    };
  }

  #fieldsOf(type: string): FieldGuard[] {
    const definition = this.ground.schema.getType(type);
    if (!isObjectType(definition) && !isInterfaceType(definition)) return [];
    return Object.keys(definition.getFields()).map((name) => this.field(type, name));
  }

  /** Fields of what is part of a row of this type: objects below it that say nothing of whose they are. */
  #partsOf(type: string, seen = new Set<string>()): FieldGuard[] {
    const definition = this.ground.schema.getType(type);
    if (!isObjectType(definition) || seen.has(type)) return [];
    seen.add(type);
    return Object.values(definition.getFields())
      .map((field) => getNamedType(field.type))
      .flatMap((named) =>
        isObjectType(named) ? [named] : isCompositeType(named) ? [...this.ground.schema.getPossibleTypes(named)] : [],
      )
      .filter((part) => !this.ground.classification.factsOf(part.name))
      .flatMap((part) => [...this.#fieldsOf(part.name), ...this.#partsOf(part.name, seen)]);
  }
}

function isLeaf(schema: GraphQLSchema, type: string, name: string): boolean {
  const definition = schema.getType(type);
  const field = isObjectType(definition) || isInterfaceType(definition) ? definition.getFields()[name] : undefined;
  return field !== undefined && !isCompositeType(getNamedType(field.type));
}

/** Adds the third part: what holds for an adult and for a minor holds where it is not known which. */
function throughUnknown(allow: number, mask: number): { allow: number; mask: number } {
  const shown = both(allow);
  const shownOrMasked = both(allow | mask);
  return { allow: withUnknown(allow, shown), mask: withUnknown(mask, shownOrMasked & ~shown) };
}

const both = (bits: number): number => bits & (bits >> partWidth) & part;
const withUnknown = (bits: number, unknown: number): number => bits | (unknown << (2 * partWidth));
const part = (1 << partWidth) - 1;
const parts = (bits: number): number[] => [bits & part, (bits >> partWidth) & part];
/** True where some relation of a kind decides otherwise than no relation at all. */
const differs = (bits: number, kind: number): boolean => (bits & 1 ? bits & kind : ~bits & kind) !== kind;
