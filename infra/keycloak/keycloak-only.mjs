/**
 * Checks that only Keycloak itself can answer, through its administration interface: what the realm file says about
 * who may change what, which the embedded issuer has no pages for.
 */
import assert from 'node:assert/strict';

const guarded = ['department', 'jurisdiction', 'resident_id', 'staff_id', 'purposes'];

/** Runs them; each outcome has a name and, where it failed, a problem. */
export async function keycloakOnly(base, admin, realm) {
  const token = await adminToken(base, admin);
  const get = async (path) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await globalThis.fetch(`${base}/admin/realms/${realm.realm}${path}`, { headers });
    assert.equal(answer.status, 200, `${path} answers ${answer.status}`);
    return answer.json();
  };
  const checks = {
    'nobody but an administrator changes what decides their access': async () => {
      const profile = await get('/users/profile');
      for (const name of guarded) {
        const attribute = profile.attributes.find((one) => one.name === name);
        assert.deepEqual(attribute?.permissions.edit, ['admin'], `${name} can be edited by its owner`);
      }
      assert.equal(profile.unmanagedAttributePolicy, 'ADMIN_EDIT');
    },
    'guessing passwords is held back, and refresh tokens rotate': async () => {
      const found = await get('');
      assert.equal(found.bruteForceProtected, true);
      assert.equal(found.failureFactor, realm.failureFactor);
      assert.equal(found.revokeRefreshToken, true);
      assert.equal(found.accessTokenLifespan, realm.accessTokenLifespan);
    },
    'every user, role and group of the file was imported': async () => {
      const users = (await get('/users?max=200')).map((one) => one.username);
      const people = realm.users.filter((one) => one.serviceAccountClientId === undefined);
      for (const { username } of people) assert.ok(users.includes(username), `user ${username} is missing`);
      const roles = (await get('/roles?max=200')).map((one) => one.name);
      for (const { name } of realm.roles.realm) assert.ok(roles.includes(name), `role ${name} is missing`);
      const groups = (await get('/groups?max=200')).map((one) => one.name);
      for (const { name } of realm.groups) assert.ok(groups.includes(name), `group ${name} is missing`);
    },
  };
  const outcomes = [];
  for (const [name, run] of Object.entries(checks)) {
    const problem = await run().then(
      () => undefined,
      (error) => error.message,
    );
    outcomes.push({ name, problem });
  }
  return outcomes;
}

async function adminToken(base, { username, password }) {
  const answer = await globalThis.fetch(`${base}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new globalThis.URLSearchParams({
      grant_type: 'password',
      client_id: 'admin-cli',
      username,
      password,
    }).toString(),
  });
  assert.equal(answer.status, 200, `the administrator gets no token: ${answer.status}`);
  return (await answer.json()).access_token;
}
