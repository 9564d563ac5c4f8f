import type { Resolvers } from '../generated/graphql.js';

/** To whom the caller is close, which the gateway asks before it decides what the caller may see. */
export const standingResolvers: Resolvers = {
  Query: {
    standing: (_, _args, { subject, loaders }) =>
      subject.residentId === undefined ? null : loaders.standing.load(subject.residentId),
  },
};
