import type { Relation } from '@linli/schema/subject';
import { relations } from '@linli/schema/subject';
import type { FieldClass, RowFacts } from '../supergraph/classification.js';
import { actionOn, isReadRoot } from './action.js';
import type { Action } from './cedar/policies.js';
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
  /** The relations that anybody may have to the rows. */
  readonly related: readonly Relation[];
}

const kindsOfGround = new WeakMap<Ground, Kinds>();

/** The kinds of a ground's fields, found once for all who ask. */
export function kindsOf(ground: Ground): Kinds {
  let kinds = kindsOfGround.get(ground);
  if (!kinds) kindsOfGround.set(ground, (kinds = new Kinds(ground)));
  return kinds;
}

class Kinds {
  readonly #byName = new Map<string, Kind>();
  readonly #ofType = new Map<string, Map<string, Kind>>();

  constructor(readonly ground: Ground) {}

  of(type: string, field: string): Kind {
    let ofType = this.#ofType.get(type);
    if (!ofType) this.#ofType.set(type, (ofType = new Map<string, Kind>()));
    let kind = ofType.get(field);
    if (!kind) ofType.set(field, (kind = this.#find(type, field)));
    return kind;
  }

  /** The kinds of all fields of the graph. */
  all(): readonly Kind[] {
    const coordinates = this.ground.classification.fields.map(({ coordinate }) => coordinate.split('.'));
    return [...new Set(coordinates.map(([type = '', field = '']) => this.of(type, field)))];
  }

  #find(type: string, name: string): Kind {
    const { classification, policies, schema } = this.ground;
    const field = classification.of(type, name);
    const facts = classification.factsOf(type);
    const root = isReadRoot(type, schema);
    const kind: Kind = {
      field,
      action: actionOn(type, schema),
      root,
      aboutMinors: !root && (!facts || facts.minor.length > 0),
      related: root ? ['none'] : relationsTo(facts),
    };
    const key = `${kind.action} ${root} ${kind.aboutMinors} ${kind.related.join()} ${policies.likeness(field)}`;
    const known = this.#byName.get(key);
    if (!known) this.#byName.set(key, kind);
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
