import type { GraphQLNamedType, GraphQLSchema } from 'graphql';
import { getNamedType, isInterfaceType, isUnionType } from 'graphql';
import type { Input, InputOwner, Member, Outline, Owner } from './outline.js';
import { outlineOf } from './outline.js';
import type { Reach } from './reach.js';

/**
 * What of a schema somebody may know of: what their reach says, without what cannot be used or leads nowhere then.
 *
 * - An input object stays while something can be said by it, and all that must be.
 * - A field stays without the arguments that are not visible, unless it cannot be asked for without them.
 * - A type stays while it has a field, a union while it has a type; a field stays while its type does.
 * - A connection or an edge that leads to nothing any more would tell of what it led to.
 * - An interface has no field that one of its implementations has not.
 */
export class Visible {
  readonly #outline: Outline;
  readonly #members = new Set<Member>();
  readonly #counts = new Map<Owner, number>();
  readonly #inputs = new Map<InputOwner | Member, readonly Input[]>();
  readonly #gone = new Set<GraphQLNamedType>();

  constructor(
    readonly schema: GraphQLSchema,
    readonly reach: Reach,
  ) {
    this.#outline = outlineOf(schema);
    this.#findInputs();
    this.#findMembers();
    for (const owner of this.#outline.owners) if (this.#isVain(owner)) this.#removeType(owner.type);
    for (let unmet = this.#unmet(); unmet.length; unmet = this.#unmet()) {
      for (const member of unmet) this.#removeMember(member);
    }
  }

  /** Whether a type is left, if anything leads to it. */
  hasType(type: GraphQLNamedType): boolean {
    return !this.#gone.has(type);
  }

  membersOf(type: GraphQLNamedType): readonly Member[] {
    return this.#outline.byType.get(type)?.members.filter((member) => this.#members.has(member)) ?? [];
  }

  /** The arguments that are left of a field that is. */
  argumentsOf(member: Member): readonly Input[] {
    return this.#inputs.get(member) ?? member.inputs;
  }

  /** The fields that are left of an input object. */
  inputsOf(type: GraphQLNamedType): readonly Input[] {
    const owner = this.#outline.byInputType.get(type);
    return (owner && this.#inputs.get(owner)) ?? [];
  }

  /** A name for what is left: who sees the same part has the same name. */
  get name(): string {
    const left: boolean[] = [];
    for (const { members } of this.#outline.owners) {
      for (const member of members) {
        left.push(this.#members.has(member));
        const given = this.argumentsOf(member);
        for (const input of member.inputs) left.push(given.includes(input));
      }
    }
    for (const owner of this.#outline.inputOwners) {
      const given = this.inputsOf(owner.type);
      for (const input of owner.inputs) left.push(given.includes(input));
    }
    return packed(left);
  }

  #findInputs(): void {
    for (const { type } of this.#outline.inputOwners) this.#gone.add(type);
    const may = new Map(
      this.#outline.inputOwners.map((owner) => [
        owner,
        new Set(owner.inputs.filter(({ name }) => this.reach.inputField(owner.type.name, name))),
      ]),
    );
    for (let before = Infinity; this.#gone.size < before;) {
      before = this.#gone.size;
      for (const [owner, said] of may) {
        const left = owner.inputs.filter((input) => said.has(input) && this.hasType(input.type));
        if (left.length === 0 || owner.inputs.some((input) => input.insists && !left.includes(input))) continue;
        this.#gone.delete(owner.type);
        this.#inputs.set(owner, left);
      }
    }
  }

  #findMembers(): void {
    for (const owner of this.#outline.owners) {
      let count = 0;
      for (const member of owner.members) {
        if (!this.reach.field(owner.type.name, member.name) || !this.#canBeAsked(member)) continue;
        this.#members.add(member);
        count++;
      }
      this.#counts.set(owner, count);
    }
  }

  /** Whether a field can be asked for with the arguments that are left, which are noted. */
  #canBeAsked(member: Member): boolean {
    if (member.inputs.length === 0) return true;
    const { owner, name } = member;
    const left = member.inputs.filter(
      (input) => this.hasType(input.type) && this.reach.argument(owner.type.name, name, input.name),
    );
    if (left.length === member.inputs.length) return true;
    if (member.inputs.some((input) => input.insists && !left.includes(input))) return false;
    this.#inputs.set(member, left);
    return true;
  }

  /** True for a type that has nothing or leads to nothing. The root is there whatever it has. */
  #isVain(owner: Owner): boolean {
    if (owner.type === this.schema.getQueryType()) return false;
    if (this.#counts.get(owner) === 0) return true;
    return owner.leading.length > 0 && !owner.leading.some((member) => this.#members.has(member));
  }

  #removeType(type: GraphQLNamedType): void {
    if (this.#gone.has(type)) return;
    this.#gone.add(type);
    for (const member of this.#outline.byType.get(type)?.members ?? []) this.#members.delete(member);
    for (const member of this.#outline.givers.get(type) ?? []) this.#removeMember(member);
    for (const union of this.#outline.unions.get(type) ?? []) {
      if (union.getTypes().every((each) => this.#gone.has(each))) this.#removeType(union);
    }
  }

  #removeMember(member: Member): void {
    if (!this.#members.delete(member)) return;
    const { owner } = member;
    this.#counts.set(owner, this.#counts.get(owner)! - 1);
    if (this.#isVain(owner)) this.#removeType(owner.type);
  }

  /** Fields of interfaces that something which implements them does not have. */
  #unmet(): Member[] {
    const unmet: Member[] = [];
    for (const owner of this.#outline.owners) {
      if (owner.type.getInterfaces().length === 0 || this.#gone.has(owner.type)) continue;
      const own = new Set(this.membersOf(owner.type).map(({ name }) => name));
      for (const each of owner.type.getInterfaces()) {
        unmet.push(...this.membersOf(each).filter(({ name }) => !own.has(name)));
      }
    }
    return unmet;
  }

  /** The types that lead from the roots: one that nothing leads to says that something is hidden. */
  reached(): ReadonlySet<GraphQLNamedType> {
    const { schema } = this;
    const found = new Set<GraphQLNamedType>();
    const waiting: (GraphQLNamedType | null | undefined)[] = [
      schema.getQueryType(),
      schema.getMutationType(),
      schema.getSubscriptionType(),
      ...schema.getDirectives().flatMap(({ args }) => args.map((each) => getNamedType(each.type))),
    ];
    for (let type = waiting.pop(); waiting.length || type; type = waiting.pop()) {
      if (!type || found.has(type) || this.#gone.has(type)) continue;
      found.add(type);
      this.#leadsTo(type, waiting);
    }
    return found;
  }

  #leadsTo(type: GraphQLNamedType, waiting: (GraphQLNamedType | null | undefined)[]): void {
    const owner = this.#outline.byType.get(type);
    if (owner) {
      waiting.push(...owner.type.getInterfaces());
      if (isInterfaceType(type)) {
        const { objects, interfaces } = this.schema.getImplementations(type);
        waiting.push(...objects, ...interfaces);
      }
      for (const member of owner.members) {
        if (!this.#members.has(member)) continue;
        waiting.push(member.type);
        for (const input of this.argumentsOf(member)) waiting.push(input.type);
      }
    } else if (isUnionType(type)) waiting.push(...type.getTypes());
    else for (const input of this.inputsOf(type)) waiting.push(input.type);
  }
}

/** A character for every 16 of them. */
function packed(bits: readonly boolean[]): string {
  const units = new Uint16Array(Math.ceil(bits.length / 16));
  bits.forEach((bit, i) => {
    if (bit) units[i >> 4]! |= 1 << (i & 15);
  });
  return String.fromCharCode(...units);
}
