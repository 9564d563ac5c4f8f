#!/usr/bin/env node
import { CommanderError } from 'commander';
import { HubError } from '@linli/infra/errors';
import { CliError } from './errors.js';
import { buildProgram } from './program.js';

/** Exit codes: 0 done, 1 refused or failed, 2 the command line itself makes no sense. */
try {
  await buildProgram().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof CliError || error instanceof HubError) console.error(`linli: ${error.message}`);
  else console.error('linli: unexpected failure, please report it:', error);
  return 1;
}
