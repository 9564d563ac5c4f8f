import type { GraphQLOutputType } from 'graphql';
import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Shape, ShapeField, Variant } from '../planning/shape.js';
import type { ResponseError } from '../errors.js';
import { Completion, type Site } from './completion.js';
import { quote } from './quote.js';

/**
 * Writes the merged data of a response as JSON text: order, the client's names, values checked against the schema, nulls
 * carried up as the specification says (6.4.4), errors added. Undefined where the null reaches the top.
 */
export type Project = (data: object, errors: ResponseError[]) => string | undefined;

/** Makes the projection of a shape: JavaScript written for this shape alone, walking the data once. */
export function compileProjection(shape: Shape, rootName: string): Project {
  const generator = new Generator();
  const root = generator.shape(shape, rootName, [], 0);
  const write = generator.compile(root);
  return (data, errors) => write(data, new Completion(generator.sites, errors));
}

type Write = (data: object, completion: Completion) => string | undefined;

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
    const make = new Function('q', ...names, body) as (...constants: unknown[]) => Write;
    return make(quote, ...this.#constants);
  }

  /** A function that writes an object of this shape; its name. */
  shape(shape: Shape, coordinate: string, template: Template, depth: number): string {
    const variants = shape.variants.map((variant) => this.#variant(variant, template, depth));
    if (!shape.dispatch) return variants[0] ?? this.#nothing(coordinate, template);
    const cases = shape.variants.flatMap(({ types }, i) =>
      types.map(({ name }) => `case ${JSON.stringify(name)}: return ${variants[i]}(o, c);`),
    );
    const site = this.#site(coordinate, template);
    return this.#function(`switch (o.__typename) { ${cases.join(' ')} default: return c.unknownType(${site}); }`);
  }

  #nothing(coordinate: string, template: Template): string {
    return this.#function(`return c.unknownType(${this.#site(coordinate, template)});`);
  }

  #variant({ types, fields }: Variant, template: Template, depth: number): string {
    const parent = types[0]!.name;
    const parts = fields.map((field, i) => {
      const key = JSON.stringify(`${i === 0 ? '{' : ','}${JSON.stringify(field.key)}:`);
      return `t ${i === 0 ? '=' : '+='} ${key};\n${this.#field(field, types.length === 1 ? parent : undefined, parent, [...template, field.key], depth)}`;
    });
    if (!parts.length) return this.#function("return '{}';");
    return this.#function(`let t, v;\n${parts.join('\n')}\nreturn t + '}';`);
  }

  #field(field: ShapeField, typeName: string | undefined, parent: string, template: Template, depth: number): string {
    if (field.source === '__typename') {
      return typeName === undefined ? 't += q(o.__typename);' : `t += ${JSON.stringify(JSON.stringify(typeName))};`;
    }
    const read = `v = o[${JSON.stringify(field.source)}];`;
    if (field.name.startsWith('__')) return `${read} t += v === undefined ? 'null' : JSON.stringify(v);`;
    const outcome = { absent: "t += 'null';", failed: "t += 'null';" };
    return `${read}\n${this.#value(field.type, field, `${parent}.${field.name}`, template, depth, 'v', outcome, 'return undefined;')}`;
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
      const giveUp = `t = ${mark}; ${outcome.failed} break ${loop};`;
      const itemOutcome = { absent: "t += 'null';", failed: "t += 'null';" };
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
      return `if (Array.isArray(${v})) { const ${mark} = t; ${loop}: { t += '[';
        for (let ${i} = 0; ${i} < ${v}.length; ${i}++) { if (${i} > 0) t += ','; c.indexes[${depth}] = ${i}; let ${item} = ${v}[${i}];
        ${inner} }
        t += ']'; } } ${absent} else { c.misshapen('a list', ${site}); ${outcome.failed} }`;
    }
    if (isLeafType(type)) {
      const slow = `else { ${v} = c.leaf(${v}, ${this.#constant(type)}, ${site}); if (${v} === undefined) { ${outcome.failed} } else t += ${v}; }`;
      return `${this.#fastLeaf(type, v)} ${absent} ${slow}`;
    }
    const write = this.shape(field.shape!, coordinate, template, depth);
    return `if (typeof ${v} === 'object' && ${v} !== null && !Array.isArray(${v})) { ${v} = ${write}(${v}, c); if (${v} === undefined) { ${outcome.failed} } else t += ${v}; } ${absent} else { c.misshapen('an object', ${site}); ${outcome.failed} }`;
  }

  /** The first branch for a leaf: a value that plainly is of its type. */
  #fastLeaf(type: GraphQLOutputType, v: string): string {
    if (type === GraphQLString || type === GraphQLID) return `if (typeof ${v} === 'string') t += q(${v});`;
    if (type === GraphQLInt) return `if (typeof ${v} === 'number' && (${v} | 0) === ${v}) t += ${v};`;
    if (type === GraphQLFloat) return `if (typeof ${v} === 'number' && ${v} - ${v} === 0) t += ${v};`;
    if (type === GraphQLBoolean) return `if (${v} === true) t += 'true'; else if (${v} === false) t += 'false';`;
    if (isEnumType(type)) {
      const values = new Set(type.getValues().map(({ name }) => name));
      return `if (typeof ${v} === 'string' && ${this.#constant(values)}.has(${v})) t += '"' + ${v} + '"';`;
    }
    // A custom scalar is whatever its department says; an object may be nested too deep to be written.
    return `if (typeof ${v} === 'string') t += q(${v});`;
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
    this.#functions.push(`function ${name}(o, c) { ${body} }`);
    return name;
  }
}
