import {
  getNamedType,
  getNullableType,
  isEnumType,
  isObjectType,
  parse,
  print,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { StartError } from '@linli/kit/errors';
import type { Description, Operation, Parameter, PublishedObject } from '../description/read.js';
import type { OperationField, PropertyField } from '../description/vocabulary.js';
import { libraryField } from '../rest/library.js';
import { knownScalar, typeText } from './types.js';

/**
 * The SDL that a platform publishes, by its two files alone: the same for the same files.
 *
 * @param library the library's schema of the description
 * @throws StartError where the overlay speaks of what is not there, or of what cannot be published
 */
export function contractOf(description: Description, library: GraphQLSchema): string {
  return new ContractWriter(description, library).write();
}

type Protection = Pick<PropertyField, 'level' | 'sharing' | 'mask' | 'sealed'>;

class ContractWriter {
  /** Fields that operations answer, by the type that gets them. */
  private readonly added = new Map<string, { operation: Operation; field: OperationField }[]>();
  private readonly reached = new Set<string>();

  constructor(
    private readonly description: Description,
    private readonly library: GraphQLSchema,
  ) {
    for (const operation of description.operations.values()) {
      for (const field of operation.fields) {
        this.added.set(field.type, [...(this.added.get(field.type) ?? []), { operation, field }]);
      }
    }
  }

  write(): string {
    const { description, added } = this;
    for (const type of added.keys()) {
      if (type !== 'Query' && !(type in description.entities) && !description.objects.has(type)) {
        throw new StartError(
          `An operation adds a field to ${type}: no schema and none of x-linli-entities is named so.`,
        );
      }
    }
    const parts = [
      ...(added.has('Query') ? [`type Query {\n${this.operationFields('Query')}\n}`] : []),
      ...Object.keys(description.entities).map((name) => this.entity(name)),
    ];
    // Each type may lead to further ones.
    for (const name of this.reached) parts.push(this.published(name));
    for (const name of [...description.objects.keys(), ...description.enums.keys()]) {
      if (!this.reached.has(name)) throw new StartError(`${name} is published, and no field leads to it.`);
    }
    return `${print(parse(parts.join('\n\n')))}\n`;
  }

  private published(name: string): string {
    const object = this.description.objects.get(name);
    const type = this.library.getType(name);
    if (object && isObjectType(type)) return this.object(object, type);
    const published = this.description.enums.get(name);
    if (!published || !isEnumType(type)) throw new StartError(`${name} is no type of the description.`);
    const values = type.getValues().map((value) => {
      const meaning = published.linli.values[String(value.value)];
      if (meaning === undefined)
        throw new StartError(`x-linli-enum of ${name} does not describe ${String(value.value)}.`);
      return `${quoted(meaning)}\n${value.name}`;
    });
    return `${quoted(published.description)}\nenum ${name} {\n${values.join('\n')}\n}`;
  }

  private object({ name, description: text, linli, properties }: PublishedObject, type: GraphQLObjectType): string {
    const fields = [...properties].map(([property, { raw, linli: own }]) => {
      const place = `${name}.${property}`;
      const field = type.getFields()[property];
      if (!field) throw new StartError(`${place} cannot be a field; remove the property by the overlay.`);
      const written = typeText(field.type, raw, this.description, place, own.scalar);
      this.reach(written);
      return `${quoted(raw.description ?? '')}\n${property}: ${written}${this.classified(own, linli)}`;
    });
    for (const [field, reference] of Object.entries(linli.references ?? {})) {
      this.knows(properties, reference.from, `${name}.${field}`);
      if (!(reference.type in this.description.entities)) {
        throw new StartError(`${name}.${field} leads to ${reference.type}, which is not in x-linli-entities.`);
      }
      fields.push(`${quoted(reference.description)}\n${field}: ${reference.type}`);
    }
    const directives = [this.key(linli.key, name, properties), this.classified({}, linli, true), this.scoped(name)];
    return `${quoted(text)}\ntype ${name}${directives.join('')} {\n${fields.join('\n')}\n${this.operationFields(name)}\n}`;
  }

  private key(key: string | undefined, name: string, properties: PublishedObject['properties']): string {
    const lookup = this.description.objects.get(name)?.linli.lookup;
    if (key === undefined && lookup === undefined) return '';
    if (key === undefined || lookup === undefined)
      throw new StartError(`${name} needs both key and lookup, or neither.`);
    this.knows(properties, key, `the key of ${name}`);
    const operation = this.description.operations.get(lookup.operation);
    if (!operation) throw new StartError(`${name} is looked up by ${lookup.operation}, which has no x-linli-fields.`);
    const unknown = Object.values(lookup.from).find((field) => field !== key);
    if (unknown !== undefined) throw new StartError(`${name} is looked up by ${unknown}, which is not its key.`);
    checkFrom(operation, lookup.from, `the lookup of ${name}`);
    return ` @key(fields: ${quoted(key)})`;
  }

  private scoped(name: string): string {
    const { linli, properties } = this.description.objects.get(name)!;
    const facts = Object.entries(linli.scope ?? {});
    if (facts.length === 0) return '';
    for (const [fact, property] of facts) this.knows(properties, property, `${fact} of ${name}`);
    return ` @scoped(${facts.map(([fact, property]) => `${fact}: ${quoted(property)}`).join(', ')})`;
  }

  private entity(name: string): string {
    const { description: text, level, key } = this.description.entities[name]!;
    const written = knownScalar(key.scalar, `${name}.${key.name}`);
    const fields = `${quoted(key.description)}\n${key.name}: ${written}!\n${this.operationFields(name)}`;
    return `${quoted(text)}\ntype ${name} @key(fields: ${quoted(key.name)}) @classified(level: ${level}) {\n${fields}\n}`;
  }

  /** Nullable whatever they lead to: the system may be away. */
  private operationFields(type: string): string {
    return (this.added.get(type) ?? [])
      .map(({ operation, field }) => {
        const place = `${type}.${field.name}`;
        const from = field.from ?? {};
        checkFrom(operation, from, place);
        const known = type === 'Query' ? [] : this.fieldsOf(type);
        const stranger = Object.values(from).find((each) => !known.includes(each));
        if (stranger !== undefined) throw new StartError(`${place} takes ${stranger}, which ${type} does not have.`);
        const answer = getNullableType(libraryField(this.library, operation.id).type);
        const written = typeText(answer, operation.answer, this.description, place);
        this.reach(written);
        const given = operation.parameters.filter(({ name }) => !(name in from));
        const taken = given.length ? `(\n${given.map((each) => this.argument(operation, each)).join('\n')}\n)` : '';
        const text = field.description ?? operation.summary;
        return `${quoted(text)}\n${field.name}${taken}: ${written}${this.classified(field, field)}`;
      })
      .join('\n');
  }

  private argument(operation: Operation, { name, description: text, linli }: Parameter): string {
    const place = `${operation.id}(${name}:)`;
    const argument = libraryField(this.library, operation.id).args.find((each) => each.name === name);
    if (!argument) throw new StartError(`${place} cannot be an argument; give it another name.`);
    const scalar = linli.scalar === undefined ? getNamedType(argument.type).name : linli.scalar;
    const written = String(argument.type).replace(/[A-Za-z_]\w*/, knownScalar(scalar, place));
    const uses = linli.uses?.length ? ` @uses(fields: ${JSON.stringify(linli.uses)})` : '';
    return `${quoted(text)}\n${name}: ${written}${uses}`;
  }

  private fieldsOf(type: string): string[] {
    const entity = this.description.entities[type];
    return entity ? [entity.key.name] : [...(this.description.objects.get(type)?.properties.keys() ?? [])];
  }

  private knows(properties: PublishedObject['properties'], property: string, place: string): void {
    if (!properties.has(property)) throw new StartError(`${place} is ${property}, which is no property of its schema.`);
  }

  private reach(written: string): void {
    const name = written.replace(/[[\]!]/g, '');
    if (this.description.objects.has(name) || this.description.enums.has(name)) this.reached.add(name);
  }

  /** `@classified` where something is said; a field says its type's level where it has none of its own. */
  private classified(own: Protection, type: Protection, always = own === type): string {
    const said = always ? type : own;
    if (Object.keys(said).every((key) => key === 'scalar')) return '';
    const { sharing, mask, sealed } = said;
    const parts = [
      `level: ${said.level ?? type.level!}`,
      ...(sharing ? [`sharing: ${sharing}`] : []),
      ...(mask ? [`mask: ${mask}`] : []),
      ...(sealed === undefined ? [] : [`sealed: ${sealed}`]),
    ];
    return ` @classified(${parts.join(', ')})`;
  }
}

function checkFrom(operation: Operation, from: Readonly<Record<string, string>>, place: string): void {
  const unknown = Object.keys(from).find((name) => !operation.parameters.some((each) => each.name === name));
  if (unknown !== undefined) throw new StartError(`${place} gives ${unknown}, which ${operation.id} does not take.`);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
