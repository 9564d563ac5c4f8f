import { getNamedType, isCompositeType, isInterfaceType, isObjectType } from 'graphql';
import type { Relation } from '@linli/schema/subject';
import { relations } from '@linli/schema/subject';
import type { FieldClass, MaskMethod, RowFacts } from '../supergraph/classification.js';
import { actionOn, isReadRoot } from './action.js';
import { casesOf } from './cases.js';
import type { Action, Cases } from './cedar/policies.js';
import type { Ground } from './ground.js';

/** Fields that no policy can tell apart, whoever asks: they are decided together. */
export interface Kind {
  /** One of them; which, makes no difference. */
  readonly field: FieldClass;
  readonly action: Action;
  /** At the root of the graph: no row of anybody. */
  readonly root: boolean;
  /** Whether the rows may be about minors: what says nothing of whose it is may be part of such a row. */
  readonly aboutMinors: boolean;
  /** Every case that there is of the relations that anybody may have to the rows. */
  readonly ever: Cases;
}

/** A field of the graph, with what there is to know of it before anybody asks. */
export interface Site {
  /** `Type.field`. */
  readonly coordinate: string;
  readonly field: FieldClass;
  readonly kind: Kind;
  /** False where there are fields below it. */
  readonly leaf: boolean;
  /** How it is masked; undefined for what is not a leaf, or never shown masked. */
  readonly method: MaskMethod | undefined;
  /** Whether a value of it is somebody's personal data (L3 or L4). */
  readonly personal: boolean;
}

const sitesOfGround = new WeakMap<Ground, Sites>();

/** The fields of a ground, each read at its first use, once for all who ask. */
export function sitesOf(ground: Ground): Sites {
  let sites = sitesOfGround.get(ground);
  if (!sites) sitesOfGround.set(ground, (sites = new Sites(ground)));
  return sites;
}

class Sites {
  readonly #kinds = new Map<string, Kind>();
  readonly #byName = new Map<string, Map<string, Site>>();
  readonly #ofType = new Map<string, readonly Site[]>();

  constructor(readonly ground: Ground) {}

  of(type: string, name: string): Site {
    let ofType = this.#byName.get(type);
    if (!ofType) this.#byName.set(type, (ofType = new Map<string, Site>()));
    let site = ofType.get(name);
    if (!site) ofType.set(name, (site = this.#read(type, name)));
    return site;
  }

  at(coordinate: string): Site {
    const [type = '', name = ''] = coordinate.split('.');
    return this.of(type, name);
  }

  /** The fields of an object or interface; of anything else, none. */
  ofType(type: string): readonly Site[] {
    let sites = this.#ofType.get(type);
    if (!sites) {
      const definition = this.ground.schema.getType(type);
      const isFielded = isObjectType(definition) || isInterfaceType(definition);
      const names = isFielded ? Object.keys(definition.getFields()) : [];
      this.#ofType.set(type, (sites = names.map((name) => this.of(type, name))));
    }
    return sites;
  }

  /** The kinds of all fields of the graph. */
  kinds(): readonly Kind[] {
    return [...new Set(this.ground.classification.fields.map(({ coordinate }) => this.at(coordinate).kind))];
  }

  #read(type: string, name: string): Site {
    const { classification, schema } = this.ground;
    const field = classification.of(type, name);
    const definition = schema.getType(type);
    const isFielded = isObjectType(definition) || isInterfaceType(definition);
    const declared = isFielded ? definition.getFields()[name] : undefined;
    const leaf = declared !== undefined && !isCompositeType(getNamedType(declared.type));
    return {
      coordinate: field.coordinate,
      field,
      kind: this.#kindOf(type, field),
      leaf,
      method: leaf ? field.mask : undefined,
      personal: field.level === 'L3' || field.level === 'L4',
    };
  }

  #kindOf(type: string, field: FieldClass): Kind {
    const { classification, policies, schema } = this.ground;
    const facts = classification.factsOf(type);
    const root = isReadRoot(type, schema);
    const kind: Kind = {
      field,
      action: actionOn(type, schema),
      root,
      aboutMinors: !root && (!facts || facts.minor.length > 0),
      ever: casesOf(root ? ['none'] : relationsTo(facts)),
    };
    const key = `${kind.action} ${root} ${kind.aboutMinors} ${kind.ever.name} ${policies.likeness(field)}`;
    const known = this.#kinds.get(key);
    if (!known) this.#kinds.set(key, kind);
    return known ?? kind;
  }
}

/** The relations that anybody may have to rows that say so much of themselves; parts of other rows may have any. */
function relationsTo(facts: RowFacts | undefined): readonly Relation[] {
  if (!facts) return relations;
  const { subject, assigned, community } = facts;
  return [
    'none',
    ...(subject.length ? (['self', 'guardian', 'household'] as const) : []),
    ...(assigned.length ? (['assigned'] as const) : []),
    ...(community.length ? (['community', 'street', 'district', 'city'] as const) : []),
  ];
}
