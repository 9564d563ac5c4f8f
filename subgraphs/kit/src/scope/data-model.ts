import { z } from 'zod';
import { StartError } from '../errors.js';

/** A model of a Prisma client with the table behind it. */
export interface ModelTable {
  /** As the client names it: `communityWorker`. */
  readonly model: string;
  readonly table: string;
  /** Columns by field. */
  readonly columns: ReadonlyMap<string, string>;
  /** Fields that lead to other models. */
  readonly relations: readonly string[];
}

/** What every Prisma client holds of its schema; declared in its types, not described in its manual. */
const dataModel = z.object({
  _runtimeDataModel: z.object({
    models: z.record(
      z.string(),
      z.object({
        dbName: z.string().nullish(),
        fields: z.array(z.object({ name: z.string(), kind: z.string(), dbName: z.string().nullish() })),
      }),
    ),
  }),
});

/**
 * The models of a Prisma client, by the name that the client has for them.
 * @throws StartError where the client holds no data model, as another release of Prisma may
 */
export function modelTables(client: object): Map<string, ModelTable> {
  // Only own code is asked: a client's other properties are getters that connect.
  const parsed = dataModel.safeParse({
    _runtimeDataModel: (client as { _runtimeDataModel?: unknown })._runtimeDataModel,
  });
  if (!parsed.success) {
    throw new StartError('The Prisma client does not tell its data model: use the release of Prisma in package.json.');
  }
  return new Map(
    Object.entries(parsed.data._runtimeDataModel.models).map(([name, { dbName, fields }]) => {
      const model = name.charAt(0).toLowerCase() + name.slice(1);
      const columns = fields.filter(({ kind }) => kind !== 'object');
      return [
        model,
        {
          model,
          table: dbName ?? name,
          columns: new Map(columns.map((field) => [field.name, field.dbName ?? field.name])),
          relations: fields.filter(({ kind }) => kind === 'object').map((field) => field.name),
        },
      ];
    }),
  );
}
