import { badJson } from '../errors.js';

/** Nesting that no request needs, and that would make later steps, which recurse, run out of stack. */
const maxDepth = 200;

/** Parses JSON text; throws a Refusal (400) that says at which line and column it stops to be JSON. */
export function parseJson(text: string, what: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { line, column } = placeOf(text, errorOffset(text));
    throw badJson(
      `${what} is not valid JSON at line ${line}, column ${column}. Send one JSON object.`,
      {},
      {
        line,
        column,
      },
    );
  }
  // Each level takes two characters at least.
  if (text.length > 2 * maxDepth && isDeeperThan(value, maxDepth)) {
    throw badJson(`${what} is nested more than ${maxDepth} levels deep. Send flatter values.`);
  }
  return value;
}

/** The offset of the first token that does not fit; JSON.parse tells it in some of its messages only. */
function errorOffset(text: string): number {
  const open: ('{' | '[')[] = [];
  let expected: 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or end' = 'value';
  for (let at = skipSpace(text, 0), end: number; ; at = skipSpace(text, end)) {
    end = tokenEnd(text, at);
    if (end < 0) return at;
    const first = text[at] ?? '';
    const inside = open.at(-1);
    if (expected === 'comma or end') {
      if (first === ',' && inside) expected = inside === '{' ? 'key' : 'value';
      else if (inside && first === closing[inside]) open.pop();
      else return at;
    } else if (expected === 'colon') {
      if (first !== ':') return at;
      expected = 'value';
    } else if (expected.endsWith(first) && inside && first === closing[inside]) {
      open.pop();
      expected = 'comma or end';
    } else if (expected === 'key' || expected === 'key or }') {
      if (first !== '"') return at;
      expected = 'colon';
    } else if (first === '{' || first === '[') {
      open.push(first);
      expected = first === '{' ? 'key or }' : 'value or ]';
    } else if ('}],:'.includes(first)) {
      return at;
    } else {
      expected = 'comma or end';
    }
  }
}

const closing = { '{': '}', '[': ']' } as const;
const space = /[ \t\r\n]*/y;
const simpleToken = /[{}[\],:]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function skipSpace(text: string, at: number): number {
  space.lastIndex = at;
  space.exec(text);
  return space.lastIndex;
}

/** Where the token at an offset ends; -1 if there is none. */
function tokenEnd(text: string, start: number): number {
  if (text[start] !== '"') {
    simpleToken.lastIndex = start;
    return simpleToken.exec(text) ? simpleToken.lastIndex : -1;
  }
  for (let at = start + 1; at < text.length;) {
    if (text[at] === '"') return at + 1;
    if (text.charCodeAt(at) < 0x20) return -1;
    if (text[at] === '\\') {
      escape.lastIndex = at;
      if (!escape.exec(text)) return -1;
      at = escape.lastIndex;
    } else at += 1;
  }
  return -1;
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Whether a value of JSON has more levels of lists and objects than `depth`; goes no deeper than that. */
function isDeeperThan(value: unknown, depth: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (depth === 0) return true;
  if (Array.isArray(value)) return value.some((item) => isDeeperThan(item, depth - 1));
  for (const key in value) if (isDeeperThan((value as Record<string, unknown>)[key], depth - 1)) return true;
  return false;
}
