import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { isCommunityCode, isPlaceCode } from './identifiers/place-code.js';
import { isResidentIdNumber } from './identifiers/resident-id-number.js';
import { isUnifiedSocialCreditCode } from './identifiers/unified-social-credit-code.js';

function show(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? JSON.stringify(value).slice(0, 40) : typeof value;
}

/** A scalar that is text on the wire, checked on the way in and on the way out. */
function textScalar(
  name: string,
  expected: string,
  valid: (text: string) => boolean,
  personal = false,
): GraphQLScalarType {
  const parse = (value: unknown): string => {
    if (typeof value === 'string' && valid(value)) return value;
    const got = personal ? 'the given value' : show(value);
    throw new GraphQLError(`${name} cannot represent ${got}: send ${expected}.`, {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  };
  return new GraphQLScalarType({
    name,
    serialize: parse,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const dateTime = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

function isDateTime(text: string): boolean {
  const match = dateTime.exec(text);
  return match !== null && isDate(match[1]!) && !Number.isNaN(Date.parse(text));
}

/** Dates come out of the database as midnight UTC. */
const date = textScalar('Date', 'a calendar date as YYYY-MM-DD, e.g. "2025-12-31"', isDate);
const serializeDate = date.serialize;
date.serialize = (value) => serializeDate(value instanceof Date ? value.toISOString().slice(0, 10) : value);

const time = textScalar('DateTime', 'an RFC 3339 time with a zone, e.g. "2025-12-31T09:30:00Z"', isDateTime);
const serializeTime = time.serialize;
time.serialize = (value) => serializeTime(value instanceof Date ? value.toISOString() : value);

function parseYear(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1900 && value <= 2200) return value;
  throw new GraphQLError(`Year cannot represent ${show(value)}: send a four-digit year between 1900 and 2200.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** Resolvers of the scalars in `schema/shared.graphql`; every one is checked both ways. */
export const scalarResolvers = {
  Date: date,
  DateTime: time,
  CommunityCode: textScalar('CommunityCode', 'a 12-digit division code, e.g. "440303001001"', isCommunityCode),
  PlaceCode: textScalar('PlaceCode', 'a division code of 4, 6, 9 or 12 digits, e.g. "440303001"', isPlaceCode),
  UnifiedSocialCreditCode: textScalar(
    'UnifiedSocialCreditCode',
    'an 18-character code with a valid check character (GB 32100)',
    isUnifiedSocialCreditCode,
  ),
  ResidentIdNumber: textScalar(
    'ResidentIdNumber',
    'an 18-character number with a valid check character (GB 11643)',
    isResidentIdNumber,
    true,
  ),
  PhoneNumber: textScalar('PhoneNumber', 'an 11-digit mobile number', (text) => /^1[3-9]\d{9}$/.test(text), true),
  Year: new GraphQLScalarType({
    name: 'Year',
    serialize: parseYear,
    parseValue: parseYear,
    parseLiteral: (node) => parseYear(node.kind === Kind.INT ? Number(node.value) : undefined),
  }),
};
