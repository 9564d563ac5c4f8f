/** `unit` needs nothing; `departments` run on a real PostgreSQL; `hub` on a whole running hub. */
const packages = {
  schema: 'schema',
  kit: 'subgraphs/kit',
  'civil-affairs': 'subgraphs/civil-affairs',
  health: 'subgraphs/health',
  housing: 'subgraphs/housing',
  'public-security': 'subgraphs/public-security',
  education: 'subgraphs/education',
  'openapi-bridge': 'subgraphs/openapi-bridge',
  connectors: 'subgraphs/connectors',
  governance: 'subgraphs/governance',
  gateway: 'gateway',
  infra: 'infra',
  cli: 'cli',
};

const base = {
  rootDir: '.',
  testEnvironment: 'node',
  runner: '<rootDir>/infra/test/setup/hub-in-one-lane.mjs',
  setupFiles: ['<rootDir>/schema/src/graphql-in-production.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    ...Object.fromEntries(
      Object.entries(packages).map(([name, dir]) => [`^@linli/${name}/(.*)$`, `<rootDir>/${dir}/src/$1`]),
    ),
  },
  modulePathIgnorePatterns: ['/dist/', '/.linli/'],
};

export default {
  // Against what never ends: how long something takes on a busy machine is not what tests are about.
  testTimeout: 120_000,
  // Modules of tests that have ended stay in memory: a worker that holds this much is replaced by a new one.
  workerIdleMemoryLimit: '1500MB',
  maxWorkers: 3,
  testSequencer: '<rootDir>/infra/test/setup/longest-first.mjs',
  // A connection that some client keeps open a while longer must not keep a finished run from ending.
  forceExit: true,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{schema,gateway,infra,cli}/test/**/*.test.ts',
        '<rootDir>/subgraphs/{kit,openapi-bridge}/test/**/*.test.ts',
      ],
      testPathIgnorePatterns: ['/infra/test/hub/', '/subgraphs/kit/test/database/', '/gateway/test/database/'],
    },
    {
      ...base,
      displayName: 'departments',
      testMatch: [
        '<rootDir>/subgraphs/!(kit|openapi-bridge)/test/**/*.test.ts',
        '<rootDir>/{subgraphs/kit,gateway}/test/database/**/*.test.ts',
      ],
      globalSetup: '<rootDir>/infra/test/setup/postgres.mjs',
    },
    {
      ...base,
      displayName: 'hub',
      testMatch: ['<rootDir>/infra/test/hub/**/*.test.ts'],
      globalSetup: '<rootDir>/infra/test/setup/hub.mjs',
    },
  ],
};
