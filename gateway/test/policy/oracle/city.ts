import type { IntrospectionQuery } from 'graphql';
import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import type { Standing } from '@linli/schema/subject';
import { compose, type GraphQLBody } from '../../support/hub.js';
import { Subgraph } from '../../support/subgraph.js';
import { InProcessGateway } from '../support/in-process.js';
import type { Asker } from './askers.js';
import type { Contracts } from './contracts.js';
import type { Denied, Said } from './expected.js';
import type { Thing, Truth } from './rows.js';
import { phonesOf } from './rows.js';

/** Departments that know the truth, and a gateway over them that knows the policies. */
export class City {
  /** What the departments answer from now on. */
  truth: Truth | undefined;
  #asker: Asker | undefined;

  constructor(
    readonly departments: readonly Subgraph[],
    readonly gateway: InProcessGateway,
  ) {}

  static async open(contracts: Contracts, policies: string): Promise<City> {
    let city: City | undefined = undefined;
    const known = () => city!.truth!;
    const find = ({ __typename, id }: { __typename: string; id: string }): Thing =>
      known().byKey.get(`${__typename} ${id}`)!;
    const resolversOf: Record<string, Parameters<typeof Subgraph.start>[2]> = {
      'civil-affairs': {
        Query: {
          ...Object.fromEntries(
            ['people', 'person', 'cases', 'named', 'things', 'notices'].map((name) => [name, () => known().root[name]]),
          ),
          standing: () => city!.standing,
        },
        Person: { __resolveReference: find },
        Case: { __resolveReference: find },
      },
      // What it computes, it computes of what it was sent.
      health: {
        Person: {
          __resolveReference: (sent: Sent) => ({
            ...find(sent),
            reminder: `remind ${String(sent['phone'])}`,
            circle: `circle ${JSON.stringify([sent['phone'], phonesOf(sent['friends'])])}`,
          }),
        },
        Case: {
          __resolveReference: (sent: Sent) => ({
            brief: `brief ${String(sent['title'])}`,
            digest: `digest ${JSON.stringify([sent['title'], sent['about'] && phonesOf([sent['about']])])}`,
          }),
        },
      },
    };
    const departments = await Promise.all(
      Object.entries(contracts).map(([name, sdl]) => Subgraph.start(name, sdl, resolversOf[name]!)),
    );
    try {
      const gateway = await InProcessGateway.open(compose(departments), { 'common.cedar': policies });
      return (city = new City(departments, gateway));
    } catch (error) {
      await Promise.all(departments.map((department) => department.close()));
      throw error;
    }
  }

  /** To whom the asker is close. */
  get standing(): Standing {
    return this.#asker!.standing;
  }

  /** The schema as the gateway shows it to an asker. */
  async schemaFor(asker: Asker) {
    const { data, errors } = await this.#send(asker, getIntrospectionQuery());
    if (!data) throw new Error(JSON.stringify(errors));
    return buildClientSchema(data as unknown as IntrospectionQuery);
  }

  /** What the gateway answers; errors that the oracle has no word for stand among the denied, as no other has a message. */
  async answer(asker: Asker, query: string): Promise<Said> {
    const { data, errors = [], extensions } = await this.#send(asker, query);
    const denied = errors.map(({ message, path = [], extensions: { code, coordinate, count } }) => {
      const told = code === 'FIELD_DENIED' ? String(coordinate) : `${String(code)}: ${message}`;
      return { path: path as Denied['path'], coordinate: told, count: (count as number | undefined) ?? 1 };
    });
    return { data, masked: extensions?.masked ?? [], denied };
  }

  async #send(asker: Asker, document: string): Promise<GraphQLBody & Pick<Extended, 'extensions'>> {
    this.#asker = asker;
    const answer = await this.gateway.ask(asker.subject, document, asker.headers);
    for (const department of this.departments) department.headers.length = 0;
    return answer;
  }

  async close(): Promise<void> {
    await this.gateway.close();
    await Promise.all(this.departments.map((department) => department.close()));
  }
}

interface Extended {
  readonly extensions?: { readonly masked?: readonly string[] };
}

type Sent = { __typename: string; id: string } & Record<string, unknown>;
