import { syntheticPhone } from '@linli/kit/identifiers/synthetic';
import { facilitiesOf } from '@linli/kit/population/facilities';
import { opaqueId } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';

const workdays = ['1', '2', '3', '4', '5'];
const everyDay = [...workdays, '6', '7'];
/** Where the synthetic phone numbers of offices on duty begin. */
const firstPhone = 90_000_000;

/** Each community has its first officer at the post on workdays, and an emergency watch around the clock (defaults). */
export const dutySeed = defineSeed({
  name: 'duty',
  tables: {
    duty_shift: ['id', 'kind', 'weekdays', 'from', 'until', 'post', 'phone', 'officer_id', 'community_code'],
  },
  async run({ load }) {
    const posts = new Set([...facilitiesOf('POLICE_POST')].map(({ community }) => community.code));
    for (const [i, { code }] of geography.communities.entries()) {
      const officer = opaqueId('o', code, 1);
      if (posts.has(code)) {
        load.row('duty_shift', [
          opaqueId('t', code, 'post'),
          'POLICE_POST',
          workdays,
          '08:00',
          '20:00',
          '警务室值班',
          null,
          officer,
          code,
        ]);
      }
      load.row('duty_shift', [
        opaqueId('t', code, 'watch'),
        'EMERGENCY',
        everyDay,
        '00:00',
        '00:00',
        '社区应急值守',
        syntheticPhone(firstPhone + i),
        null,
        code,
      ]);
      await load.flushIfFull();
    }
  },
});
