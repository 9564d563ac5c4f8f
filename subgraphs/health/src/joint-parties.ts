import { staffId, type Post } from '@linli/kit/population/staff';
import type { JointTaskParty } from './generated/graphql.js';

/** Where each party's staff come from, what it does about an event, and in how many hours; defaults of this hub. */
export const jointParties: readonly { party: JointTaskParty; post: Post; content: string; hours: number }[] = [
  {
    party: 'COMMUNITY_WORKER',
    post: 'community-worker',
    content: '通知居民，走访重点人群，落实生活服务与健康提示。',
    hours: 24,
  },
  {
    party: 'HEALTH_FACILITY',
    post: 'family-doctor',
    content: '开展流行病学调查与健康监测，指导消毒，安排就诊。',
    hours: 24,
  },
  {
    party: 'POLICE_POST',
    post: 'community-police',
    content: '维护现场与就诊点秩序，协助核查，处置谣言。',
    hours: 24,
  },
];

/** How many of a post a community has who take a joint task. */
const staffOfPost = 2;

/** The staff of a party in a community, by their ids. */
export function partyStaff(party: JointTaskParty, community: string): string[] {
  const { post } = jointParties.find((each) => each.party === party)!;
  return Array.from({ length: staffOfPost }, (_, i) => staffId(post, community, i + 1));
}
