import { departments, type Department } from '@linli/schema/departments';
import { subgraphSdl } from '@linli/schema/files';
import { Kind, parse, type ConstDirectiveNode, type FieldDefinitionNode, type ObjectTypeDefinitionNode } from 'graphql';

type Sharing = 'UNCONDITIONAL' | 'CONDITIONAL' | 'NONE';

/** One type of the graph as the catalogue of data has it. */
export interface SeededAsset {
  id: string;
  department: Department;
  name: string;
  type: string;
  base: string | null;
  source: string;
  steward: string;
  level: number;
  sharing: Sharing;
  openClass: 'OPEN' | 'CONDITIONAL' | 'NOT_OPEN';
  fields: number;
}

const stewards: Record<Department, string> = {
  'civil-affairs': '市民政局',
  health: '市卫生健康委',
  housing: '市住房建设局',
  'public-security': '市公安局',
  education: '市教育局',
  connectors: '互联平台',
  governance: '市政务服务和数据管理局',
};

/** The six base databases that the plan names, and the types that they are in the graph. */
const bases: Record<string, string> = {
  Resident: '人口',
  PopulationRegistration: '人口',
  Organization: '法人',
  HousingUnit: '房屋',
  Building: '房屋',
  Community: '自然资源与空间地理',
  Facility: '自然资源与空间地理',
  Licence: '电子证照',
  CreditRecord: '公共信用',
};

function argumentOf(directive: ConstDirectiveNode | undefined, name: string): string | undefined {
  const value = directive?.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.ENUM ? value.value : undefined;
}

const classification = (node: ObjectTypeDefinitionNode | FieldDefinitionNode) =>
  node.directives?.find(({ name }) => name.value === 'classified');

const strictness: Sharing[] = ['UNCONDITIONAL', 'CONDITIONAL', 'NONE'];

/** Level and sharing class of a field: its own, or those of its type; above L2, sharing is conditional if unsaid. */
function classOf(field: FieldDefinitionNode, type: ObjectTypeDefinitionNode): { level: number; sharing: number } {
  const [own, whole] = [classification(field), classification(type)];
  const level = Number((argumentOf(own, 'level') ?? argumentOf(whole, 'level') ?? 'L4').slice(1));
  const sharing =
    argumentOf(own, 'sharing') ?? argumentOf(whole, 'sharing') ?? (level > 2 ? 'CONDITIONAL' : 'UNCONDITIONAL');
  return { level, sharing: strictness.indexOf(sharing as Sharing) };
}

/** What clients can be shown; facts for deciding are no data that is asked for. */
const shown = ({ directives }: FieldDefinitionNode) => !directives?.some(({ name }) => name.value === 'inaccessible');

/**
 * The entities that each department owns, out of the contracts: level and sharing class are those of the strictest field.
 * A type belongs to the department whose contract describes most of it.
 */
export function dataAssets(): SeededAsset[] {
  const owned = new Map<string, SeededAsset>();
  for (const department of departments) {
    for (const type of parse(subgraphSdl(department)).definitions) {
      if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
      const fields = (type.fields ?? []).filter(shown);
      const key = type.directives?.some(({ name }) => name.value === 'key');
      const name = type.name.value;
      if (!key || fields.length <= (owned.get(name)?.fields ?? 0)) continue;
      const classes = fields.map((field) => classOf(field, type));
      const level = Math.max(...classes.map((each) => each.level));
      owned.set(name, {
        id: `asset-${name}`,
        department,
        name: type.description?.value.split(/[：。，（]/)[0] ?? name,
        type: name,
        base: bases[name] ?? null,
        source: `${stewards[department]}业务系统`,
        steward: stewards[department],
        level,
        sharing: strictness[Math.max(...classes.map((each) => each.sharing))]!,
        openClass: level === 1 ? 'OPEN' : level === 2 ? 'CONDITIONAL' : 'NOT_OPEN',
        fields: fields.length,
      });
    }
  }
  return [...owned.values()];
}
