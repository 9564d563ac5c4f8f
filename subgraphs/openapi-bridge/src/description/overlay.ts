import { StartError } from '@linli/kit/errors';
import { query } from 'json-p3';
import type { JSONValue } from 'json-p3';
import { z } from 'zod';

const action = z.strictObject({
  /** JSONPath (RFC 9535) of what is changed. */
  target: z.string(),
  description: z.string().optional(),
  update: z.json().optional(),
  remove: z.boolean().optional(),
});

const overlayShape = z.object({
  overlay: z.string().regex(/^1\.0\.\d+$/, 'must be 1.0.x'),
  info: z.object({ title: z.string(), version: z.string() }),
  extends: z.string().optional(),
  actions: z.array(action).min(1),
});

type Container = Record<string, JSONValue> | JSONValue[];

/**
 * Applies an overlay (OpenAPI Initiative, Overlay Specification 1.0) to a document: its actions in their order.
 * @returns a new document
 * @throws StartError where the overlay is none, or an action selects nothing: what it says would hold nowhere
 */
export function applyOverlay(document: JSONValue, overlay: unknown, name: string): JSONValue {
  const read = overlayShape.safeParse(overlay);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new StartError(`${name} is no overlay: ${issue!.path.join('.') || 'it'}: ${issue!.message}.`);
  }
  const result = structuredClone(document);
  for (const { target, update, remove } of read.data.actions) {
    const nodes = select(result, target, name);
    if (nodes.length === 0) throw new StartError(`${name}: the target ${target} selects nothing.`);
    for (const { location, value } of remove ? nodes.reverse() : nodes) {
      if (remove) drop(result, location, name);
      else if (Array.isArray(value)) value.push(structuredClone(update as JSONValue));
      else if (isObject(value) && isObject(update)) merge(value, update);
      else throw new StartError(`${name}: the target ${target} selects what cannot be updated by what is given.`);
    }
  }
  return result;
}

function select(document: JSONValue, target: string, name: string) {
  try {
    return [...query(target, document)];
  } catch (error) {
    throw new StartError(`${name}: the target ${target} is no JSONPath: ${(error as Error).message}`);
  }
}

/** Objects are merged, arrays joined, anything else replaced. */
function merge(into: Record<string, JSONValue>, update: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(update)) {
    const there = Object.hasOwn(into, key) ? into[key] : undefined;
    if (isObject(there) && isObject(value)) merge(there, value);
    else if (Array.isArray(there) && Array.isArray(value)) there.push(...(structuredClone(value) as JSONValue[]));
    else into[key] = structuredClone(value) as JSONValue;
  }
}

function drop(document: JSONValue, location: readonly (string | number)[], name: string): void {
  const last = location.at(-1);
  if (last === undefined)
    throw new StartError(`${name}: a target selects the whole document, which cannot be removed.`);
  const parent = location.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete (parent as Exclude<Container, JSONValue[]>)[last];
}

function isObject(value: unknown): value is Record<string, JSONValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
