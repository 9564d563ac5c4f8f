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
}

export const anonymous: Subject = Object.freeze({ id: 'anonymous', roles: [], jurisdiction: [], purposes: [] });

/** HTTP header that carries the gateway's assertion to a subgraph: a JWS in compact form, signed with EdDSA. */
export const assertionHeader = 'linli-assertion';
/** `iss` of an assertion. */
export const assertionIssuer = 'linli-gateway';
/** `typ` in the header of an assertion, so that no other token passes for one (RFC 8725, 3.11). */
export const assertionType = 'linli-assertion+jwt';
