import type { Subject } from '@linli/schema/subject';
import type { Operation } from '../operation/operation.js';

/** Decides, before anything is fetched, whether a subject may run an operation. Throws a Refusal where not. */
export interface Policy {
  authorize(operation: Operation, subject: Subject): void;
}

/** For developers of subgraphs alone: everybody may run everything. */
export const noPolicy: Policy = { authorize: () => undefined };
