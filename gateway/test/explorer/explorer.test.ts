import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readExamples } from '../../src/explorer/examples.js';
import type { TestHub } from '../support/hub.js';
import { startTestHub } from '../support/hub.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

async function get(path: string): Promise<{ response: Response; text: string }> {
  const response = await fetch(hub.url + path);
  return { response, text: await response.text() };
}

describe('the page at /', () => {
  test('may load from this gateway alone, and talk to it and the issuer alone', async () => {
    const { response } = await get('/');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy')?.split('; ') ?? [];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain(`connect-src 'self' ${new URL(hub.issuer.url).origin}`);
    expect(policy).toContain("frame-ancestors 'none'");
    const sources = policy.flatMap((directive) => directive.split(' ').slice(1));
    const allowed = ["'none'", "'self'", "'unsafe-inline'", 'data:', new URL(hub.issuer.url).origin];
    expect(sources.filter((source) => !allowed.includes(source))).toEqual([]);
  });

  test('names only files that are served, of the right type, to be kept', async () => {
    const { text } = await get('/');
    const links = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => String(link));
    expect(links.filter((link) => link.endsWith('.js')).length).toBeGreaterThan(0);
    for (const link of links) {
      expect(link).toMatch(/^\/explorer\//);
      const { response } = await get(link);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^(text\/(javascript|css)|image\/svg\+xml)/);
      if (link.includes('/assets/')) expect(response.headers.get('cache-control')).toContain('immutable');
    }
  });

  test('has no script of its own in the text, which the policy would stop', async () => {
    const { text } = await get('/');
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)/);
  });
});

test.each([
  '/explorer/../package.json',
  '/explorer/..%2fexplorer.js',
  '/explorer/',
  '/explorer/assets',
  '/explorer/none.js',
])('there is nothing at %s', async (path) => {
  expect((await get(path)).response.status).toBe(404);
});

test('the explorer is read, not written', async () => {
  const response = await fetch(`${hub.url}/`, { method: 'POST', body: '{}' });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, HEAD');
});

test('is told where to sign in', async () => {
  const { text } = await get('/explorer/config.json');
  expect(JSON.parse(text)).toMatchObject({
    secure: true,
    issuer: {
      clientId: 'linli-explorer',
      authorizationEndpoint: `${hub.issuer.url}/auth`,
      tokenEndpoint: `${hub.issuer.url}/token`,
    },
  });
});

test('works without sign-in while the identity provider is down', async () => {
  const own = await startTestHub();
  await own.issuer.close();
  const response = await fetch(`${own.url}/explorer/config.json`);
  expect(response.status).toBe(200);
  const config = (await response.json()) as Record<string, unknown>;
  expect(config['secure']).toBe(true);
  expect(config['issuer']).toBeUndefined();
  await own.close();
});

test('examples are the operations of a folder, titled by their first comment, with their variables', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'linli-operations-'));
  await writeFile(join(folder, '02-family.graphql'), 'query Family { __typename }\n');
  await writeFile(
    join(folder, '01-place.graphql'),
    '# 社区全景 Community 360\nquery Place($code: ID!) { __typename }\n',
  );
  await writeFile(join(folder, '01-place.variables.json'), '{"code":"440303001001"}');
  await writeFile(join(folder, 'README.md'), 'no operation');
  expect(await readExamples(folder)).toEqual([
    {
      name: '01-place',
      title: '社区全景 Community 360',
      query: '# 社区全景 Community 360\nquery Place($code: ID!) { __typename }\n',
      variables: '{"code":"440303001001"}',
    },
    { name: '02-family', title: '02-family', query: 'query Family { __typename }\n', variables: '' },
  ]);
  expect(await readExamples(join(folder, 'none'))).toEqual([]);
  await rm(folder, { recursive: true });
});
