import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import type { Asked } from '@linli/gateway/policy/asked';
import type { Policies } from '@linli/gateway/policy/cedar/policies';
import type { FieldClass } from '@linli/gateway/supergraph/classification';
import type { Supergraph } from '@linli/gateway/supergraph/load';
import type { Relation } from '@linli/schema/subject';
import { getNamedType, isLeafType, isObjectType } from 'graphql';

const entity = (type: string, id: string) => ({ type: `Linli::${type}`, id });
const reference = (type: string, id: string) => ({ __entity: entity(type, id) });

/** Asks Cedar the obvious way, with all policies, about one field in one relation after the other. */
export class Judge {
  readonly #known = new WeakMap<Asked, Map<string, boolean>>();
  readonly #named = new Map<string, string | false>();
  readonly #permitted = new Map<string, boolean>();
  readonly #texts: string;

  constructor(
    readonly supergraph: Supergraph,
    policies: Policies,
  ) {
    const all = Object.fromEntries(policies.policies.map(({ id, text }) => [id, text]));
    const answer = preparsePolicySet('direct calls', { staticPolicies: all });
    if (answer.type === 'failure') throw new Error(answer.errors[0]?.message);
    this.#texts = Object.values(all).join('\n');
  }

  /**
   * Whether somebody is shown anything at all of a row to which they have one of these relations. Whom a row is about is
   * known, but not how old they are: it is enough that something were shown of an adult or of a child.
   */
  shows(asked: Asked, type: string, relations: Iterable<Relation>): boolean {
    let known = this.#known.get(asked);
    if (!known) this.#known.set(asked, (known = new Map()));
    for (const relation of relations) {
      const key = `${type} ${relation}`;
      let shown = known.get(key);
      if (shown === undefined) known.set(key, (shown = this.#showsBy(asked, type, relation)));
      if (shown) return true;
    }
    return false;
  }

  #showsBy(asked: Asked, type: string, relation: Relation): boolean {
    const { apiSchema, classification } = this.supergraph;
    const definition = apiSchema.getType(type);
    if (!isObjectType(definition)) return false;
    const ages = classification.factsOf(type)!.minor.length > 0 ? [false, true] : [false];
    return Object.values(definition.getFields()).some((field) => {
      const declared = classification.of(type, field.name);
      const conditions = [declared.requires, declared.scopes, declared.policies].some(({ length }) => length > 0);
      if (conditions || declared.authenticated) throw new Error(`${declared.coordinate} has conditions to judge, too.`);
      const maskable = !isLeafType(getNamedType(field.type)) || declared.mask !== undefined;
      const actions = maskable ? ['read', 'readMasked'] : ['read'];
      return actions.some((action) => ages.some((minor) => this.#permits(asked, action, declared, relation, minor)));
    });
  }

  /** A name that policies may go by; false for one that none of them has. */
  #inPolicies(name: string): string | false {
    let found = this.#named.get(name);
    if (found === undefined) this.#named.set(name, (found = this.#texts.includes(`"${name}"`) && name));
    return found;
  }

  /** Cedar is asked once about what no policy can tell apart: fields and types that none of them names. */
  #permits(asked: Asked, action: string, field: FieldClass, relation: Relation, minor: boolean): boolean {
    const { coordinate, level, sharing, sealed, departments, interfaces } = field;
    const named = [coordinate, coordinate.split('.')[0]!].map((name) => this.#inPolicies(name));
    const { roles, department, purpose, legalBasis, caseNumber, emergency } = asked;
    const who = [roles, department, purpose, legalBasis, caseNumber, emergency];
    const key = JSON.stringify([who, action, relation, minor, named, level, sharing, sealed, departments, interfaces]);
    let permitted = this.#permitted.get(key);
    if (permitted === undefined) {
      this.#permitted.set(key, (permitted = permits(asked, action, field, relation, minor)));
    }
    return permitted;
  }
}

function permits(asked: Asked, action: string, field: FieldClass, relation: Relation, minor: boolean): boolean {
  const { roles, department, purpose, legalBasis, caseNumber, emergency } = asked;
  const answer = statefulIsAuthorized({
    principal: entity('Subject', 'somebody'),
    action: entity('Action', action),
    resource: entity('Field', field.coordinate),
    context: {
      relation: reference('Relation', relation),
      minor,
      ...(purpose !== undefined && { purpose: reference('Purpose', purpose) }),
      legalBasis,
      caseNumber,
      emergency,
    },
    preparsedPolicySetId: 'direct calls',
    entities: [
      {
        uid: entity('Subject', 'somebody'),
        attrs: department === undefined ? {} : { department },
        parents: roles.map((role) => entity('Role', role)),
      },
      {
        uid: entity('Field', field.coordinate),
        attrs: {
          level: reference('Level', field.level),
          sharing: field.sharing,
          sealed: field.sealed,
          departments: [...field.departments],
        },
        parents: [
          entity('Type', field.coordinate.split('.')[0]!),
          entity('Level', field.level),
          ...field.departments.map((each) => entity('Department', each)),
          ...field.interfaces.flatMap((each) => [entity('Field', each), entity('Type', each.split('.')[0]!)]),
        ],
      },
    ],
  });
  if (answer.type === 'failure') throw new Error(answer.errors[0]?.message);
  return answer.response.decision === 'allow' && answer.response.diagnostics.errors.length === 0;
}
