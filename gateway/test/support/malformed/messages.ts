import { pickOne, randomInteger, randomName } from '../random.js';
import type { Family, MalformedRequest } from './request.js';
import { ask, good, graphqlJson, post } from './request.js';

export const wrongMethods: Family = (random) => ({
  ...post('wrong methods', JSON.stringify(good), {
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    message: /Only GET .* and POST are served/,
    headers: { allow: /^GET, POST, OPTIONS$/ },
  }),
  method: pickOne(random, ['PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'QUERY', 'MKCOL', 'LINK']),
});

export const wrongContentTypes: Family = (random) => {
  const type = pickOne(random, [
    'text/plain',
    'text/plain; charset=utf-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'application/xml',
    'application/jsonp',
    'json',
    '*/*',
    'application/json; charset=utf-16',
    `application/${randomName(random)}`,
  ]);
  const expect = { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message: /Content-Type: application\/json|UTF-8/ };
  return {
    ...post('wrong content types', JSON.stringify(good), expect),
    headers: { ...graphqlJson, 'content-type': type },
  };
};

export const wrongEncodings: Family = (random) => ({
  ...post('wrong encodings', JSON.stringify(good), {
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: /uncompressed/,
  }),
  headers: { ...graphqlJson, 'content-encoding': pickOne(random, ['gzip', 'br', 'deflate', 'zstd', 'x']) },
});

export const wrongAccept: Family = (random) => {
  const types = ['text/html', 'application/xml', 'image/*', 'application/json;q=0', 'application/graphql+json', 'x'];
  const expect = { status: 406, code: 'NOT_ACCEPTABLE', message: /application\/graphql-response\+json/ };
  return {
    ...post('wrong accept', JSON.stringify(good), expect),
    headers: { ...graphqlJson, accept: pickOne(random, types) },
  };
};

export const badTokens: Family = (random, options) => {
  const garbage = pickOne(random, [
    'a.b.c',
    'x',
    '....',
    `${randomName(random)}.${randomName(random)}.`,
    'e30.e30.e30',
  ]);
  const { token, reason } = pickOne(random, [
    { token: garbage, reason: '' },
    ...options.badTokens,
    ...options.badTokens,
  ]);
  const scheme = random() < 0.9 ? 'Bearer' : 'bearer';
  return {
    ...post('bad tokens', JSON.stringify({ query: '{ __typename }' }), {
      status: 401,
      code: 'UNAUTHENTICATED',
      message: /The access token was refused: [a-z]/,
      headers: { 'www-authenticate': /^Bearer error="invalid_token", error_description="[ -!#-~]+"$/ },
    }),
    headers: { ...graphqlJson, authorization: `${scheme} ${token}` },
    ...(reason && { family: `bad tokens: ${reason}` }),
  };
};

export const badSchemes: Family = (random) => ({
  ...badTokens(random, { count: 0, seed: 0, badTokens: [] }),
  family: 'bad authorization',
  headers: {
    ...graphqlJson,
    authorization: pickOne(random, ['Basic YTpi', 'Bearer', 'Bearer a b', 'token', 'Digest x=y']),
  },
});

export const badQueryStrings: Family = (random) => {
  const get = (search: string, code: string, message: RegExp): MalformedRequest => ({
    family: 'bad query strings',
    method: 'GET',
    path: `/graphql${search}`,
    headers: { accept: 'application/graphql-response+json' },
    expect: { status: 400, code, message },
  });
  const name = randomName(random);
  return pickOne(random, [
    () => get('', 'BAD_REQUEST', /"query" is missing/),
    () => get(`?q=${name}`, 'BAD_REQUEST', /"query" is missing/),
    () => get(`?query=${name}&query=${name}`, 'BAD_REQUEST', /more than once/),
    () => get(`?query={__typename}&variables={${name}`, 'BAD_JSON', /"variables" is not valid JSON/),
    () => get(`?query={__typename}&variables=[]`, 'BAD_REQUEST', /"variables" must be a JSON object/),
    () => get(`?query={__typename}&extensions=1`, 'BAD_REQUEST', /"extensions" must be a JSON object/),
    () => get(`?query=%7B${name}%7D`, 'GRAPHQL_VALIDATION_FAILED', new RegExp(name)),
    () => get(`?query=%zz%7B`, 'GRAPHQL_PARSE_FAILED', /Syntax Error/),
  ])();
};

export const badVariables: Family = (random) => {
  const name = pickOne(random, [undefined, null, 7, ['a', 'b'], { a: 1 }, true]);
  return ask('bad variables', { ...good, variables: { name } }, 'BAD_USER_INPUT', /Variable "\$name"/);
};

export const deepVariables: Family = (random) => {
  const depth = randomInteger(random, 500, 100_000);
  const body = `{"query":"{ __typename }","variables":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
  return post('deep variables', body, { status: 400, code: 'BAD_JSON', message: /nested more than \d+ levels/ });
};

export const noOperation: Family = (random) => {
  const name = randomName(random);
  const code = 'OPERATION_RESOLUTION_FAILURE';
  return pickOne(random, [
    () => ask('no operation', { query: 'query A { __typename } query B { __typename }' }, code, /\(A, B\)/),
    () => ask('no operation', { query: 'query A { __typename }', operationName: name }, code, /It has: A/),
  ])();
};

export const notUtf8: Family = (random) =>
  post('not UTF-8', Buffer.from([0x7b, 0x22, randomInteger(random, 0x80, 0xbf), 0xff, 0x22, 0x7d]), {
    status: 400,
    code: 'BAD_REQUEST',
    message: /not UTF-8/,
  });

export const unknownPaths: Family = (random) => ({
  family: 'unknown paths',
  method: pickOne(random, ['GET', 'POST', 'DELETE']),
  path: pickOne(random, [
    `/${randomName(random)}`,
    '/graphql/',
    '/explorer/../../package.json',
    '/explorer/%2e%2e/main.js',
  ]),
  headers: {},
  expect: { status: 404, code: 'NOT_FOUND', message: /nothing here/ },
});

export const crossSite: Family = (random) => ({
  family: 'cross-site',
  method: 'GET',
  path: '/graphql?query=%7B__typename%7D',
  headers: {
    'sec-fetch-site': pickOne(random, ['cross-site', 'same-site']),
    origin: `https://${randomName(random)}.example`,
  },
  expect: { status: 403, code: 'CROSS_SITE_REQUEST_REFUSED', message: /another site/ },
});

export const notHttp: Family = (random) => {
  const raw = pickOne(random, [
    'GET\r\n\r\n',
    `${randomName(random)}\r\n\r\n`,
    'POST /graphql HTTP/9.9\r\nHost: a\r\n\r\n',
    'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n',
    'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
    'POST /graphql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    'POST /graphql HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n',
    '\u0016\u0003\u0001\u0002',
  ]);
  const expect = { status: 400, code: 'BAD_REQUEST', message: /not a well-formed HTTP request/ };
  return { family: 'not HTTP', method: '', path: '', headers: {}, raw, expect };
};

export const hugeHeaders: Family = (random) => ({
  ...post('huge headers', JSON.stringify(good), {
    status: 431,
    code: 'REQUEST_HEADERS_TOO_LARGE',
    message: /more than 16384 bytes/,
  }),
  headers: { ...graphqlJson, 'x-filler': 'x'.repeat(randomInteger(random, 17_000, 60_000)) },
});
