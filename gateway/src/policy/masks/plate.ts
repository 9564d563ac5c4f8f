/** Province, office and the rest of a licence plate (GA 36), for vehicles of any fuel and of learners, police and so on. */
const plate =
  /^([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z])[·\s]?[A-Z0-9*]{4,6}[学警挂港澳]?$/u;
const withheld = '*'.repeat(7);

/**
 * PLATE: the province and the office that registered: `粤B12345` and, for an electric car, `粤BD12345` → `粤B*****`.
 * Anything else, as plates of embassies, is seven asterisks.
 *
 * Still tells: the city, as a rule. Neither the kind of vehicle nor how many characters follow.
 */
export function maskPlate(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const office = plate.exec(value)?.[1];
  return office ? `${office}*****` : withheld;
}
