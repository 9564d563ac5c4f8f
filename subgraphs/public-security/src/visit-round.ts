/** Days after which somebody on the visiting round is visited again. A default, not the plan's. */
export const daysBetweenVisits = 30;

const dayInMs = 86_400_000;

/** Whether the next visit is due: the latest one lies so many days back. */
export function isVisitDue({ latest, visitedAt }: { latest: boolean; visitedAt: Date }, now: Date): boolean {
  return latest && now.getTime() - visitedAt.getTime() >= daysBetweenVisits * dayInMs;
}
