/** Residents, staff and places, few enough that askers and rows meet. */
export const people = ['p0', 'p1', 'p2', 'p3', 'p4'];
export const staff = ['s0', 's1', 's2'];
export const places = ['440303001001', '440303001002', '440303002001', '440304001001', '441521102001'];
/** Prefixes that give a relation, and one of a length that gives none. */
export const prefixes = ['4403', '440303', '440304', '440303001', '440303002', '440303001001', '4403030'];
