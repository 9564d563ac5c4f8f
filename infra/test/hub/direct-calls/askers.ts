import { subjectOf } from '@linli/gateway/authentication/claims';
import { actorOf } from '@linli/gateway/policy/actor';
import { askedOf, type Asked } from '@linli/gateway/policy/asked';
import { anonymous, type Standing, type Subject } from '@linli/schema/subject';
import { decodeJwt } from 'jose';
import type { Actor } from '@linli/gateway/policy/actor';
import { demoUsers, readRealm } from '../../../src/identity/realm.js';
import { fetchToken } from '../../../src/identity/token.js';
import { linli, testHub } from '../../support/test-hub.js';
import type { HubDepartment } from './departments.js';

/** Somebody who asks for some end. */
export interface Asker {
  /** As a test is named. */
  readonly name: string;
  readonly actor: Actor;
  /** What the policies are told. */
  readonly asked: Asked;
}

/** Subjects as the hub's own issuer describes them: every demo user, the kiosk, and whoever shows no token. */
async function subjects(): Promise<[string, Subject][]> {
  const realm = readRealm();
  const users = await Promise.all(
    demoUsers(realm).map(async ({ username }): Promise<[string, Subject]> => {
      const credentials = realm.users.find((user) => user.username === username)?.credentials;
      const password = credentials?.find(({ type }) => type === 'password')?.value ?? '';
      const token = await fetchToken({ issuer: testHub.issuer, username, password, clientId: 'linli-cli' });
      return [username, subjectOf(decodeJwt(token))];
    }),
  );
  const kiosk = subjectOf(decodeJwt((await linli(['token', 'kiosk'])).trim()));
  return [...users, ['kiosk', kiosk], ['nobody', anonymous]];
}

/** Every subject with nothing declared, and for each purpose they were granted, with all that may be declared beside. */
export async function askers(): Promise<Asker[]> {
  return (await subjects()).flatMap(([user, subject]) =>
    [undefined, ...subject.purposes].map((purpose): Asker => {
      const emergency = purpose === 'emergency';
      const headers: Record<string, string> =
        purpose === undefined
          ? {}
          : {
              'linli-purpose': purpose,
              'linli-legal-basis': 'duty',
              'linli-case-number': 'case-1',
              ...(emergency && { 'linli-emergency-reason': 'somebody is in danger' }),
            };
      const actor = actorOf(subject, (header) => headers[header]);
      return { name: purpose === undefined ? user : `${user} for ${purpose}`, actor, asked: askedOf(actor, emergency) };
    }),
  );
}

/** Who is close to a subject, asked of civil affairs as the gateway does. */
export async function standingOf(subject: Subject, civilAffairs: HubDepartment): Promise<Standing> {
  const nobodyClose: Standing = { household: [], wards: [] };
  const { data } = await civilAffairs.query(
    '{ standing { household wards } }',
    {},
    { subject, standing: nobodyClose, scope: {} },
  );
  return data.standing ?? nobodyClose;
}
