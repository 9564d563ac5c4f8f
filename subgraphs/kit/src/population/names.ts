import type { Random } from './random.js';

/** Every synthetic person carries 例 ("example") or Example in the name, so that nobody takes one for a living person. */
const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武莫孔欧阳'.split(
    '',
  );
const given = '安邦彩晨丹恩芳歌涵佳康兰明楠鹏琪荣珊涛婉雯欣雅逸泽芷卓浩宁晴'.split('');
/** Characters outside the basic plane, as real names have them and naive code breaks on. */
const rareGiven = ['𬭚', '𫍽', '𬱖', '㼆'];
const minorityNames = ['阿依古丽·例', '买买提·例江', '扎西·例玛', '巴特尔·例'];

export function householdSurname(random: Random): string {
  return random.pick(surnames);
}

/** A name in one of the forms that a city's registers really hold: Han, rare characters, minority names with ·, Latin. */
export function personName(random: Random, surname: string): string {
  const draw = random.int(0, 999);
  if (draw < 5) return `${surname}例${random.pick(rareGiven)}`;
  if (draw < 12) return random.pick(minorityNames);
  if (draw < 15) return `${random.pick(['Alex', 'Maria', 'John'])} Example`;
  return `${surname}例${random.pick(given)}`;
}
