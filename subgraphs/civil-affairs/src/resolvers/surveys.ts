import type { Context } from '../context.js';
import type { Resolvers } from '../generated/graphql.js';

/** The result of a year's survey in a place, by its code or id; null where there is none, or not yet. */
async function resultIn(place: string, year: number, { loaders }: Context) {
  const [survey] = await loaders.surveyOfYear.load(String(year));
  return survey ? ((await loaders.surveyResults()).get(survey.id)?.byPlace.get(place) ?? null) : null;
}

const city = '4403';

/** The yearly survey of satisfaction: what was asked, and what places answered, in numbers. */
export const surveyResolvers: Resolvers = {
  Query: {
    satisfactionSurveys: (_, _args, { db }) => db.satisfactionSurvey.findMany({ orderBy: { year: 'desc' }, take: 50 }),
    satisfactionSurvey: (_, { year }, { db }) => db.satisfactionSurvey.findUnique({ where: { year } }),
  },
  Community: { surveyResult: ({ code }, { year }, context) => resultIn(code, year, context) },
  Street: { surveyResult: ({ code }, { year }, context) => resultIn(code, year, context) },
  District: { surveyResult: ({ id }, { year }, context) => resultIn(id, year, context) },
  SatisfactionSurvey: {
    __resolveReference: ({ id }, { loaders }) => loaders.survey.load(id),
    coveredCommunities: async ({ id }, _, { loaders }) => (await loaders.surveyResults()).get(id)?.covered ?? 0,
    result: async ({ id }, _, { loaders }) => (await loaders.surveyResults()).get(id)?.byPlace.get(city) ?? null,
  },
};
