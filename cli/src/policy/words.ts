import type { Action, Effect } from '@linli/gateway/policy/cedar/question';
import type { Purpose } from '@linli/schema/purposes';
import type { Role } from '@linli/schema/roles';
import type { Relation } from '@linli/schema/subject';

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

type Words<K extends string> = Readonly<Record<K, Readonly<Record<Language, string>>>>;

export const effectWords: Words<Effect> = {
  ALLOW: { zh: '明文', en: 'in full' },
  MASK: { zh: '脱敏', en: 'masked' },
  DENY: { zh: '拒绝', en: 'denied' },
};

export const relationWords: Words<Relation> = {
  none: { zh: '无关系', en: 'no relation' },
  self: { zh: '本人', en: 'the person' },
  guardian: { zh: '监护人', en: 'guardian' },
  household: { zh: '同住', en: 'same household' },
  assigned: { zh: '受指派', en: 'assigned' },
  community: { zh: '本社区', en: 'own community' },
  street: { zh: '本街道', en: 'own street' },
  district: { zh: '本区', en: 'own district' },
  city: { zh: '本市', en: 'own city' },
};

export const purposeWords: Words<Purpose> = {
  'service-handling': { zh: '办理服务', en: 'service handling' },
  'social-assistance': { zh: '社会救助', en: 'social assistance' },
  'medical-care': { zh: '诊疗', en: 'medical care' },
  'law-enforcement': { zh: '执法', en: 'law enforcement' },
  emergency: { zh: '紧急访问', en: 'emergency' },
  statistics: { zh: '统计', en: 'statistics' },
  audit: { zh: '审计', en: 'audit' },
  'own-affairs': { zh: '办理自己的事', en: 'own affairs' },
};

export const roleWords: Words<Role> = {
  resident: { zh: '居民', en: 'resident' },
  guardian: { zh: '监护人', en: 'guardian' },
  'grid-worker': { zh: '网格员', en: 'grid worker' },
  'community-worker': { zh: '社区工作者', en: 'community worker' },
  'social-worker': { zh: '社工', en: 'social worker' },
  'family-doctor': { zh: '家庭医生', en: 'family doctor' },
  'property-manager': { zh: '物业管理员', en: 'property manager' },
  'community-police': { zh: '社区民警', en: 'community police' },
  teacher: { zh: '教师', en: 'teacher' },
  'street-supervisor': { zh: '街道督导', en: 'street supervisor' },
  'district-supervisor': { zh: '区督导', en: 'district supervisor' },
  'city-supervisor': { zh: '市督导', en: 'city supervisor' },
  'department-data-officer': { zh: '部门数据专员', en: 'department data officer' },
  'security-officer': { zh: '安全管理员', en: 'security officer' },
  auditor: { zh: '审计管理员', en: 'auditor' },
  operator: { zh: '系统管理员', en: 'operator' },
  kiosk: { zh: '自助终端', en: 'kiosk' },
  'open-data': { zh: '未登录', en: 'open data' },
};

/** The word for what happens to a field: it is read in full or masked, written, or neither. */
export function effectWord(effect: Effect, action: Action, language: Language): string {
  if (action === 'write' && effect === 'ALLOW') return language === 'zh' ? '可写' : 'may write';
  return word(effectWords, effect, language);
}

/** The word for a role, relation, purpose or effect; what has none stands for itself. */
export function word(words: Words<string>, key: string, language: Language): string {
  return words[key]?.[language] ?? key;
}

/** A role by its name, with its title where the reader reads Chinese. */
export function roleTitle(role: string, language: Language): string {
  return language === 'zh' ? `${word(roleWords, role, 'zh')} ${role}` : role;
}
