/**
 * A key that sorts by time: a letter, the moment in milliseconds (nine characters of base 36), and what makes it unique.
 * Lists in the order of such keys are in the order in which things happened.
 */
export function timeId(letter: string, at: Date, tail: string): string {
  return letter + at.getTime().toString(36).padStart(9, '0') + tail;
}
