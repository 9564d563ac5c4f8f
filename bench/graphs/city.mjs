/**
 * A city of the benchmark's own making: districts hold communities (places), communities hold facilities (services),
 * facilities are run by companies (companies), companies are inspected by officers (people) who live in communities
 * (places again). Few companies and officers serve many facilities, as in a real city.
 */
const counts = { districts: 8, communities: 5, facilities: 7, companies: 24, officers: 30 };

const header = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;
const numbers = (count) => Array.from({ length: count }, (_, index) => index);
const numberOf = ({ id }) => Number(id.slice(id.indexOf('-') + 1));

const district = (n) => ({
  id: `district-${n}`,
  name: `District ${n} of the city`,
  communities: () => numbers(counts.communities).map((index) => community(n * counts.communities + index)),
});
const community = (n) => ({ id: `community-${n}`, name: `Community number ${n}`, households: 1200 + ((n * 37) % 900) });
const facility = (n) => ({
  id: `facility-${n}`,
  name: `Facility ${n} for the elderly`,
  kind: ['CARE', 'CLINIC', 'LIBRARY', 'PARK'][n % 4],
  beds: n % 3 === 0 ? null : (n * 7) % 120,
  open: n % 5 !== 0,
  operator: { id: `company-${(n * 11) % counts.companies}` },
});
const company = (n) => ({
  id: `company-${n}`,
  name: `Service company ${n} Ltd.`,
  rating: 3 + ((n * 13) % 20) / 10,
  inspector: { id: `officer-${(n * 7) % counts.officers}` },
});
const officer = (n) => ({
  id: `officer-${n}`,
  name: `Officer ${n}`,
  rank: ['JUNIOR', 'SENIOR', 'CHIEF'][n % 3],
  home: { id: `community-${(n * 3) % (counts.districts * counts.communities)}` },
});
const facilitiesOf = (n) => numbers(counts.facilities).map((index) => facility(n * counts.facilities + index));

/** SDL and resolvers of each subgraph, by name. */
export const citySubgraphs = {
  places: {
    sdl: `${header}
      type Query { districts: [District!]! motto: String! }
      type District @key(fields: "id") { id: ID! name: String! communities: [Community!]! }
      type Community @key(fields: "id") { id: ID! name: String! households: Int! }`,
    resolvers: {
      Query: { districts: () => numbers(counts.districts).map(district), motto: () => 'One city, one graph' },
      Community: { __resolveReference: (reference) => community(numberOf(reference)) },
      District: { __resolveReference: (reference) => district(numberOf(reference)) },
    },
  },
  services: {
    sdl: `${header}
      enum Kind { CARE CLINIC LIBRARY PARK }
      type Community @key(fields: "id") { id: ID! facilities: [Facility!]! }
      type Facility @key(fields: "id") { id: ID! name: String! kind: Kind! beds: Int open: Boolean! operator: Company! }
      type Company @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: {
      Community: { facilities: (parent) => facilitiesOf(numberOf(parent)) },
      Facility: { __resolveReference: (reference) => facility(numberOf(reference)) },
    },
  },
  companies: {
    sdl: `${header}
      type Company @key(fields: "id") { id: ID! name: String! rating: Float! inspector: Officer }
      type Officer @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: { Company: { __resolveReference: (reference) => company(numberOf(reference)) } },
  },
  people: {
    sdl: `${header}
      enum Rank { JUNIOR SENIOR CHIEF }
      type Officer @key(fields: "id") { id: ID! name: String! rank: Rank! home: Community! }
      type Community @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: { Officer: { __resolveReference: (reference) => officer(numberOf(reference)) } },
  },
};

/** Five levels across four subgraphs. */
export const deepQuery = `query Deep {
  districts {
    id
    name
    communities {
      id
      name
      households
      facilities {
        id
        name
        kind
        beds
        open
        operator {
          id
          name
          rating
          inspector { id name rank home { name households } }
        }
      }
    }
  }
}`;

/** One field of one subgraph. */
export const smallQuery = 'query Small { motto }';
