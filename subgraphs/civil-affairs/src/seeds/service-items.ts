import type { ServiceCategory } from '../generated/graphql.js';

/** Names of services that the plan speaks of, with the time a case takes here, in working days (a default, not the plan's). */
export const serviceItems: [ServiceCategory, string, number][] = [
  ['SOCIAL_ASSISTANCE', '最低生活保障申请', 15],
  ['SOCIAL_ASSISTANCE', '特困人员救助供养申请', 15],
  ['SOCIAL_ASSISTANCE', '临时救助申请', 5],
  ['EMPLOYMENT', '就业困难人员认定', 10],
  ['EMPLOYMENT', '失业登记', 3],
  ['EMPLOYMENT', '创业补贴申请', 15],
  ['SOCIAL_SECURITY', '灵活就业人员参保登记', 3],
  ['SOCIAL_SECURITY', '城乡居民养老保险待遇申领', 10],
  ['HEALTH', '家庭医生签约', 1],
  ['HEALTH', '家庭病床建床申请', 5],
  ['HEALTH', '严重精神障碍患者监护补助申请', 15],
  ['CULTURE_EDUCATION', '社区学校课程报名', 1],
  ['CULTURE_EDUCATION', '体育场地预订', 1],
  ['PUBLIC_SECURITY', '居住证申领', 15],
  ['PUBLIC_SECURITY', '居住登记', 1],
  ['LEGAL_AID', '法律援助申请', 5],
  ['LEGAL_AID', '人民调解申请', 5],
  ['CARE', '高龄老人津贴申领', 10],
  ['CARE', '居家养老服务补助申请', 15],
  ['CARE', '家庭适老化改造申请', 15],
  ['CARE', '普惠托育机构入托登记', 5],
  ['HOUSING', '房屋租赁备案', 3],
  ['HOUSING', '公共租赁住房申请', 20],
  ['HOUSING', '老旧小区改造意愿登记', 5],
];

/** The code of the item at a position in the list. */
export function serviceItemCode(position: number): string {
  return `S${String(position + 1).padStart(3, '0')}`;
}
