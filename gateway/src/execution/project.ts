import type { GraphQLOutputType } from 'graphql';
import { GraphQLBoolean, GraphQLFloat, GraphQLInt, isEnumType, isLeafType, isListType, isNonNullType } from 'graphql';
import type { Shape, ShapeField, Variant } from '../planning/shape.js';
import type { ResponseError } from '../errors.js';
import { Completion, type Site } from './completion.js';
import { maxConstant, type JsonBytes } from './json-bytes.js';

/**
 * Writes the merged data of a response as JSON text: order, the client's names, values checked against the schema, nulls
 * carried up as the specification says (6.4.4), errors added.
 *
 * @param at where in the bytes to write
 * @returns where the text ends; `gaveUp` where the null reaches the top
 */
export type Project = (data: object, errors: ResponseError[], bytes: JsonBytes, at: number) => number;

/** What stands for a place where there is none: the value is null, and whatever encloses it decides what that means. */
export const gaveUp = -1;

/** Makes the projection of a shape: JavaScript written for this shape alone, walking the data once. */
export function compileProjection(shape: Shape, rootName: string): Project {
  const generator = new Generator();
  const root = generator.shape(shape, rootName, [], 0);
  const write = generator.compile(root);
  return (data, errors, bytes, at) => write(data, new Completion(generator.sites, errors), bytes, at);
}

type Write = (data: object, completion: Completion, bytes: JsonBytes, at: number) => number;

/** Code to run where a value is null (`absent`), and where an error about it is recorded already (`failed`). */
interface Outcome {
  absent: string;
  failed: string;
}

type Template = readonly (string | number)[];

class Generator {
  readonly sites: Site[] = [];
  readonly #functions: string[] = [];
  readonly #constants: unknown[] = [];

  /** Everything written so far as one function. Names and texts went through JSON.stringify; there is no other input. */
  compile(root: string): Write {
    const names = this.#constants.map((_, i) => `k${i}`);
    const body = `"use strict";\n${this.#functions.join('\n')}\nreturn ${root};`;
    // The point of this file: code for one shape runs several times faster than code that interprets shapes.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const make = new Function(...names, body) as (...constants: unknown[]) => Write;
    return make(...this.#constants);
  }

  /** A function that writes an object of this shape; its name. */
  shape(shape: Shape, coordinate: string, template: Template, depth: number): string {
    const variants = shape.variants.map((variant) => this.#variant(variant, template, depth));
    if (!shape.dispatch) return variants[0] ?? this.#nothing(coordinate, template);
    const cases = shape.variants.flatMap(({ types }, i) =>
      types.map(({ name }) => `case ${JSON.stringify(name)}: return ${variants[i]}(o, c, b, p);`),
    );
    const site = this.#site(coordinate, template);
    return this.#function(
      `switch (o.__typename) { ${cases.join(' ')} default: c.unknownType(${site}); return ${gaveUp}; }`,
    );
  }

  #nothing(coordinate: string, template: Template): string {
    return this.#function(`c.unknownType(${this.#site(coordinate, template)}); return ${gaveUp};`);
  }

  #variant({ types, fields }: Variant, template: Template, depth: number): string {
    const parent = types[0]!.name;
    const parts = fields.map((field, i) => {
      const key = this.#text(`${i === 0 ? '{' : ','}${JSON.stringify(field.key)}:`);
      return `${key}\n${this.#field(field, types.length === 1 ? parent : undefined, parent, [...template, field.key], depth)}`;
    });
    return this.#function(`let v;\n${parts.join('\n')}\n${this.#text(parts.length ? '}' : '{}')} return p;`);
  }

  #field(field: ShapeField, typeName: string | undefined, parent: string, template: Template, depth: number): string {
    if (field.source === '__typename') {
      return typeName === undefined ? 'p = b.string(o.__typename, p);' : this.#text(JSON.stringify(typeName));
    }
    const read = `v = o[${JSON.stringify(field.source)}];`;
    if (field.name.startsWith('__')) return `${read} p = b.raw(v === undefined ? 'null' : JSON.stringify(v), p);`;
    const outcome = { absent: this.#text('null'), failed: this.#text('null') };
    return `${read}\n${this.#value(field.type, field, `${parent}.${field.name}`, template, depth, 'v', outcome, `return ${gaveUp};`)}`;
  }

  /** Code that writes the value in variable `v`; `bubble` gives the enclosing object or item up. */
  #value(
    type: GraphQLOutputType,
    field: ShapeField,
    coordinate: string,
    template: Template,
    depth: number,
    v: string,
    outcome: Outcome,
    bubble: string,
  ): string {
    const site = this.#site(coordinate, template);
    if (isNonNullType(type)) {
      const required = { absent: `c.missing(${site}); ${bubble}`, failed: bubble };
      return this.#value(type.ofType, field, coordinate, template, depth, v, required, bubble);
    }
    const absent = `else if (${v} === null || ${v} === undefined) { ${outcome.absent} }`;
    if (isListType(type)) {
      const [mark, loop, i, item] = [`m${depth}`, `l${depth}`, `i${depth}`, `w${depth}`];
      const giveUp = `p = ${mark}; ${outcome.failed} break ${loop};`;
      const itemOutcome = { absent: this.#text('null'), failed: this.#text('null') };
      const inner = this.#value(
        type.ofType,
        field,
        coordinate,
        [...template, depth],
        depth + 1,
        item,
        itemOutcome,
        giveUp,
      );
      return `if (Array.isArray(${v})) { const ${mark} = p; ${loop}: { ${this.#text('[')}
        for (let ${i} = 0; ${i} < ${v}.length; ${i}++) { if (${i} > 0) { ${this.#text(',')} } c.indexes[${depth}] = ${i}; let ${item} = ${v}[${i}];
        ${inner} }
        ${this.#text(']')} } } ${absent} else { c.misshapen('a list', ${site}); ${outcome.failed} }`;
    }
    if (isLeafType(type)) {
      const slow = `else { ${v} = c.leaf(${v}, ${this.#constant(type)}, ${site}); if (${v} === undefined) { ${outcome.failed} } else p = b.raw(${v}, p); }`;
      return `${this.#fastLeaf(type, v)} ${absent} ${slow}`;
    }
    const write = this.shape(field.shape!, coordinate, template, depth);
    const end = `e${depth}`;
    return `if (typeof ${v} === 'object' && ${v} !== null && !Array.isArray(${v})) { const ${end} = ${write}(${v}, c, b, p); if (${end} === ${gaveUp}) { ${outcome.failed} } else p = ${end}; } ${absent} else { c.misshapen('an object', ${site}); ${outcome.failed} }`;
  }

  /** The first branch for a leaf: a value that plainly is of its type. */
  #fastLeaf(type: GraphQLOutputType, v: string): string {
    const string = `p = b.string(${v}, p);`;
    if (type === GraphQLInt) return `if (typeof ${v} === 'number' && (${v} | 0) === ${v}) p = b.int(${v}, p);`;
    if (type === GraphQLFloat) return `if (typeof ${v} === 'number' && ${v} - ${v} === 0) p = b.number(${v}, p);`;
    if (type === GraphQLBoolean) {
      return `if (${v} === true) { ${this.#text('true')} } else if (${v} === false) { ${this.#text('false')} }`;
    }
    if (isEnumType(type)) {
      const values = new Set(type.getValues().map(({ name }) => name));
      return `if (typeof ${v} === 'string' && ${this.#constant(values)}.has(${v})) ${string}`;
    }
    // A custom scalar is whatever its department says; an object may be nested too deep to be written.
    return `if (typeof ${v} === 'string') ${string}`;
  }

  /** Code that writes a text that is known: eight bytes a step, the last of which may write more than the text. */
  #text(text: string): string {
    if (text.length > maxConstant || !/^[ -~]*$/.test(text)) return `p = b.raw(${JSON.stringify(text)}, p);`;
    const bytes = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
    const steps = [];
    for (let at = 0; at < bytes.length; at += 8) {
      steps.push(`b.view.setFloat64(p + ${at}, ${bytes.readDoubleLE(at)}, true);`);
    }
    return `if (p > b.limit) b.grow(p); ${steps.join(' ')} p += ${text.length};`;
  }

  #site(coordinate: string, template: Template): number {
    return this.sites.push({ coordinate, template }) - 1;
  }

  #constant(value: unknown): string {
    const known = this.#constants.indexOf(value);
    return `k${known >= 0 ? known : this.#constants.push(value) - 1}`;
  }

  #function(body: string): string {
    const name = `f${this.#functions.length}`;
    this.#functions.push(`function ${name}(o, c, b, p) { ${body} }`);
    return name;
  }
}
