import { seeded } from './random.js';
import * as documents from './malformed/documents.js';
import * as messages from './malformed/messages.js';
import type { Family, MalformedOptions, MalformedRequest } from './malformed/request.js';
import { isJson } from './malformed/request.js';
import { sendMalformed } from './malformed/send.js';

export type { BadToken, MalformedRequest } from './malformed/request.js';

/** Families with how often each is drawn. */
const families: readonly (readonly [Family, number])[] = [
  [documents.badJson, 20],
  [documents.wrongTypes, 14],
  [documents.unknownFields, 14],
  [documents.badDocuments, 8],
  [documents.tooLarge, 8],
  [documents.fragmentCycles, 2],
  [documents.hugeBodies, 2],
  [messages.wrongMethods, 5],
  [messages.wrongContentTypes, 7],
  [messages.wrongEncodings, 2],
  [messages.wrongAccept, 4],
  [messages.badTokens, 14],
  [messages.badSchemes, 3],
  [messages.badQueryStrings, 6],
  [messages.badVariables, 4],
  [messages.deepVariables, 2],
  [messages.noOperation, 3],
  [messages.notUtf8, 2],
  [messages.unknownPaths, 3],
  [messages.crossSite, 2],
  [messages.notHttp, 4],
  [messages.hugeHeaders, 1],
];

/** Makes malformed requests, the same ones for the same seed. They fit any graph: they name none of its types. */
export function malformedRequests(options: MalformedOptions): MalformedRequest[] {
  const random = seeded(options.seed);
  const rounds = Math.ceil(options.count / families.reduce((sum, [, weight]) => sum + weight, 0));
  return Array.from({ length: rounds }).flatMap(() =>
    families.flatMap(([family, weight]) => Array.from({ length: weight }, () => family(random, options))),
  );
}

/** Sends one malformed request to a hub at a base URL and says what is wrong with the answer; nothing, if all is well. */
export async function checkMalformed(baseUrl: string, request: MalformedRequest): Promise<string[]> {
  const answer = await sendMalformed(baseUrl, request);
  const { status, code, message, headers = {} } = request.expect;
  const problems: string[] = [];
  if (answer.status !== status) problems.push(`status ${answer.status}, not ${status}`);
  if (!/^application\/(graphql-response\+)?json/.test(String(answer.headers['content-type']))) {
    problems.push(`content-type ${String(answer.headers['content-type'])}`);
  }
  for (const [name, pattern] of Object.entries(headers)) {
    if (!pattern.test(String(answer.headers[name]))) problems.push(`${name}: ${String(answer.headers[name])}`);
  }
  const body = (isJson(answer.text) ? JSON.parse(answer.text) : {}) as {
    data?: unknown;
    errors?: { message: string; extensions?: { code?: string; reason?: string } }[];
  };
  const error = body.errors?.[0];
  if (error?.extensions?.code !== code) problems.push(`code ${error?.extensions?.code}, not ${code}`);
  if (!message.test(error?.message ?? '')) problems.push(`message "${error?.message}", not ${String(message)}`);
  if ('data' in body) problems.push('there is data');
  const reason = /^bad tokens: (.+)$/.exec(request.family)?.[1];
  if (reason && error?.extensions?.reason !== reason)
    problems.push(`reason ${error?.extensions?.reason}, not ${reason}`);
  const token = request.headers['authorization']?.replace(/^bearer /i, '') ?? '';
  const parts = token.split('.').filter((part) => part.length > 10);
  if (parts.some((part) => JSON.stringify(answer).includes(part)))
    problems.push('a part of the token is in the answer');
  if (/\bat .*\.(js|ts):\d+|node_modules/.test(answer.text)) problems.push('a stack trace is in the answer');
  return problems.map(
    (problem) => `${request.family}: ${problem} (${request.method} ${request.path} ${excerpt(request)})`,
  );
}

function excerpt({ body, raw, headers }: MalformedRequest): string {
  return JSON.stringify({ ...headers, authorization: undefined, body: (body ?? raw)?.toString() }).slice(0, 300);
}
