/**
 * Builds what runs: database clients, types from the contracts, the programs and the explorer's page.
 * A step whose inputs have not changed since it last succeeded is skipped, so calling this is always cheap and
 * `npm start` after fetching new sources just works. `--force` runs every step.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { departmentFolders, root, workspaces } from './build/layout.mjs';
import { fingerprint, readStamp, writeStamp } from './build/stamp.mjs';

const started = Date.now();
const force = process.argv.includes('--force');
const stamp = force ? {} : readStamp();
const bin = (name) => join(root, 'node_modules/.bin', name);

/** Prisma asks for its schema engine even where it does not use it, and would download one. */
const prismaEnvironment = {
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
  ...process.env,
};

const databaseClients = departmentFolders()
  .filter((folder) => existsSync(join(root, folder, 'prisma/schema.prisma')))
  .map((folder) => ({
    name: `database client of ${folder.slice('subgraphs/'.length)}`,
    inputs: [`${folder}/prisma`],
    match: /\.prisma$/,
    outputs: outputsOf(folder),
    command: [bin('prisma'), 'generate', '--schema', 'prisma'],
    cwd: folder,
    env: prismaEnvironment,
  }));

const codegenTargets = targetsOf(readFileSync(join(root, 'codegen.yml'), 'utf8'));
const types = {
  name: 'types from the contracts',
  inputs: ['codegen.yml', 'schema'],
  match: /\.(yml|graphql)$/,
  outputs: codegenTargets,
  command: [bin('graphql-codegen'), '--config', 'codegen.yml'],
};

const programs = {
  name: 'programs',
  inputs: ['tsconfig.base.json', ...workspaces().flatMap((folder) => [`${folder}/src`, `${folder}/tsconfig.json`])],
  outputs: workspaces().map((folder) => `${folder}/dist/.tsbuildinfo`),
  command: [process.execPath, bin('tsc'), '-b', ...workspaces()],
};

const explorer = {
  name: 'explorer',
  inputs: [
    'gateway/scripts',
    'gateway/src/explorer',
    'gateway/src/subscription/event-stream.ts',
    'gateway/explorer',
    'gateway/vite.config.ts',
    'gateway/package.json',
  ],
  outputs: ['gateway/dist/explorer'],
  command: [process.execPath, 'gateway/scripts/build-explorer.mjs'],
};

const ran = [];
// Two at a time: most machines have no more cores to spare, and each of these is busy with one.
await together(2, [
  ...databaseClients.map((step) => () => run(step)),
  ...(codegenTargets.length > 0 ? [() => run(types)] : []),
]);
await together(2, [() => run(programs), ...(existsSync(join(root, explorer.command[1])) ? [() => run(explorer)] : [])]);
if (ran.length > 0) console.log(`Built ${ran.join(', ')} in ${((Date.now() - started) / 1000).toFixed(1)} s.`);

async function run({ name, inputs, match, outputs, command: [program, ...args], cwd = '.', env = process.env }) {
  const print = fingerprint(['package-lock.json', ...inputs], match);
  if (stamp[name] === print && outputs.every((path) => existsSync(join(root, path)))) return;
  // A failed step leaves outputs of its own behind: going back to the inputs of an earlier success must run it again.
  delete stamp[name];
  writeStamp(stamp);
  const child = spawn(program, args, { cwd: join(root, cwd), env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      said += error.message;
      resolve(1);
    });
    child.once('close', resolve);
  });
  if (code !== 0) {
    console.error(`The build stopped at: ${name} (${[program, ...args].join(' ')} in ${cwd})\n${said.trim()}`);
    process.exit(1);
  }
  stamp[name] = print;
  writeStamp(stamp);
  ran.push(name);
}

/** Runs the tasks in their order, at most `width` at the same time. */
async function together(width, tasks) {
  const queue = [...tasks];
  const lane = async () => {
    for (let task = queue.shift(); task; task = queue.shift()) await task();
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** Where a department's Prisma schema says its client goes. */
function outputsOf(folder) {
  const schema = readFileSync(join(root, folder, 'prisma/schema.prisma'), 'utf8');
  return [...schema.matchAll(/^\s*output\s*=\s*"([^"]+)"/gm)].map(([, path]) => join(folder, 'prisma', path));
}

/** The files that codegen.yml says it generates: the keys right below `generates`. */
function targetsOf(text) {
  const section = text
    .slice(text.search(/^generates:/m))
    .split('\n')
    .slice(1);
  return section.map((line) => /^ {2}(?:'|")?([^\s'":#]+)(?:'|")?:/.exec(line)?.[1]).filter(Boolean);
}
