/**
 * WITHHOLD: nothing, whatever the value is: `true` → null.
 *
 * Still tells: nothing, not even whether there is a value.
 */
export function withhold(): null {
  return null;
}
