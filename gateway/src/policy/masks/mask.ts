/**
 * What is shown of a value to someone who may read it masked; null where nothing is. It never throws, gives the same for
 * the same value, and null for null and for values of a kind that the method does not know.
 */
export type Mask = (value: unknown) => string | number | boolean | null;
