/** The city's platforms of which a local hub has stand-ins, by their codes in the connectors' contract. */
export const platformCodes = [
  'shenzhihui',
  'shenpingan',
  'ishenzhen',
  'smart-property',
  'community-commerce',
  'one-network',
] as const;
