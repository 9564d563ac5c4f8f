import type { Subject } from '@linli/schema/subject';
import { badDeclaration, purposeNotGranted } from '../errors.js';

/** What a request says about why it is made. Texts of people: never logged by the gateway. */
export interface Declaration {
  /** One of the purposes that the subject was granted. */
  readonly purpose?: string;
  /** The statutory duty (法定职责) that a state organ acts on. */
  readonly legalBasis?: string;
  /** The number (事项编号) of the case that the request is made for. */
  readonly caseNumber?: string;
  /** Why access is needed at once (紧急访问); with the purpose `emergency`. */
  readonly emergencyReason?: string;
}

/** Names of the request headers that declare something; a WebSocket sends them in its `connection_init` payload. */
export const declarationHeaders = {
  purpose: 'linli-purpose',
  legalBasis: 'linli-legal-basis',
  caseNumber: 'linli-case-number',
  emergencyReason: 'linli-emergency-reason',
} as const satisfies Record<keyof Declaration, string>;

const headerNames = Object.values(declarationHeaders);
const own = 'own-affairs';
const longest = 200;
const shortestReason = 10;

/**
 * Reads what a request declares. Whoever may act for own affairs and declares nothing does so; everybody else declares.
 *
 * @param read gives a header by its lower-case name; values are UTF-8, percent-encoded where they are not ASCII
 * @throws Refusal where a declaration is malformed, or the purpose was not granted to the subject
 */
export function readDeclaration(read: (header: string) => string | undefined, subject: Subject): Declaration {
  const declaration: { -readonly [Name in keyof Declaration]: string } = {};
  for (const name of Object.keys(declarationHeaders) as (keyof Declaration)[]) {
    const value = read(declarationHeaders[name]);
    if (value !== undefined && value !== '') declaration[name] = text(declarationHeaders[name], value);
  }
  const { purpose, emergencyReason } = declaration;
  if (purpose === undefined) {
    if (emergencyReason !== undefined) {
      throw badDeclaration(
        `${declarationHeaders.emergencyReason} goes with "${declarationHeaders.purpose}: emergency".`,
      );
    }
    if (Object.keys(declaration).length === 0 && subject.purposes.includes(own)) declaration.purpose = own;
  } else if (!subject.purposes.includes(purpose)) throw purposeNotGranted(purpose, subject.purposes);
  if (emergencyReason !== undefined && [...emergencyReason].length < shortestReason) {
    throw badDeclaration(
      `${declarationHeaders.emergencyReason} must say what happened, in at least ${shortestReason} characters.`,
    );
  }
  return Object.freeze(declaration);
}

/** Everything that a request declares, as it was sent, as one text: from equal texts the same is read, or both are refused. */
export function declaredHeaders(read: (header: string) => string | undefined): string {
  let all = '';
  // A value with a line break in it is refused when it is read.
  for (const name of headerNames) all += `${read(name) ?? ''}\n`;
  return all;
}

function text(header: string, value: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(value);
  } catch {
    throw badDeclaration(`${header} is not valid percent-encoded UTF-8. Encode it as encodeURIComponent does.`);
  }
  const characters = [...decoded].length;
  if (characters > longest) throw badDeclaration(`${header} has ${characters} characters; ${longest} are the most.`);
  if (/\p{Cc}/u.test(decoded)) throw badDeclaration(`${header} has control characters. Leave them out.`);
  return decoded;
}
