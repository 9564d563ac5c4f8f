import { CommanderError } from 'commander';
import { buildProgram } from './program.js';

/**
 * Runs one command line. What fails is said on standard error.
 *
 * @param words the command line, without the program
 * @returns the exit code: 0 done, 1 refused or failed, 2 the command line itself makes no sense
 */
export async function run(words: readonly string[]): Promise<number> {
  try {
    await buildProgram().parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    return report(error);
  }
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
