/**
 * Days that a residence permit is good for, that it can be used before it is endorsed, and that somebody has to be
 * registered before applying (居住证暂行条例, articles 2 and 10: half a year, endorsed once a year). The first is a default.
 */
export const permitDays = 3 * 365;
export const endorsedDays = 365;
export const registeredDays = 183;
/** Days before an endorsement runs out from which the next one can be applied for. */
export const endorsableDays = 30;
