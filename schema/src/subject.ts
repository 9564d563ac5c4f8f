/**
 * Who a request is made for, as agreed between the gateway (which derives it from a verified token) and the
 * subgraphs (which receive it in a signed assertion). Frozen once made.
 */
export interface Subject {
  /** The issuer's `sub`, or `anonymous`. */
  readonly id: string;
  /** Realm roles, sorted; empty for an anonymous subject. */
  readonly roles: readonly string[];
  /** The department a member of staff belongs to. */
  readonly department?: string;
  /** Prefixes of division codes (4 to 12 digits) the subject is in charge of; an empty list means no place at all. */
  readonly jurisdiction: readonly string[];
  /** The resident this subject is, where it is one. */
  readonly residentId?: string;
  /** The OAuth client that asked (`azp`). */
  readonly client?: string;
  /** Purposes that the subject was granted and may declare. */
  readonly purposes: readonly string[];
  /** The member of staff this subject is, as departments name whom a case is assigned to. */
  readonly staffId?: string;
  /** OAuth scopes of the token (`scope`), for contracts that use `@requiresScopes`. */
  readonly scopes: readonly string[];
}

/** Whoever shows no token: a reader of open data. */
export const anonymous: Subject = Object.freeze({
  id: 'anonymous',
  roles: ['open-data'],
  jurisdiction: [],
  purposes: [],
  scopes: [],
});

/** How a subject is related to a row; `none` always holds. */
export const relations = [
  'none',
  'self',
  'guardian',
  'household',
  'assigned',
  'community',
  'street',
  'district',
  'city',
] as const;
export type Relation = (typeof relations)[number];

/** Residents a subject is close to, looked up when the subject asks; never part of a token. */
export interface Standing {
  /** Members of the own household, by resident id. */
  readonly household: readonly string[];
  /** Wards: residents whose guardian the subject is, by resident id. */
  readonly wards: readonly string[];
}

/** By which relations rows are visible: the same for all, or other ones for rows about minors than for the rest. */
export type RowRelations =
  readonly Relation[] | { readonly adults: readonly Relation[]; readonly minors: readonly Relation[] };

/** By which relations rows of a type are visible; a type that is not named has no visible row. */
export type RowScope = Readonly<Record<string, RowRelations>>;

/** By which relations a mutation may write, for each mutation's name; one that is not named may write nothing. */
export type WriteScope = Readonly<Record<string, readonly Relation[]>>;

/** What the gateway states to a subgraph about a request, in its signed assertion. */
export interface Caller {
  readonly subject: Subject;
  readonly standing: Standing;
  readonly scope: RowScope;
  /** Stated where a mutation is asked for: to which rows the caller must be related, and how, for it to write them. */
  readonly writes?: WriteScope;
  /** The purpose declared for the request, granted to the subject. */
  readonly purpose?: string;
  /** SHA-256 of the operation's text, hex. */
  readonly operation: string;
}

/** HTTP header that carries the gateway's assertion to a subgraph: a JWS in compact form, signed with EdDSA. */
export const assertionHeader = 'linli-assertion';
/** `iss` of an assertion. */
export const assertionIssuer = 'linli-gateway';
/** `typ` in the header of an assertion, so that no other token passes for one (RFC 8725, 3.11). */
export const assertionType = 'linli-assertion+jwt';
