/** L1 public, L2 internal, L3 personal, L4 sensitive personal; from the least to the strictest. */
export const levels = ['L1', 'L2', 'L3', 'L4'] as const;
export type ClassificationLevel = (typeof levels)[number];

/** How a field is shared between departments (政务数据共享条例), from the least to the strictest. */
export const sharingClasses = ['UNCONDITIONAL', 'CONDITIONAL', 'NONE'] as const;
export type SharingClass = (typeof sharingClasses)[number];

/** How a value is shown to someone who may only read it masked. */
export const maskMethods = [
  'NAME',
  'ID_NUMBER',
  'PHONE',
  'ADDRESS',
  'DATE',
  'PLATE',
  'EMAIL',
  'TEXT',
  'BAND',
  'WITHHOLD',
  'KEEP',
] as const;
export type MaskMethod = (typeof maskMethods)[number];

/** What the contracts say of one field's protection, after everybody who has a say in it was heard. */
export interface FieldClass {
  /** `Type.field`. */
  readonly coordinate: string;
  readonly level: ClassificationLevel;
  readonly sharing: SharingClass;
  /** Undefined where no method is named: objects, and leaves that are never shown masked. */
  readonly mask: MaskMethod | undefined;
  /** For whoever may not read it, it does not exist. */
  readonly sealed: boolean;
  /** Subgraphs that resolve it. */
  readonly departments: readonly string[];
  /** Coordinates that its `@requires` and `@fromContext` read, and those that these read in turn. */
  readonly requires: readonly string[];
  /** Those of them that are read of other rows than its own, to which somebody may be related otherwise. */
  readonly requiresOfOthers: readonly string[];
  /** Coordinates of the interface fields that it implements. */
  readonly interfaces: readonly string[];
  /** `@authenticated`: its own, its type's or that of what it returns; for interfaces and implementations, both. */
  readonly authenticated: boolean;
  /** `@requiresScopes`: any one of these sets of scopes, complete. Empty if none is required. */
  readonly scopes: readonly (readonly string[])[];
  /** `@policy`: any one of these sets of policies, complete. Empty if none is required. */
  readonly policies: readonly (readonly string[])[];
}

/** Names of fields, one below the other. */
export type FieldPath = readonly string[];

/** Where a row of a `@scoped` type says whom it is about, where, and who handles it. */
export interface RowFacts {
  readonly subject: readonly FieldPath[];
  readonly community: readonly FieldPath[];
  readonly assigned: readonly FieldPath[];
  readonly minor: readonly FieldPath[];
}

/** What the contracts say of the protection of every field of the graph. */
export interface Classification {
  /** What nobody classified is L4 and not shared. */
  of(this: void, type: string, field: string): FieldClass;
  levelOf(this: void, type: string, field: string): ClassificationLevel;
  /** Undefined for a type without `@scoped`: it is a part of what encloses it. */
  factsOf(this: void, type: string): RowFacts | undefined;
  /** `@scoped` types that a department's subgraph knows. */
  scopedTypes(this: void, department: string): readonly string[];
  /** Coordinates by which an argument filters, sorts or searches. */
  usesOf(this: void, type: string, field: string, argument: string): readonly string[];
  /** Coordinates by which a field of an input object filters, sorts or searches. */
  usesOfInput(this: void, inputType: string, field: string): readonly string[];
  /** Every field of every object and interface. */
  readonly fields: readonly FieldClass[];
  /** How many types and fields carry a level. */
  readonly size: number;
}
