import { Command, Option } from 'commander';
import { subgraphs } from '@linli/schema/platforms';
import { relations } from '@linli/schema/subject';
import type { DevOptions } from './commands/dev.js';
import type { GatewayCommandOptions } from './commands/gateway.js';
import type { DiffOptions } from './commands/policy/diff.js';
import type { ExplainOptions } from './commands/policy/explain.js';
import type { MatrixOptions } from './commands/policy/matrix.js';
import type { TestOptions } from './commands/policy/test.js';
import type { ClassifyOptions, ComposeOptions, LintOptions } from './commands/schema.js';

type JsonOption = { readonly json?: boolean };

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
  addHub(program);
  addToken(program);
  addGateway(program);
  addSchema(program);
  addPolicy(program);
  return program;
}

function addHub(program: Command): void {
  program
    .command('dev')
    .description('run a whole hub on this machine: databases, identity, five departments, gateway')
    .option('--port <number>', 'port of the gateway (LINLI_PORT, default 4000)')
    .option('--home <folder>', 'folder of all local data (LINLI_HOME, default .linli)')
    .option('--residents <number>', 'synthetic residents to seed (LINLI_RESIDENTS, default 20000)')
    .addHelpText('after', examples('linli dev', 'linli dev --port 4100 --home /tmp/second-hub --residents 2000'))
    .action(async (options: DevOptions) => (await import('./commands/dev.js')).dev(options));
  program
    .command('status')
    .description('what runs on LINLI_HOME')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('linli status', 'LINLI_HOME=/tmp/second-hub linli status --json'))
    .action(async (options: JsonOption) => (await import('./commands/status.js')).status(options));
  program
    .command('stop')
    .description('take a department or the identity service of the running hub down, to try an outage')
    .argument('<service>', `${subgraphs.join(', ')}, platforms or identity`)
    .addHelpText('after', examples('linli stop health'))
    .action(async (service: string) => (await import('./commands/outage.js')).stop(service));
  program
    .command('start')
    .description('bring it back')
    .argument('<service>', `${subgraphs.join(', ')}, platforms or identity`)
    .addHelpText('after', examples('linli start health'))
    .action(async (service: string) => (await import('./commands/outage.js')).start(service));
}

function addToken(program: Command): void {
  program
    .command('token')
    .description("print a demo user's access token and nothing else; without a name, the users")
    .argument('[demo-user]')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('linli token', 'linli token family-doctor', 'linli token kiosk'))
    .action(async (name: string | undefined, options: JsonOption) =>
      (await import('./commands/token.js')).token(name, options),
    );
}

function addGateway(program: Command): void {
  program
    .command('gateway')
    .description('run the gateway alone over any Federation 2 supergraph, for developers of subgraphs')
    .requiredOption('--supergraph <file>', 'the composed supergraph')
    .option('--port <number>', 'port on 127.0.0.1', '4000')
    .addOption(
      new Option('--workers <number>', 'processes that answer on the port, 1 to 128, or auto; default 1').env(
        'LINLI_WORKERS',
      ),
    )
    .option('--insecure-no-policy', 'check no identity and apply no policy; never in production')
    .addHelpText(
      'after',
      examples(
        'linli gateway --supergraph supergraph.graphql --port 4200 --insecure-no-policy',
        'linli gateway --supergraph supergraph.graphql --workers auto --insecure-no-policy',
      ),
    )
    .action(async (options: GatewayCommandOptions) => (await import('./commands/gateway.js')).gateway(options));
}

function addSchema(program: Command): void {
  const schema = program.command('schema').description("the departments' contracts in schema/");
  const only = () => new Option('--only <departments...>', 'these departments alone').choices(subgraphs);
  schema
    .command('compose')
    .description('compose the contracts into schema/supergraph.graphql')
    .option('--check', 'write nothing; fail when the file is not what the contracts compose to')
    .option('--output <file>', 'write to another file')
    .addOption(only())
    .option('--json', 'print JSON')
    .addHelpText('after', examples('linli schema compose', 'linli schema compose --check'))
    .action(async (options: ComposeOptions) => (await import('./commands/schema.js')).schemaCompose(options));
  schema
    .command('lint')
    .description('check the contracts: Chinese descriptions, data levels, keys')
    .addOption(only())
    .option('--json', 'print the problems as JSON')
    .addHelpText('after', examples('linli schema lint --only health'))
    .action(async (options: LintOptions) => (await import('./commands/schema.js')).schemaLint(options));
  schema
    .command('classify')
    .description(
      'the catalogue of all fields: level, sharing, mask, whether sealed, who answers them, by which clauses',
    )
    .addOption(new Option('--level <level>', 'only fields of this level').choices(['L1', 'L2', 'L3', 'L4']))
    .addOption(new Option('--department <name>', 'only fields that it answers').choices([...subgraphs]))
    .addOption(new Option('--json', 'print JSON').conflicts('csv'))
    .option('--csv', 'print CSV')
    .addHelpText(
      'after',
      examples('linli schema classify --level L4', 'linli schema classify --department health --csv > health.csv'),
    )
    .action(async (options: ClassifyOptions) => (await import('./commands/schema.js')).schemaClassify(options));
}

function addPolicy(program: Command): void {
  const policy = program.command('policy').description('the security policies in schema/policies');
  const folder = () => new Option('--policies <folder>', 'another folder of policies, or REF:FOLDER of git');
  const language = () => new Option('--lang <language>', 'language of the answer').choices(['zh', 'en']).default('zh');
  const json = () => new Option('--json', 'print JSON');
  policy
    .command('explain')
    .description('what happens to fields, by which policies, why, and what would have to change')
    .requiredOption('--as <user|roles>', 'a demo user; or roles with commas between them, and @department')
    .option('--field <Type.field>', 'one field')
    .option('--operation <file>', 'every field of an operation, and every field that it writes')
    .option('--write', 'ask who may write the field, not who may read it; fields of Mutation are always written')
    .option('--purpose <purpose>', 'the purpose that the request declares')
    .option('--legal-basis', 'a legal basis is stated')
    .option('--case-number', 'a case number is given')
    .option('--break-glass', 'break-glass access is in force')
    .addOption(new Option('--row-relation <relation>', 'only rows of this relation').choices(relations))
    .option('--minor', 'the row is about somebody under 14')
    .addOption(language())
    .addOption(folder())
    .addOption(json())
    .addHelpText(
      'after',
      examples(
        'linli policy explain --as grid-worker --purpose service-handling --field Resident.name --lang en',
        'linli policy explain --as resident --purpose own-affairs --operation schema/operations/my-family.graphql',
      ),
    )
    .action(async (options: ExplainOptions) => (await import('./commands/policy/explain.js')).policyExplain(options));
  policy
    .command('matrix')
    .description('the most that each role can see of each field, by relation')
    .option('--type <type>', 'one type of the graph')
    .option('--csv', 'print CSV')
    .option('--html', 'print a page for a browser')
    .addOption(language())
    .addOption(folder())
    .addOption(json())
    .addHelpText('after', examples('linli policy matrix --type Resident', 'linli policy matrix --html > matrix.html'))
    .action(async (options: MatrixOptions) => (await import('./commands/policy/matrix.js')).policyMatrix(options));
  policy
    .command('diff')
    .description('who sees more and who sees less: what an officer signs')
    .argument('<old>', 'a folder of policies, or REF or REF:FOLDER of git')
    .argument('<new>', 'likewise')
    .addOption(language())
    .addOption(json())
    .addHelpText('after', examples('linli policy diff main schema/policies'))
    .action(async (before: string, after: string, options: DiffOptions) =>
      (await import('./commands/policy/diff.js')).policyDiff(before, after, options),
    );
  const tested = (command: Command) =>
    command
      .option('--cases <folder>', 'folder of *.yaml cases (default tests/ beside the policies)')
      .option('--coverage', 'print how many expectations each policy decided')
      .addOption(folder())
      .addOption(json());
  tested(policy.command('test').description("run the policies' tests; every policy must decide some case"))
    .addHelpText('after', examples('linli policy test --coverage'))
    .action(async (options: TestOptions) => (await import('./commands/policy/test.js')).policyTest(options));
  tested(policy.command('check').description('load, validate and test the policies, and compare the Cedar schema'))
    .addHelpText('after', examples('linli policy check'))
    .action(async (options: TestOptions) => (await import('./commands/policy/test.js')).policyCheck(options));
  policy
    .command('schema')
    .description('write the Cedar schema that the supergraph makes, schema/policies/linli.cedarschema')
    .option('--check', 'write nothing; fail when the file is not what the supergraph says')
    .addHelpText('after', examples('linli policy schema --check'))
    .action(async (options: { readonly check?: boolean }) =>
      (await import('./commands/policy/schema.js')).policySchema(options),
    );
}

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
