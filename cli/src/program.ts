import { Command, Option } from 'commander';
import { departments } from '@linli/schema/departments';

/**
 * The command line as a whole. Each command loads its own code when it is called, so that none waits for what it does
 * not use.
 */
export function buildProgram(): Command {
  const program = new Command('linli')
    .description('Linli 邻里: the community graph hub')
    .exitOverride()
    .showHelpAfterError('(--help says more)')
    .helpCommand(false);
  addSchema(program);
  return program;
}

function addSchema(program: Command): void {
  const schema = program.command('schema').description("the departments' contracts in schema/");
  const only = () => new Option('--only <departments...>', 'these departments alone').choices(departments);
  schema
    .command('compose')
    .description('compose the contracts into schema/supergraph.graphql')
    .option('--check', 'write nothing; fail when the file is not what the contracts compose to')
    .option('--output <file>', 'write to another file')
    .addOption(only())
    .option('--json', 'print JSON')
    .addHelpText('after', examples('linli schema compose', 'linli schema compose --check'))
    .action(async (options) => (await import('./commands/schema.js')).schemaCompose(options));
  schema
    .command('lint')
    .description('check the contracts: Chinese descriptions, data levels, keys')
    .addOption(only())
    .option('--json', 'print the problems as JSON')
    .addHelpText('after', examples('linli schema lint --only health'))
    .action(async (options) => (await import('./commands/schema.js')).schemaLint(options));
}

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
