import type { GraphQLObjectType, GraphQLOutputType } from 'graphql';
import type { FieldPath } from '../supergraph/classification.js';
import type { FactPaths, FieldGuard } from './guard.js';

/**
 * What the client gets below a field: for each concrete type the fields in the order of the GraphQL specification's
 * CollectFields (6.3.2), with conditions already decided. Where all types answer alike there is one variant, and the
 * data need not say of which type it is.
 */
export interface Shape {
  /** True where `__typename` of the data chooses the variant. */
  readonly dispatch: boolean;
  readonly variants: readonly Variant[];
}

export interface Variant {
  /** The concrete types that answer this way. */
  readonly types: readonly GraphQLObjectType[];
  readonly fields: readonly ShapeField[];
  /** How a reader is related to an object of these types; without it, as to what encloses it. */
  readonly row?: RowShape;
}

/** Where the merged data says whose a row is, and by which relations there is a row at all for its reader. */
export interface RowShape {
  /** Paths by the names in the merged data. */
  readonly facts: FactPaths;
  /** Where it says whom the row is about; it is there where personal data of the row is selected. */
  readonly subject: readonly FieldPath[];
  readonly visible: number;
}

export interface ShapeField {
  /** The name in the client's response. */
  readonly key: string;
  /** The name in the merged data; `__typename` for the type's name. */
  readonly source: string;
  /** The field's own name, for coordinates and errors. */
  readonly name: string;
  readonly type: GraphQLOutputType;
  /** What is below it, for objects, interfaces and unions. */
  readonly shape: Shape | undefined;
  /** What was decided of it, where that is not simply that everybody reads it. */
  readonly guard?: FieldGuard;
}
