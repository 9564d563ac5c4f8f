import type { Random } from '../../support/random.js';
import { pickOne, randomInteger } from '../../support/random.js';
import { people, places, staff } from './people.js';

/** An object of the graph as it truly is: every field of every department, other objects by reference. */
export interface Thing {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

/** Everything there is at one moment; `root` are the values of the root fields. */
export interface Truth {
  readonly root: Thing;
  readonly byKey: ReadonlyMap<string, Thing>;
}

type Draft = { __typename: string } & Record<string, unknown>;

/** Random rows. Whatever may be missing is missing sometimes, and so are the facts that relate people to rows. */
export function drawTruth(random: Random): Truth {
  const or = <T>(value: T, missing = 0.12): T | null => (random() < missing ? null : value);
  const some = <T>(items: readonly T[], most: number): T[] =>
    Array.from({ length: randomInteger(random, 0, most) }, () => pickOne(random, items));
  const text = () =>
    or(`${pickOne(random, ['张建国', '13812345678', 'Ann Lee', 'x'])}-${randomInteger(random, 0, 99)}`);
  const home = () =>
    or({ __typename: 'Home', code: or(pickOne(random, places)), label: `home ${randomInteger(random, 0, 99)}` });

  const persons = people.map((id): Draft => ({ __typename: 'Person', id }));
  const cases = ['c0', 'c1', 'c2', 'c3'].map((id): Draft => ({ __typename: 'Case', id }));
  const notices = ['n0', 'n1'].map((id): Draft => ({
    __typename: 'Notice',
    id,
    name: text(),
    home: home(),
    text: text(),
  }));
  const all = [...persons, ...cases, ...notices];
  for (const person of persons) {
    Object.assign(person, {
      name: text(),
      phone: text(),
      nicks: or(some(['Lili', 'Didi'], 2)),
      home: home(),
      contact: or({
        __typename: 'Contact',
        line: text(),
        more: or(some(['one', 'two'], 2).map((each) => ({ __typename: 'Detail', text: each }))),
        keeper: or(pickOne(random, persons)),
      }),
      spouse: or(pickOne(random, persons)),
      friends: or(some(persons, 2)),
      blood: text(),
      handlers: or(some(staff, 2)),
      young: pickOne(random, [true, false, false, null]),
      record: or({
        __typename: 'Record',
        diagnosis: text(),
        person: random() < 0.8 ? person : pickOne(random, persons),
      }),
    });
  }
  for (const person of persons) {
    person['reminder'] = `remind ${String(person['phone'])}`;
    person['circle'] = `circle ${JSON.stringify([person['phone'], phonesOf(person['friends'])])}`;
  }
  for (const one of cases) {
    const about = or(pickOne(random, persons));
    const title = text();
    Object.assign(one, {
      name: text(),
      home: home(),
      title,
      about,
      notes: or(
        some(['note', 'hint'], 2).map((each) =>
          or({ __typename: 'Note', text: each, by: pickOne(random, persons), on: or(pickOne(random, all)) }),
        ),
      ),
      seal: or({ __typename: 'Seal', text: text(), grade: text(), keepers: or(some(staff, 2)) }),
      places: or(some([...places, null], 2)),
      worker: or(pickOne(random, staff)),
      brief: `brief ${String(title)}`,
      digest: `digest ${JSON.stringify([title, about && phonesOf([about])])}`,
    });
  }
  const root = {
    __typename: 'Query',
    people: or(some(persons, 5), 0.02),
    person: or(pickOne(random, persons), 0.02),
    cases: or(some([...cases, null], 4), 0.02),
    named: or(some(all, 5), 0.02),
    things: or(some(all, 5), 0.02),
    notices: some(notices, 3),
  };
  return {
    root,
    byKey: new Map([...persons, ...cases].map((each) => [`${each.__typename} ${String(each['id'])}`, each as Thing])),
  };
}

/** What a department makes of people's phones that it was sent. */
export function phonesOf(value: unknown): unknown {
  return Array.isArray(value) ? value.map((each: { phone?: unknown }) => each.phone) : null;
}
