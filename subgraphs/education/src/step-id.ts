/** The id of the step that made a version of something: unique, and sorted as the steps happened. */
export function stepId(of: string, version: number): string {
  return `${of}-${String(version).padStart(4, '0')}`;
}
