import type { GraphQLSchema } from 'graphql';
import { getNamedType, isCompositeType, isInterfaceType, isObjectType } from 'graphql';
import type { Relation } from '@linli/schema/subject';
import { relations } from '@linli/schema/subject';
import type { FactPaths, FieldGuard, Guard } from '../planning/guard.js';
import { isOpen, partWidth } from '../planning/guard.js';
import type { FieldPath } from '../supergraph/classification.js';
import { actionOn } from './action.js';
import type { Action, Decision } from './cedar/policies.js';
import { casesIn } from './cases.js';
import { meetsConditions } from './conditions.js';
import { effectsOf, type Effects } from './effects.js';
import type { Ground } from './ground.js';
import { kindsOf, type Kind } from './kinds.js';
import { partsOf } from './parts.js';
import { mayBePermitted } from './permitted.js';
import { together, unvaried, variationOf, type Variation } from './variation.js';
import type { Asked } from './asked.js';

const nothing: Effects = Object.freeze({ allow: 0, mask: 0 });
const bitOf = (relation: Relation): number => 1 << relations.indexOf(relation);
const selfBits = bitOf('self') | bitOf('guardian') | bitOf('household');
const placeBits = bitOf('community') | bitOf('street') | bitOf('district') | bitOf('city');

/**
 * The decisions for one kind of reader, compiled: each field is decided once for every relation, at its first use, and is
 * a pair of bit sets from then on.
 */
export class Decisions implements Guard {
  readonly #alike = { read: new Map<Kind, Effects>(), write: new Map<Kind, Effects>() };
  readonly #fields = new Map<string, FieldGuard>();
  readonly #variations = new Map<string, Variation>();
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
    const { allow } = this.#effects(type, name, 'write');
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
    const effects = this.#effects(type, name, action);
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
  #effects(type: string, name: string, action: Action): Effects {
    const kind = kindsOf(this.ground).of(type, name);
    let effects = this.#alike[action].get(kind);
    if (!effects) this.#alike[action].set(kind, (effects = this.#effectsOf(kind, action)));
    return effects;
  }

  #effectsOf(kind: Kind, action: Action): Effects {
    const { asked } = this;
    const { policies } = this.ground;
    const { field, root, aboutMinors } = kind;
    if (!mayBePermitted(policies, asked, kind, action, casesIn(kind, asked.purpose, asked.emergency))) return nothing;
    return effectsOf(aboutMinors, (relation, minor) =>
      // What a root permits to some relation alone is permitted to nobody.
      policies.effect({ ...asked, action, field, relation: root ? 'none' : relation, minor }),
    );
  }

  #neededFacts(type: string): FactPaths | undefined {
    const facts = this.ground.classification.factsOf(type);
    if (!facts) return undefined;
    const { relations: by, minors } = [type, ...partsOf(this.ground, type)]
      .map((each) => this.#variation(each))
      .reduce(together, unvaried);
    return {
      subject: by & selfBits ? facts.subject : [],
      community: by & placeBits ? facts.community : [],
      assigned: by & bitOf('assigned') ? facts.assigned : [],
      minor: minors ? facts.minor : [],
    };
  }

  #variation(type: string): Variation {
    let variation = this.#variations.get(type);
    if (!variation) {
      variation = this.#fieldsOf(type).map(variationOf).reduce(together, unvaried);
      this.#variations.set(type, variation);
    }
    return variation;
  }

  #fieldsOf(type: string): FieldGuard[] {
    const definition = this.ground.schema.getType(type);
    if (!isObjectType(definition) && !isInterfaceType(definition)) return [];
    return Object.keys(definition.getFields()).map((name) => this.field(type, name));
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
