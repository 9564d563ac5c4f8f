import { geography } from '@linli/schema/geography';

/** Names of all prefixes that are places of their own: city, districts, streets, communities. */
const names = new Map<string, string>([
  ...geography.districts.flatMap(({ name, prefixes }): [string, string][] =>
    prefixes.length === 1 ? [[prefixes[0]!, name]] : [],
  ),
  ...[...geography.streets, ...geography.communities].map(({ code, name }): [string, string] => [code, name]),
  [geography.city.code, geography.city.name],
]);

/** Every prefix that some community's code begins with. */
const prefixes = new Set(
  geography.communities.flatMap(({ code }) => [4, 6, 9, 12].map((length) => code.slice(0, length))),
);

/** Whether there is any community under a prefix. */
export function isPlace(prefix: string): boolean {
  return prefixes.has(prefix);
}

/** What the ground of some prefixes is called: the district that they make up, else the places one after the other. */
export function placeName(given: readonly string[]): string {
  const wanted = [...given].sort().join();
  const district = geography.districts.find((each) => [...each.prefixes].sort().join() === wanted);
  return district?.name ?? given.map((prefix) => names.get(prefix) ?? prefix).join('、');
}
