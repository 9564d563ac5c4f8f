import { staffId } from '@linli/kit/population/staff';

/**
 * The teacher in whose hands a community's education is: runs its community school, its activities and the booking of its
 * venues, and is the first whom a child's trouble is told.
 */
export function communityTeacher(communityCode: string): string {
  return staffId('teacher', communityCode);
}
