import { OperationTypeNode } from 'graphql';
import { disclosureNotRecorded } from '../errors.js';
import type { Operation } from '../operation/operation.js';
import type { Authority } from '../policy/authority.js';
import type { Disclosure } from '../policy/disclosure.js';
import { recordOf } from './record.js';
import type { Recorder } from './recorder.js';

/**
 * Makes what puts on record whose personal data an answer shows, before it leaves. An answer that shows none costs
 * nothing; one that cannot be recorded is refused.
 *
 * @param policies version of the policies that decide
 */
export function keepRecords(recorder: Recorder, policies: string) {
  return (operation: Operation, authority: Authority, disclosure: Disclosure): Promise<void> | undefined => {
    const shown = disclosure.shown();
    if (shown.length === 0) return undefined;
    return recorder.record(recordOf(authority, operation, policies, shown, disclosure.emergency)).catch(() => {
      throw disclosureNotRecorded(operation.type === OperationTypeNode.MUTATION);
    });
  };
}
