import type { GraphQLOutputType } from 'graphql';
import { GraphQLBoolean, GraphQLFloat, GraphQLInt, isEnumType, isLeafType, isListType, isNonNullType } from 'graphql';
import type { ResponseError } from '../errors.js';
import type { FieldGuard } from '../planning/guard.js';
import { isClosed, isOpen } from '../planning/guard.js';
import type { Shape, ShapeField, Variant } from '../planning/shape.js';
import type { Disclosure } from '../policy/disclosure.js';
import { Completion, type Site } from './completion.js';
import { maxConstant, type JsonBytes } from './json-bytes.js';
import { personalDataBeside, personalDataOf } from './personal-data.js';
import { dependsOnRow, isRowForAll, mayBeHidden, mayTurnOutHidden } from './row-needs.js';

/**
 * Writes the merged data of a response as JSON text: order, the client's names, values checked against the schema, nulls
 * carried up as the specification says (6.4.4), errors added. What was decided of a field stands beside it in the code:
 * shown, masked or denied by the bits of its row.
 *
 * @param at where in the bytes to write
 * @returns where the text ends; `gaveUp` where the null reaches the top
 */
export type Project = (
  data: object,
  errors: ResponseError[],
  bytes: JsonBytes,
  at: number,
  disclosure?: Disclosure,
) => number;

/** What stands for a place where there is none: the value is null, and whatever encloses it decides what that means. */
export const gaveUp = -1;
/** What stands for a place where there is nothing as far as the reader may know: no error tells of it. */
const hid = -2;
/** A reader's relations to what is no row of anybody: none. */
const unrelated = 1;

/** Makes the projection of a shape: JavaScript written for this shape alone, walking the data once. */
export function compileProjection(shape: Shape, rootName: string): Project {
  const generator = new Generator(shape);
  const root = generator.shape(shape, rootName, [], 0);
  const write = generator.compile(root);
  return (data, errors, bytes, at, disclosure) => {
    const end = write(data, new Completion(generator.sites, errors, disclosure), bytes, at, unrelated);
    return end === hid ? gaveUp : end;
  };
}

type Write = (data: object, completion: Completion, bytes: JsonBytes, at: number, row: number) => number;

/**
 * Code to run where a value is null (`absent`), where an error about it is recorded already (`failed`), and where there is
 * nothing as far as the reader may know (`hidden`).
 */
interface Outcome {
  absent: string;
  failed: string;
  hidden: string;
}

type Template = readonly (string | number)[];

class Generator {
  readonly sites: Site[] = [];
  readonly #functions: string[] = [];
  readonly #constants: unknown[] = [];

  constructor(readonly root: Shape) {}

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
      types.map(({ name }) => `case ${JSON.stringify(name)}: return ${variants[i]}(o, c, b, p, r);`),
    );
    const site = this.#site(coordinate, template);
    return this.#function(
      `switch (o.__typename) { ${cases.join(' ')} default: c.unknownType(${site}); return ${gaveUp}; }`,
    );
  }

  #nothing(coordinate: string, template: Template): string {
    return this.#function(`c.unknownType(${this.#site(coordinate, template)}); return ${gaveUp};`);
  }

  #variant(variant: Variant, template: Template, depth: number): string {
    const { types, fields } = variant;
    const parent = types[0]!.name;
    const parts = fields.map((field, i) => {
      const key = this.#text(`${i === 0 ? '{' : ','}${JSON.stringify(field.key)}:`);
      return `${key}\n${this.#field(field, types.length === 1 ? parent : undefined, parent, [...template, field.key], depth)}`;
    });
    return this.#function(
      `let v;\n${this.#row(variant)}\n${parts.join('\n')}\n${this.#text(parts.length ? '}' : '{}')} return p;`,
    );
  }

  /** Relates the reader to the row that begins here, hides it where nothing of it is theirs, and notes what is. */
  #row(variant: Variant): string {
    const { row } = variant;
    let code = '';
    if (row && dependsOnRow(variant)) {
      code += `r = c.relate(o, ${this.#constant(row.facts)});`;
      if (!isRowForAll(row)) code += ` if ((r & ${row.visible}) === 0) return ${hid};`;
    }
    const beside = this.root.variants.includes(variant);
    // Parts of a row are noted with it.
    if (!row && !beside) return code;
    const personal = row ? personalDataOf(variant) : personalDataBeside(variant);
    return personal.bits
      ? `${code} if ((r & ${personal.bits}) !== 0) c.note(o, r, ${this.#constant(personal)});`
      : code;
  }

  #field(field: ShapeField, typeName: string | undefined, parent: string, template: Template, depth: number): string {
    if (field.source === '__typename') {
      return typeName === undefined ? 'p = b.string(o.__typename, p);' : this.#text(JSON.stringify(typeName));
    }
    const read = `v = o[${JSON.stringify(field.source)}];`;
    if (field.name.startsWith('__')) return `${read} p = b.raw(v === undefined ? 'null' : JSON.stringify(v), p);`;
    const nothing = this.#text('null');
    const outcome = { absent: nothing, failed: nothing, hidden: nothing };
    const coordinate = `${parent}.${field.name}`;
    const plain = `${read}\n${this.#value(field.type, field, coordinate, template, depth, 'v', outcome, `return ${gaveUp};`)}`;
    return field.guard ? this.#slot(field, field.guard, coordinate, template, read, plain) : plain;
  }

  /** The slot of a decision: code for the value as it is, masked, or not at all, chosen by the row's bits. */
  #slot(
    field: ShapeField,
    guard: FieldGuard,
    coordinate: string,
    template: Template,
    read: string,
    plain: string,
  ): string {
    if (isOpen(guard)) return plain;
    const site = this.#site(coordinate, template);
    const required = isNonNullType(field.type);
    const nothing = required ? `return ${gaveUp};` : this.#text('null');
    const hidden = required ? `return ${hid};` : nothing;
    const denied = guard.sealed ? hidden : `c.deny(${site}, ${this.#constant(guard)}, r); ${nothing}`;
    if (isClosed(guard)) return denied;
    const shown = field.shape ? guard.allow | guard.mask : guard.allow;
    const masked = `${read} v = c.mask(v, ${this.#constant(guard)}, ${site}); if (v === undefined) { ${nothing} } else p = b.raw(v, p);`;
    const ifMasked = field.shape || !guard.mask ? '' : `else if ((r & ${guard.mask}) !== 0) { ${masked} }`;
    return `if ((r & ${shown}) !== 0) { ${plain} } ${ifMasked} else { ${denied} }`;
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
      const hidden = v === 'v' ? `return ${hid};` : outcome.hidden;
      const required = { absent: `c.missing(${site}); ${bubble}`, failed: bubble, hidden };
      return this.#value(type.ofType, field, coordinate, template, depth, v, required, bubble);
    }
    const absent = `else if (${v} === null || ${v} === undefined) { ${outcome.absent} }`;
    if (isListType(type)) {
      const [mark, loop, i, item] = [`m${depth}`, `l${depth}`, `i${depth}`, `w${depth}`];
      const giveUp = `p = ${mark}; ${outcome.failed} break ${loop};`;
      const [count, before] = [`n${depth}`, `b${depth}`];
      // Rows that are hidden leave no gap.
      const sparse = field.shape !== undefined && mayBeHidden(field.shape);
      const nothing = this.#text('null');
      const itemOutcome = { absent: nothing, failed: nothing, hidden: `p = ${before}; continue;` };
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
      const at = sparse ? count : i;
      return `if (Array.isArray(${v})) { const ${mark} = p; ${sparse ? `let ${count} = 0;` : ''} ${loop}: { ${this.#text('[')}
        for (let ${i} = 0; ${i} < ${v}.length; ${i}++) { ${sparse ? `const ${before} = p;` : ''}
        if (${at} > 0) { ${this.#text(',')} } c.indexes[${depth}] = ${at}; let ${item} = ${v}[${i}];
        ${inner} ${sparse ? `${count}++;` : ''} }
        ${this.#text(']')} } } ${absent} else { c.misshapen('a list', ${site}); ${outcome.failed} }`;
    }
    if (isLeafType(type)) {
      const slow = `else { ${v} = c.leaf(${v}, ${this.#constant(type)}, ${site}); if (${v} === undefined) { ${outcome.failed} } else p = b.raw(${v}, p); }`;
      return `${this.#fastLeaf(type, v)} ${absent} ${slow}`;
    }
    const write = this.shape(field.shape!, coordinate, template, depth);
    const [end, account] = [`e${depth}`, `a${depth}`];
    // What was noted while it was written must not tell of it.
    const [remember, forget] = mayTurnOutHidden(field.shape!)
      ? [`const ${account} = c.account();`, `c.forgetSince(${account});`]
      : ['', ''];
    return `if (typeof ${v} === 'object' && ${v} !== null && !Array.isArray(${v})) { ${remember} const ${end} = ${write}(${v}, c, b, p, r); if (${end} === ${gaveUp}) { ${outcome.failed} } else if (${end} === ${hid}) { ${forget} ${outcome.hidden} } else p = ${end}; } ${absent} else { c.misshapen('an object', ${site}); ${outcome.failed} }`;
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
    this.#functions.push(`function ${name}(o, c, b, p, r) { ${body} }`);
    return name;
  }
}
