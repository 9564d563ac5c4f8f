/** Data as subgraphs answer it: JSON objects by internal names. */
export type Data = Record<string, unknown>;

/** Adds what another fetch knows of the same value. What is there stays; objects and lists are merged inside. */
export function merge(known: unknown, more: unknown): unknown {
  if (known === undefined || known === null) return more ?? known;
  if (typeof known !== 'object' || typeof more !== 'object' || more === null || known === more) return known;
  if (Array.isArray(known)) {
    if (Array.isArray(more)) for (let i = 0; i < known.length; i++) known[i] = merge(known[i], more[i]);
    return known;
  }
  mergeInto(known as Data, more as Data);
  return known;
}

export function mergeInto(known: Data, more: Data): void {
  for (const name in more) {
    // No name of a schema, but JSON may have it: written to, it would change every object of the process.
    if (name === '__proto__') continue;
    const value = more[name];
    const there = known[name];
    known[name] = there === undefined ? value : merge(there, value);
  }
}

/**
 * Code of a function that merges the named fields of one object into another: no loop over names that are known. A
 * subgraph that knows only an interface names that as the type; one that knows the object's own type then corrects it.
 *
 * @param isAbstractName name of a function that tells the names of interfaces
 */
export function mergeCode(names: readonly string[], mergeName: string, isAbstractName: string): string {
  const fields = names.map((name) => {
    if (name === '__typename') {
      return `v = e.__typename; if (v !== undefined && (t.__typename === undefined || ${isAbstractName}(t.__typename))) t.__typename = v;`;
    }
    const field = JSON.stringify(name);
    return `v = e[${field}]; if (v !== undefined) { w = t[${field}]; t[${field}] = w === undefined ? v : ${mergeName}(w, v); }`;
  });
  return `function (t, e) { let v, w; ${fields.join(' ')} }`;
}
