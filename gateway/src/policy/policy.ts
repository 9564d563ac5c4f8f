import type { GraphQLSchema } from 'graphql';
import type { Relation, RowRelations, RowScope, Standing, Subject, WriteScope } from '@linli/schema/subject';
import { relations } from '@linli/schema/subject';
import { LRUCache } from '../lru.js';
import type { LoadOperation } from '../operation/load.js';
import { partWidth } from '../planning/guard.js';
import type { Supergraph } from '../supergraph/load.js';
import type { Actor } from './actor.js';
import type { Asked } from './asked.js';
import { askedOf, nameOf } from './asked.js';
import type { Authority } from './authority.js';
import type { BulkLimits } from './bulk.js';
import { bulkLimit } from './bulk.js';
import type { Policies } from './cedar/policies.js';
import { Decisions } from './decisions.js';
import { Disclosure } from './disclosure.js';
import type { Emergencies, Emergency } from './emergency.js';
import type { Ground } from './ground.js';
import { Inputs } from './inputs.js';
import { reachOf } from './visible/reach.js';
import { Rows } from './rows.js';
import { visibleSchema } from './visible/schema.js';
import { Visible } from './visible/visible.js';
import { warm } from './warm.js';

/** Decides what actors may do with one supergraph. */
export interface Policy {
  /** Of the policies' texts; undefined where there are none. */
  readonly version: string | undefined;
  /** Everything that is decided for an actor; at once where it is known. Throws a Refusal. */
  authorityOf(actor: Actor): Authority | Promise<Authority>;
  /** Decides ahead of the first requests what can be, in the pauses between others. */
  warm(): Promise<void>;
}

export interface PolicyOptions {
  policies: Policies;
  /** Looks up who is close to a subject. Rejects where that cannot be known right now. */
  standingOf(subject: Subject): Promise<Standing>;
  emergencies: Emergencies;
  bulkLimits: BulkLimits;
  loaderOf: (schema: GraphQLSchema) => LoadOperation;
}

/** Kinds of readers whose decisions are kept, sets of roles of which it is kept which part of the schema they see, and such parts. */
const cachedDecisions = 500;
const cachedReaders = 500;
const cachedParts = 100;
/** Milliseconds a subject's standing holds: how long a guardian who was suspended still reads a ward's record. */
const standingMs = 5000;
const nobodyClose: Standing = Object.freeze({ household: [], wards: [] });

interface Knowledge {
  schema: GraphQLSchema;
  loadOperation: LoadOperation;
}

/** The policy over a supergraph: compiled decisions by kind of reader, standing looked up as it is needed. */
export function openPolicy(supergraph: Supergraph, options: PolicyOptions): Policy {
  const { policies, emergencies, loaderOf, bulkLimits } = options;
  const { apiSchema, classification } = supergraph;
  const ground: Ground = { schema: apiSchema, classification, policies };
  const inputs = new Inputs(apiSchema, classification);
  const withScopes = classification.fields.some(({ scopes }) => scopes.length > 0);
  const decided = new LRUCache<string, Decisions>(cachedDecisions);
  const known = new LRUCache<string, Knowledge>(cachedReaders);
  const parts = new LRUCache<string, Knowledge>(cachedParts);
  const authorities = new WeakMap<Actor, { authority: Authority; until: number }>();

  function knowledgeOf(asked: Asked): Knowledge {
    const key = nameOf({ ...asked, legalBasis: true, caseNumber: true, emergency: true, purpose: '' }, withScopes);
    let knowledge = known.get(key);
    if (!knowledge) known.set(key, (knowledge = knowledgeOfPart(new Visible(apiSchema, reachOf(ground, asked)))));
    return knowledge;
  }

  /** What is found out for some readers serves all who see the same. */
  function knowledgeOfPart(visible: Visible): Knowledge {
    const { name } = visible;
    let knowledge = parts.get(name);
    if (!knowledge) {
      const schema = visibleSchema(visible);
      parts.set(name, (knowledge = { schema, loadOperation: loaderOf(schema) }));
    }
    return knowledge;
  }

  function decisionsFor(asked: Asked): { decisions: Decisions; loadOperation: LoadOperation } {
    const { schema, loadOperation } = knowledgeOf(asked);
    const id = nameOf(asked, withScopes);
    let decisions = decided.get(id);
    if (!decisions) decided.set(id, (decisions = new Decisions(id, ground, asked, schema)));
    return { decisions, loadOperation };
  }

  const authorityOf = (actor: Actor): Authority | Promise<Authority> => {
    const emergency = emergencies.of(actor);
    const kept = authorities.get(actor);
    if (kept && kept.until > Date.now()) return kept.authority;
    const keep = (standing: Standing, forMs: number): Authority => {
      const made = authority(actor, standing, emergency);
      const until = Math.min(Date.now() + forMs, emergency?.until.getTime() ?? Infinity);
      authorities.set(actor, { authority: made, until });
      return made;
    };
    // Who is no resident is close to nobody, as long as the subject lives.
    if (actor.subject.residentId === undefined) return keep(nobodyClose, Infinity);
    return options.standingOf(actor.subject).then(
      (standing) => keep(standing, standingMs),
      () => authority(actor, nobodyClose, emergency),
    );
  };

  function authority(actor: Actor, standing: Standing, emergency: Emergency | undefined): Authority {
    const { subject, declaration } = actor;
    const { decisions, loadOperation } = decisionsFor(askedOf(actor, emergency !== undefined));
    const rows = new Rows(subject, standing);
    const maximum = bulkLimit(subject.roles, bulkLimits);
    const scopes = new Map<string, RowScope>();
    const writes = new Map<string, WriteScope>();
    return Object.freeze({
      subject,
      declaration,
      standing,
      guard: decisions,
      loadOperation,
      admit: (operation, variables) => inputs.check(operation, variables, decisions),
      scopeOf(department) {
        let scope = scopes.get(department);
        if (!scope) scopes.set(department, (scope = rowScope(decisions, department)));
        return scope;
      },
      writesOf(department) {
        let scope = writes.get(department);
        if (!scope) writes.set(department, (scope = writeScope(decisions, department)));
        return scope;
      },
      renewed: () => authorityOf(actor),
      disclosure: () => new Disclosure(decisions, rows, maximum, emergency),
    } satisfies Authority);
  }

  return { version: policies.version, authorityOf, warm: () => warm(ground, (asked) => decisionsFor(asked).decisions) };
}

/** By which relations a department's rows are visible, for each type that says whose its rows are. */
function rowScope(decisions: Decisions, department: string): RowScope {
  const { classification } = decisions.ground;
  const scope: Record<string, RowRelations> = {};
  for (const type of classification.scopedTypes(department)) {
    const visible = decisions.visible(type);
    if (visible === 0) continue;
    const adults = relationsOf(visible);
    const minors = relationsOf(visible >> partWidth);
    scope[type] = adults.join() === minors.join() ? adults : { adults, minors };
  }
  return Object.freeze(scope);
}

/** The relations in the first part of a guard's bits; `none` alone where it is among them. */
function relationsOf(bits: number): readonly Relation[] {
  return bits & 1 ? ['none'] : relations.filter((_, i) => bits & (1 << i));
}

/** By which relations each of a department's mutations may write; those that may not at all are left out. */
function writeScope(decisions: Decisions, department: string): WriteScope {
  const mutations = decisions.ground.classification.fields.filter(
    ({ coordinate, departments }) => coordinate.startsWith('Mutation.') && departments.includes(department),
  );
  const scope = mutations.map(({ coordinate }) => {
    const name = coordinate.slice('Mutation.'.length);
    return [name, decisions.writers('Mutation', name)] as const;
  });
  return Object.freeze(Object.fromEntries(scope.filter(([, writers]) => writers.length > 0)));
}
