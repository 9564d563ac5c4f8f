import { demoUsers, readRealm } from '@linli/infra/identity/realm';
import type { Realm } from '@linli/infra/identity/realm';
import { fetchToken } from '@linli/infra/identity/token';
import { homeAt } from '@linli/infra/launcher/home';
import type { Home } from '@linli/infra/launcher/home';
import { readHub } from '@linli/infra/launcher/hub-file';
import { loadSecrets } from '@linli/infra/launcher/secrets';
import { readSettings } from '@linli/infra/launcher/settings';
import { fetchClientToken } from '../client-token.js';
import { unknownUser } from '../errors.js';

/** The open-data terminal signs in as a program, not as a person. */
const kiosk = 'kiosk';

/**
 * `linli token`: prints a demo user's access token and nothing else, or without a name the users there are. The issuer
 * is LINLI_ISSUER's, else that of the hub that runs on LINLI_HOME.
 */
export async function token(name: string | undefined, { json = false }: { readonly json?: boolean }): Promise<void> {
  const realm = readRealm();
  if (name === undefined) return list(realm, json);
  const user = demoUsers(realm).find(({ username }) => username === name);
  if (!user && name !== kiosk) throw unknownUser(name, [...demoUsers(realm).map(({ username }) => username), kiosk]);
  const settings = readSettings(process.env);
  const home = homeAt(settings.home);
  const issuer = settings.issuer ?? readHub(home).issuer;
  const access = user
    ? await fetchToken({ issuer, username: name, password: passwordOf(realm, name), clientId: 'linli-cli' })
    : await fetchClientToken(issuer, 'linli-kiosk', kioskSecret(home));
  console.log(json ? JSON.stringify({ access_token: access }) : access);
}

function list(realm: Realm, json: boolean): void {
  const users = [
    ...demoUsers(realm),
    { username: kiosk, name: '自助终端', roles: [kiosk], description: '开放数据终端：以程序身份登录' },
  ];
  if (json) return console.log(JSON.stringify(users, null, 2));
  const width = Math.max(...users.map(({ username }) => username.length));
  for (const { username, name, description } of users)
    console.log(`${username.padEnd(width)}  ${name}  ${description}`);
}

/** Demo passwords stand in the realm file for everyone to read, and are good for nothing but trying things out. */
function passwordOf(realm: Realm, name: string): string {
  const credentials = realm.users.find(({ username }) => username === name)?.credentials;
  return credentials?.find(({ type }) => type === 'password')?.value ?? '';
}

function kioskSecret(home: Home): string {
  return process.env['LINLI_KIOSK_SECRET'] || loadSecrets(home).kioskSecret;
}
