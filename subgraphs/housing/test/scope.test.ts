import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { distinctCallers } from '@linli/kit/testing/role-callers';
import { openScopeCheck, type ChildField, type ScopeCheck } from '@linli/kit/testing/scope-check';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { subgraph } from '../src/subgraph.js';

let service: TestSubgraph;
let check: ScopeCheck;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 3000 });
  check = await openScopeCheck(service, subgraph);
});

afterAll(() => service.close());

/** Lists below parents: parent, its key, the list, what it lists, and the field by which that names the parent. */
const children: ChildField[] = [
  { parent: 'Community', key: 'code', field: 'buildings', type: 'Building', by: 'communityCode' },
  { parent: 'Community', key: 'code', field: 'propertyProjects', type: 'PropertyProject', by: 'communityCode' },
  { parent: 'Household', key: 'id', field: 'tenancy', type: 'Tenancy', by: 'householdId' },
  { parent: 'Building', key: 'code', field: 'units', type: 'HousingUnit', by: 'buildingCode' },
  { parent: 'Building', key: 'code', field: 'safetyInspections', type: 'SafetyInspection', by: 'buildingCode' },
  { parent: 'HousingUnit', key: 'code', field: 'tenancy', type: 'Tenancy', by: 'unitCode' },
  { parent: 'HousingUnit', key: 'code', field: 'safetyInspections', type: 'SafetyInspection', by: 'unitCode' },
  { parent: 'PropertyCompany', key: 'id', field: 'projects', type: 'PropertyProject', by: 'companyId' },
  { parent: 'PropertyProject', key: 'id', field: 'buildings', type: 'Building', by: 'projectId' },
  { parent: 'PropertyProject', key: 'id', field: 'votes', type: 'OwnersVote', by: 'projectId' },
  { parent: 'PropertyProject', key: 'id', field: 'safetyInspections', type: 'SafetyInspection', by: 'projectId' },
  { parent: 'PropertyProject', key: 'id', field: 'inspectionRounds', type: 'InspectionRound', by: 'projectId' },
  { parent: 'PropertyProject', key: 'id', field: 'edgeDevices', type: 'EdgeDevice', by: 'projectId' },
  { parent: 'PropertyProject', key: 'id', field: 'repairRequests', type: 'RepairRequest', by: 'projectId' },
  { parent: 'Community', key: 'code', field: 'edgeDevices', type: 'EdgeDevice', by: 'communityCode' },
  { parent: 'Community', key: 'code', field: 'idlePremises', type: 'IdlePremises', by: 'communityCode' },
  { parent: 'HousingUnit', key: 'code', field: 'ownership', type: 'UnitOwnership', by: 'unitCode' },
  { parent: 'Tenancy', key: 'id', field: 'filing', type: 'LeaseFiling', by: 'tenancyId' },
  { parent: 'Resident', key: 'id', field: 'leaseFilings', type: 'LeaseFiling', by: 'tenantId' },
  { parent: 'Resident', key: 'id', field: 'accessibilityWorks', type: 'AccessibilityWork', by: 'applicantId' },
  { parent: 'Resident', key: 'id', field: 'repairRequests', type: 'RepairRequest', by: 'reporterId' },
  { parent: 'IdlePremises', key: 'id', field: 'proposals', type: 'PremisesProposal', by: 'premisesId' },
  { parent: 'InspectionRound', key: 'id', field: 'hazards', type: 'SafetyInspection', by: 'roundId' },
];

describe.each(distinctCallers)('a caller with the relations of %s', (_, caller) => {
  test('is shown by root fields the rows of the scope, and no others', async () => {
    expect(await check.rootMistakes(caller)).toEqual([]);
  });

  test('finds by key the rows of the scope, and no others', async () => {
    expect(await check.entityMistakes(caller)).toEqual([]);
  });

  test('is shown below others the rows of the scope, and no others', async () => {
    expect(await check.childMistakes(caller, children)).toEqual([]);
  });
});

test('all that leads to a person, a home or an estate is among these', () => {
  expect(check.types).toEqual([
    'Building',
    'HousingUnit',
    'Tenancy',
    'UnitOwnership',
    'LeaseFiling',
    'PropertyProject',
    'OwnersVote',
    'SafetyInspection',
    'InspectionRound',
    'EdgeDevice',
    'IdlePremises',
    'PremisesProposal',
    'AccessibilityWork',
    'RepairRequest',
  ]);
  expect([...check.roots].sort()).toEqual([
    'accessibilityWork',
    'accessibilityWorks',
    'building',
    'buildings',
    'edgeDevices',
    'housingUnit',
    'idlePremises',
    'idlePremisesItem',
    'inspectionRound',
    'inspectionRounds',
    'leaseFiling',
    'leaseFilings',
    'ownersVote',
    'ownersVotes',
    'premisesProposals',
    'propertyProject',
    'propertyProjects',
    'repairRequest',
    'repairRequests',
    'safetyInspection',
    'safetyInspections',
  ]);
});

test('whoever may see a tenancy but not the home is told of no home, without an error', async () => {
  const { data, errors } = await service.query(
    `{ _entities(representations: [{ __typename: "Household", id: "demo-household" }]) { ... on Household {
        tenancy { unit { code } tenant { id } } dwelling { code } } } }`,
    {},
    { subject: { residentId: 'demo-elder' }, scope: { Tenancy: ['self'] } },
  );
  expect(errors).toBeUndefined();
  expect(data._entities).toEqual([{ tenancy: { unit: null, tenant: { id: 'demo-resident' } }, dwelling: null }]);
});

test('numbers of homes and hazards are the same whoever asks: they show none', async () => {
  const operation = `{ _entities(representations: [{ __typename: "Community", code: "440303001001" }]) { ... on Community {
    housingSummary { buildings units occupiedUnits suppressed } propertyProjects { nodes { openHazards } } } } }`;
  const all = await service.query(operation);
  const outsider = await service.query(operation, {}, { scope: { PropertyProject: ['none'] } });
  expect(outsider.data).toEqual(all.data);
  expect(all.data._entities[0].housingSummary.units).toBeGreaterThan(0);
});
