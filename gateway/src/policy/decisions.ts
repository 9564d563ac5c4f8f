import type { GraphQLSchema } from 'graphql';
import type { Relation } from '@linli/schema/subject';
import { relations } from '@linli/schema/subject';
import type { FactPaths, FieldGuard, Guard } from '../planning/guard.js';
import { isOpen, partWidth } from '../planning/guard.js';
import type { FieldPath } from '../supergraph/classification.js';
import type { Action, CedarAction, Decision } from './cedar/policies.js';
import { casesIn } from './cases.js';
import { meetsConditions } from './conditions.js';
import { effectsOf, type Effects } from './effects.js';
import type { Ground } from './ground.js';
import { partsOf } from './parts.js';
import { sitesOf, type Kind, type Site } from './sites.js';
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
  readonly #guards = new Map<Site, FieldGuard>();
  readonly #variations = new Map<string, Variation>();
  readonly #facts = new Map<string, FactPaths | undefined>();
  readonly #visible = new Map<string, number>();
  readonly #pending = new Set<Site>();
  readonly #sites: ReturnType<typeof sitesOf>;

  constructor(
    readonly id: string,
    readonly ground: Ground,
    readonly asked: Asked,
    readonly schema: GraphQLSchema,
  ) {
    this.#sites = sitesOf(ground);
  }

  field(type: string, name: string): FieldGuard {
    return this.#guard(this.#sites.of(type, name));
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
      bits = this.#guardsOf(type).reduce((union, { allow, mask }) => union | allow | mask, 0);
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
    const { field, kind } = this.#sites.of(type, name);
    if (!meetsConditions(field, this.asked)) return [];
    const { allow } = this.#effects(kind, 'write');
    const bits = writable({ allow });
    return bits & bitOf('none') ? ['none'] : relations.filter((relation) => bits & bitOf(relation));
  }

  /** What the policies say of a field of a row about an adult, for one relation, to this kind of reader or another. */
  because(type: string, name: string, relation: Relation, asked = this.asked): Decision {
    const { field, kind } = this.#sites.of(type, name);
    return this.ground.policies.decide({ ...asked, action: kind.action, field, relation, minor: false });
  }

  #guard(site: Site): FieldGuard {
    let guard = this.#guards.get(site);
    if (!guard) this.#guards.set(site, (guard = this.#decide(site)));
    return guard;
  }

  #decide(site: Site): FieldGuard {
    const { coordinate, field, kind, leaf, method, personal } = site;
    const { sealed } = field;
    const closed: FieldGuard = { coordinate, allow: 0, mask: 0, method, sealed, personal };
    // A field that requires itself through others gains nothing by it.
    if (!meetsConditions(field, this.asked) || this.#pending.has(site)) return closed;
    const { action } = kind;
    const effects = this.#effects(kind, action);
    // A mutation is asked for before it is known which row it writes: the department holds that row to `writers`.
    if (action === 'write') return writable(effects) ? { ...closed, allow: ~0 } : closed;
    let { allow } = effects;
    let mask = leaf && method === undefined ? 0 : effects.mask & ~allow;
    if (field.requires.length > 0) {
      this.#pending.add(site);
      for (const required of field.requires) {
        // A value that is computed of another one tells of it. How its reader is related to another row is not known
        // here: what is read there must be for everybody.
        const guard = this.#guard(this.#sites.at(required));
        const known = !field.requiresOfOthers.includes(required) ? guard.allow : isOpen(guard) ? ~0 : 0;
        allow &= known;
        mask &= known;
      }
      this.#pending.delete(site);
    }
    return { coordinate, ...throughUnknown(allow, mask), method, sealed, personal };
  }

  /** What the relations make of a field, decided once for all fields that no policy can tell apart. */
  #effects(kind: Kind, action: Action): Effects {
    let effects = this.#alike[action].get(kind);
    if (!effects) this.#alike[action].set(kind, (effects = this.#effectsOf(kind, action)));
    return effects;
  }

  #effectsOf({ field, root, aboutMinors }: Kind, action: Action): Effects {
    const { asked, ground } = this;
    const { purpose, emergency } = asked;
    const hearing = ground.policies.hear({ ...asked, action, field, relation: 'none', minor: false });
    const cases = casesIn({ root, aboutMinors }, purpose, emergency);
    const mayBe = (each: CedarAction) => hearing.isEverPermitted(each, cases);
    // Most fields are nothing to most readers, and that is known without asking about each case.
    if (!mayBe(action) && (action === 'write' || !mayBe('readMasked'))) return nothing;
    return effectsOf(aboutMinors, (relation, minor) =>
      // What a root permits to some relation alone is permitted to nobody.
      hearing.effect({ purpose, emergency, relation: root ? 'none' : relation, minor }),
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
      variation = this.#guardsOf(type).map(variationOf).reduce(together, unvaried);
      this.#variations.set(type, variation);
    }
    return variation;
  }

  #guardsOf(type: string): FieldGuard[] {
    return this.#sites.ofType(type).map((site) => this.#guard(site));
  }
}

/** The relations by which something may be written in rows about adults and minors alike. */
function writable({ allow }: Pick<Effects, 'allow'>): number {
  return allow & (allow >> partWidth) & part;
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
