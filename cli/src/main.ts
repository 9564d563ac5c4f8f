#!/usr/bin/env node
import { CommanderError } from 'commander';
import { buildProgram } from './program.js';

/** Exit codes: 0 done, 1 refused or failed, 2 the command line itself makes no sense. */
try {
  await buildProgram().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (isForPeople(error)) console.error(`linli: ${error.message}`);
  else console.error('linli: unexpected failure, please report it:', error);
  return 1;
}

/** Errors of the command line, the local stack, the identity service and the gateway that say all in one line. */
function isForPeople(error: unknown): error is Error {
  return error instanceof Error && ['CliError', 'HubError', 'IdentityError', 'StartError'].includes(error.name);
}
