/**
 * What nobody without a right to it may learn, each a text that occurs nowhere else: wherever one of them turns up, it is
 * known what leaked.
 */
export const secrets = {
  name: '甲秘密的名字',
  phone: '13911110001',
  note: 'canary-note-1',
  allergies: ['canary-allergy-1', 'canary-allergy-2', 'canary-allergy-3'],
  record: 'canary-record-1',
  elsewhere: '乙别处的名字',
  elsewherePhone: '13911110002',
  report: 'canary-report-1',
  reporter: 'canary-reporter-1',
  camera: 'canary-camera-1',
  internal: 'canary-internal-1',
} as const;

/** The secrets in a text, by their names. */
export function secretsIn(text: string): string[] {
  return Object.entries(secrets)
    .filter(([, value]) => [value].flat().some((each) => text.includes(each) || text.includes(JSON.stringify(each))))
    .map(([name]) => name);
}
