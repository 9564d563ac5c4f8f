/** What a request may be made for. A subject may declare those that it was granted (claim `purposes`). */
export const purposes = [
  'service-handling',
  'social-assistance',
  'medical-care',
  'law-enforcement',
  'emergency',
  'statistics',
  'audit',
  'own-affairs',
] as const;

export type Purpose = (typeof purposes)[number];
