import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { distinctCallers } from '@linli/kit/testing/role-callers';
import { openScopeCheck, type ChildField, type ScopeCheck } from '@linli/kit/testing/scope-check';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { subgraph } from '../src/subgraph.js';

let service: TestSubgraph;
let check: ScopeCheck;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 2000 });
  check = await openScopeCheck(service, subgraph);
});

afterAll(() => service.close());

const below = (parent: string, key: string, by: string) => (field: string, type: string) => ({
  parent,
  key,
  field,
  type,
  by,
});
const ofCommunity = below('Community', 'code', 'communityCode');
const children: ChildField[] = [
  ofCommunity('policePosts', 'PolicePost'),
  ofCommunity('gridCells', 'GridCell'),
  ofCommunity('gridEvents', 'GridEvent'),
  ofCommunity('emergencyPlan', 'EmergencyPlan'),
  ofCommunity('surveillanceSites', 'SurveillanceSite'),
  below('PolicePost', 'id', 'postId')('officers', 'CommunityOfficer'),
  below('GridCell', 'code', 'gridCode')('events', 'GridEvent'),
  below('Resident', 'id', 'residentId')('registration', 'PopulationRegistration'),
  below('Resident', 'id', 'holderId')('residencePermit', 'ResidencePermit'),
  below('Resident', 'id', 'personId')('correctionCases', 'CorrectionCase'),
  ofCommunity('dutyShifts', 'DutyShift'),
  ofCommunity('supplyStocks', 'SupplyStock'),
  ofCommunity('emergencyDrills', 'EmergencyDrill'),
  ofCommunity('broadcastTerminals', 'BroadcastTerminal'),
  ofCommunity('watchTeams', 'WatchTeam'),
  below('Resident', 'id', 'applicantId')('residencePermitApplications', 'ResidencePermitApplication'),
  below('Resident', 'id', 'residentId')('gridVisits', 'GridVisit'),
  below('Resident', 'id', 'residentId')('legalConsultations', 'LegalConsultation'),
  below('Resident', 'id', 'requesterId')('mediations', 'Mediation'),
  below('SurveillanceSite', 'id', 'siteId')('alerts', 'DeviceAlert'),
  below('GridEvent', 'id', 'eventId')('alerts', 'DeviceAlert'),
  below('EmergencyShelter', 'id', 'shelterId')('supplies', 'SupplyStock'),
  below('CorrectionCase', 'id', 'caseId')('visits', 'CorrectionVisit'),
];

describe.each(distinctCallers)('a caller with the relations of %s', (_, caller) => {
  test('is shown by root fields the rows of the scope, and no others', async () => {
    expect(await check.rootMistakes(caller)).toEqual([]);
  });

  test('finds by key the rows of the scope, and no others', async () => {
    expect(await check.entityMistakes(caller)).toEqual([]);
  });

  test('is shown below a row the rows of the scope, and no others', async () => {
    expect(await check.childMistakes(caller, children)).toEqual([]);
  });
});

test('all that leads to scoped rows is among these', () => {
  expect(check.types).toEqual([
    'PolicePost',
    'CommunityOfficer',
    'PopulationRegistration',
    'ResidencePermit',
    'GridCell',
    'GridEvent',
    'EmergencyPlan',
    'SurveillanceSite',
    'Incident',
    'CorrectionCase',
    'CorrectionVisit',
    'DutyShift',
    'ResidencePermitApplication',
    'GridVisit',
    'DeviceAlert',
    'SupplyStock',
    'SupplyMovement',
    'EmergencyDrill',
    'BroadcastTerminal',
    'WatchTeam',
    'LegalConsultation',
    'Mediation',
  ]);
  expect([...check.roots].sort()).toEqual([
    'broadcastTerminals',
    'communityOfficers',
    'correctionCases',
    'deviceAlerts',
    'dutyShifts',
    'emergencyDrills',
    'gridCell',
    'gridEvent',
    'gridEvents',
    'gridVisits',
    'incident',
    'incidents',
    'legalConsultations',
    'mediation',
    'mediations',
    'policePost',
    'policePosts',
    'registrations',
    'residencePermitApplication',
    'residencePermitApplications',
    'supplyMovements',
    'supplyStocks',
    'surveillanceSites',
    'watchTeams',
  ]);
});

describe('incidents', () => {
  const own = `{ _entities(representations: [{ __typename: "Resident", id: "demo-resident" }]) {
    ... on Resident { incidents { id kind state summary location parties { id } handlers minor community { code } } } } }`;

  test('are found below a party to them, with who handles them', async () => {
    const { data } = await service.query(own);
    expect(data._entities[0].incidents).toEqual([
      expect.objectContaining({
        kind: 'TRAFFIC',
        summary: expect.stringMatching(/^示例：/),
        location: expect.stringMatching(/^深圳市罗湖区桂园街道示例路\d+号$/),
        parties: expect.arrayContaining([{ id: 'demo-resident' }]),
        handlers: ['demo-community-police'],
        minor: false,
        community: { code: '440303001001' },
      }),
    ]);
  });

  test('are shown below a resident to whom the scope lets them through, newest first', async () => {
    const ask = async (scope: object) =>
      (await service.query(own, {}, { subject: { residentId: 'demo-resident' }, scope: { ...scope } })).data
        ._entities[0].incidents;
    expect(await ask({ Incident: ['self'] })).toHaveLength(1);
    expect(await ask({ Incident: ['assigned'] })).toEqual([]);
    expect(await ask({})).toEqual([]);
  });

  test('can be listed by kind and state, and found by id', async () => {
    const { data } = await service.query(
      '{ incidents(place: "4403", kind: TRAFFIC, state: CLOSED) { totalCount nodes { id kind state } } }',
    );
    expect(data.incidents.totalCount).toBeGreaterThan(0);
    for (const node of data.incidents.nodes) expect(node).toMatchObject({ kind: 'TRAFFIC', state: 'CLOSED' });
    const [{ id }] = data.incidents.nodes;
    expect((await service.query(`{ incident(id: "${id}") { id } }`)).data.incident).toEqual({ id });
  });
});

test('a correction case is found by whom it is assigned to, and by nobody else, oneself included', async () => {
  const operation = `{ correctionCases(place: "440303001001") { totalCount nodes { kind person { id } handlers minor } }
    _entities(representations: [{ __typename: "Resident", id: "demo-resident" }]) {
      ... on Resident { correctionCases { id } } } }`;
  const handler = { subject: { staffId: 'demo-community-police' }, scope: { CorrectionCase: ['assigned' as const] } };
  const { data } = await service.query(operation, {}, handler);
  expect(data.correctionCases.nodes).toContainEqual({
    kind: 'COMMUNITY_CORRECTION',
    person: { id: 'demo-resident' },
    handlers: ['demo-community-police'],
    minor: false,
  });
  expect(data._entities[0].correctionCases).toHaveLength(1);

  const self = { subject: { residentId: 'demo-resident' }, scope: { CorrectionCase: ['assigned' as const] } };
  const hidden = (await service.query(operation, {}, self)).data;
  expect(hidden.correctionCases).toEqual({ totalCount: 0, nodes: [] });
  expect(hidden._entities[0].correctionCases).toEqual([]);
});

test('an event whose grid cell is out of sight keeps the rest', async () => {
  const { data, errors } = await service.query(
    '{ gridEvents(place: "440303001001", first: 1) { nodes { id grid { code } } } }',
    {},
    { scope: { GridEvent: ['none'] } },
  );
  expect(errors).toBeUndefined();
  expect(data.gridEvents.nodes[0].grid).toBeNull();
});

test('without an assertion nothing is answered', async () => {
  for (const root of check.roots) {
    expect((await service.send(`{ ${root} { __typename } }`, undefined)).status).toBe(401);
  }
});
