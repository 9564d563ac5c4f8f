/** Names that a Prisma client has for its models: `facility`, `communityWorker`. */
export type ModelName<Client> = {
  [Name in keyof Client]: Client[Name] extends { fields: object } ? Name : never;
}[keyof Client] &
  string;

/** Names of the fields of a model that are columns. */
export type FieldName<Client, Model extends keyof Client> = Client[Model] extends { fields: infer Fields }
  ? keyof Fields & string
  : never;

/**
 * Where the rows of one `@scoped` type are, and which fields hold the facts that its directive names: columns of text or
 * of lists of texts, and one of days for whether a row is about a minor.
 */
export type TypeScope<Client, Model extends ModelName<Client> = ModelName<Client>> =
  Model extends ModelName<Client>
    ? {
        model: Model;
        /** Residents that a row is about, by id. */
        subject?: FieldName<Client, Model>;
        /** The code of the community, or of another place, that a row belongs to. */
        community?: FieldName<Client, Model>;
        /** Staff who handle a row, by staff id. */
        assigned?: FieldName<Client, Model>;
        /** The day until which a row is about a minor, null for rows about nobody who is one; or the day of a birth. */
        minor?: { until: FieldName<Client, Model> } | { bornOn: FieldName<Client, Model> };
      }
    : never;

/**
 * What a department says once about its `@scoped` types, by their GraphQL names. The kit adds the caller's condition to
 * every statement on these models, and does not start where this and the contract disagree (see `tables.ts`).
 */
export type ScopeDeclaration<Client> = Readonly<Record<string, TypeScope<Client>>>;

/** A declaration of any client's. */
export type AnyScopeDeclaration = Readonly<
  Record<
    string,
    {
      model: string;
      subject?: string;
      community?: string;
      assigned?: string;
      minor?: { until: string } | { bornOn: string };
    }
  >
>;
