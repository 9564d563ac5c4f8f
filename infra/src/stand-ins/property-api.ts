import { geography } from '@linli/schema/geography';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** One registered property-service project of the stand-in; figures are made up and follow from the code alone. */
function projectOf(code: string) {
  const community = geography.communities.find((each) => each.code === code);
  if (!community) return undefined;
  const draw = Number(code.slice(-5)) % 97;
  return {
    projectId: `sp-${code}`,
    communityCode: code,
    name: `${community.name}花园（示例）`,
    serviceGrade: ['A', 'B', 'C'][draw % 3]!,
    feePerSquareMetre: Math.round((2.2 + (draw % 30) / 10) * 100) / 100,
    openRepairs: draw % 12,
    lifts: { total: 4 + (draw % 20), outOfService: draw % 3 },
    satisfaction: 70 + (draw % 30),
    updatedAt: '2025-06-30T00:00:00Z',
  };
}

function repairsOf(code: string) {
  const project = projectOf(code);
  if (!project) return undefined;
  const kinds = ['WATER', 'POWER', 'LIFT', 'DOOR', 'PUBLIC_AREA'];
  return Array.from({ length: project.openRepairs }, (_, i) => ({
    repairId: `rp-${code}-${i + 1}`,
    kind: kinds[(i + project.lifts.total) % kinds.length]!,
    state: ['REPORTED', 'ASSIGNED', 'DONE'][i % 3]!,
    reportedAt: `2025-06-${String(1 + (i % 28)).padStart(2, '0')}T08:00:00Z`,
  }));
}

/** The read-only REST API of the property platform's stand-in, as its OpenAPI document describes it. */
export function propertyApi(path: string, query: URLSearchParams): Answer {
  const [, , , resource = '', key = '', below = ''] = path.split('/');
  if (resource === 'projects' && key === '') {
    const prefix = query.get('place') ?? '';
    const limit = Math.min(Math.max(Number(query.get('limit') ?? 20) || 20, 1), 100);
    const codes = geography.communities.map(({ code }) => code).filter((code) => code.startsWith(prefix));
    return { status: 200, body: codes.slice(0, limit).map(projectOf) };
  }
  const found =
    resource !== 'projects'
      ? undefined
      : below === 'repairs'
        ? repairsOf(key)
        : below === ''
          ? projectOf(key)
          : undefined;
  return found ? { status: 200, body: found } : { status: 404, body: { error: 'not found' } };
}
