/** The house's one-way streets: no circle anywhere, departments never see each other or the gateway. */
const departments = 'civil-affairs|health|housing|public-security|education|connectors|governance|openapi-bridge';

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'schema-imports-nothing',
      severity: 'error',
      from: { path: '^schema/src' },
      to: { pathNot: '^(schema/|node:)|^[a-z_/]+$' },
    },
    {
      name: 'departments-stand-alone',
      severity: 'error',
      from: { path: `^subgraphs/(${departments})/` },
      to: { path: `^(subgraphs/(${departments})|gateway|infra|cli)/`, pathNot: '^subgraphs/$1/' },
    },
    {
      name: 'kit-knows-no-department',
      severity: 'error',
      from: { path: '^subgraphs/kit/' },
      to: { path: `^(subgraphs/(${departments})|gateway|infra|cli)/` },
    },
    {
      name: 'gateway-stands-alone',
      severity: 'error',
      from: { path: '^gateway/src' },
      to: { path: '^(subgraphs|infra|cli)/' },
    },
    {
      name: 'nothing-imports-http',
      severity: 'error',
      from: { path: '^gateway/src/', pathNot: '^gateway/src/(http/|[^/]+$)' },
      to: { path: '^gateway/src/http/' },
    },
    {
      name: 'authentication-is-early',
      severity: 'error',
      from: { path: '^gateway/src/authentication/' },
      to: { path: '^gateway/src/(operation|planning|policy|execution|audit)/' },
    },
    {
      name: 'operation-before-planning',
      severity: 'error',
      from: { path: '^gateway/src/operation/' },
      to: { path: '^gateway/src/(planning|policy|execution|audit)/' },
    },
    {
      name: 'planning-before-policy',
      severity: 'error',
      from: { path: '^gateway/src/planning/' },
      to: { path: '^gateway/src/(policy|execution|audit)/' },
    },
    {
      name: 'policy-before-execution',
      severity: 'error',
      from: { path: '^gateway/src/policy/' },
      to: { path: '^gateway/src/(execution|audit)/' },
    },
    {
      name: 'execution-before-audit',
      severity: 'error',
      from: { path: '^gateway/src/(execution|subscription)/' },
      to: { path: '^gateway/src/audit/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|generated|test|node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
  },
};
