import { z } from 'zod';

/** A name of GraphQL. */
export const graphqlName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'must be a name of GraphQL');

const level = z.enum(['L1', 'L2', 'L3', 'L4']);

/** `@classified`, beside its level. */
const protection = {
  sharing: z.enum(['UNCONDITIONAL', 'CONDITIONAL', 'NONE']).optional(),
  mask: graphqlName.optional(),
  sealed: z.boolean().optional(),
};

/** By the names of an operation's parameters, which field of the object above gives their value. */
const from = z.record(z.string(), graphqlName);

/** `x-linli-fields` of an operation: the fields that it answers. */
export const operationFields = z
  .array(
    z.strictObject({
      /** `Query`, or the type that gets the field. */
      type: graphqlName,
      name: graphqlName,
      /** What users read of it; the operation's summary, if unsaid. */
      description: z.string().optional(),
      /** Parameters that are no arguments of the field. */
      from: from.optional(),
      level,
      ...protection,
    }),
  )
  .min(1);

/** `x-linli-argument` of a parameter. */
export const argument = z.strictObject({
  /** A scalar of `schema/shared.graphql`, instead of what follows from the parameter's schema. */
  scalar: graphqlName.optional(),
  /** `@uses`: by which fields it filters. */
  uses: z.array(z.string()).optional(),
});

/** `x-linli-type` of a schema of an object. */
export const objectType = z.strictObject({
  /** In the graph; the schema's own name, if unsaid. */
  name: graphqlName.optional(),
  level,
  ...protection,
  /** `@key`: a property by which the object is known. Goes with `lookup`. */
  key: graphqlName.optional(),
  /** The operation that finds one by its key. */
  lookup: z.strictObject({ operation: graphqlName, from }).optional(),
  /** `@scoped`: properties that hold whom and where an object is about. */
  scope: z
    .strictObject({
      subject: graphqlName.optional(),
      community: graphqlName.optional(),
      assigned: graphqlName.optional(),
    })
    .optional(),
  /** Fields that lead to entities of others: by their names, to which type, and the property that holds its key. */
  references: z
    .record(graphqlName, z.strictObject({ type: graphqlName, from: graphqlName, description: z.string() }))
    .optional(),
});

/** `x-linli-field` of a property, as far as it differs from its type. */
export const propertyField = z.strictObject({
  scalar: graphqlName.optional(),
  level: level.optional(),
  ...protection,
});

/** `x-linli-enum` of a schema of an enumeration: its name, and a description of each value. */
export const enumType = z.strictObject({
  name: graphqlName.optional(),
  values: z.record(z.string(), z.string().min(1)),
});

/** `x-linli-entities` of the document: entities of others that get fields here. */
export const entities = z.record(
  graphqlName,
  z.strictObject({
    description: z.string(),
    level,
    key: z.strictObject({ name: graphqlName, scalar: graphqlName, description: z.string() }),
  }),
);

export type OperationField = z.infer<typeof operationFields>[number];
export type Argument = z.infer<typeof argument>;
export type ObjectType = z.infer<typeof objectType>;
export type PropertyField = z.infer<typeof propertyField>;
export type EnumType = z.infer<typeof enumType>;
export type Entities = z.infer<typeof entities>;
