import type { ModelName } from '../scope/declaration.js';
import { ModelReader, type Operation } from '../scope/reader.js';

/** What may be done with rows that are there. New ones are made through `all`, past the scope. */
const operations = ['updateMany', 'updateManyAndReturn', 'deleteMany'] as const;

/** The models as a mutation has them: of scoped ones the rows that its caller may write through it. */
export type RowWriter<Client> = {
  readonly [Model in ModelName<Client>]: Pick<
    Client[Model],
    (Operation | (typeof operations)[number] | 'fields') & keyof Client[Model]
  >;
};

/** One model, to be read and written; typed by `RowWriter`. */
export class ModelWriter extends ModelReader {
  static {
    this.offer(this.prototype, operations);
  }
}
