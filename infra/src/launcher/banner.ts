import type { DemoUser } from '../identity/realm.js';
import type { Home } from './home.js';
import type { HubInfo } from './hub-file.js';

/**
 * What a newcomer needs once the hub answers.
 *
 * @param users the realm's demo users; empty for an issuer of somebody else's
 */
export function banner(hub: HubInfo, home: Home, users: readonly DemoUser[]): string {
  const rows: [string, string][] = [
    ['GraphQL', `${hub.url}/graphql`],
    ['Explorer', `${hub.url}/`],
    ['Health', `${hub.url}/health`],
    ['Issuer', hub.issuer],
    ['Data', home.folder],
    ['Logs', home.logs],
  ];
  const lines = ['', 'Linli 邻里 is ready.', '', ...rows.map(([name, value]) => `  ${name.padEnd(9)} ${value}`), ''];
  if (users.length > 0) lines.push(...userLines(users));
  lines.push('  Ctrl-C stops everything.', '');
  return lines.join('\n');
}

function userLines(users: readonly DemoUser[]): string[] {
  const width = Math.max(...users.map(({ username }) => username.length));
  const nameWidth = Math.max(...users.map(({ name }) => name.length));
  return [
    '  Demo users (password linli-demo; for a token: npm run -s token -- <user>):',
    ...users.map(
      ({ username, name, description }) =>
        `    ${username.padEnd(width)}  ${name}${'　'.repeat(nameWidth - name.length)}  ${description}`,
    ),
    '',
  ];
}
