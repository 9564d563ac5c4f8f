import type { RowScope, Standing, Subject, WriteScope } from '@linli/schema/subject';
import type { LoadOperation } from '../operation/load.js';
import type { Operation } from '../operation/operation.js';
import type { Guard } from '../planning/guard.js';
import type { Declaration } from './declaration.js';
import type { Disclosure } from './disclosure.js';

/** On whose behalf an operation runs, and all that was decided for them. */
export interface Authority {
  readonly subject: Subject;
  readonly declaration: Declaration;
  readonly standing: Standing;
  /** What they may see; undefined where there is no policy and everybody sees everything. */
  readonly guard: Guard | undefined;
  /** Finds an operation in what they may know of the graph. */
  readonly loadOperation: LoadOperation;
  /** Refuses an operation whose arguments would tell, or write, what they may not. Throws a Refusal. */
  admit(operation: Operation, variables: Readonly<Record<string, unknown>>): void;
  /** What a department may show them, for the assertion. */
  scopeOf(department: string): RowScope;
  /** By which relations they may write through each of a department's mutations, for the assertion. */
  writesOf(department: string): WriteScope;
  /** The same as of now, for what goes on for a while. Throws a Refusal where break-glass access is over. */
  renewed(): Authority | Promise<Authority>;
  /** A new account of what one answer discloses to them; undefined without a policy. */
  disclosure(): Disclosure | undefined;
}
