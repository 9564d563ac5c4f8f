import { demoCommunity } from '@linli/kit/population/places';
import { randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import type { CourseAudience, LearningCircleKind, LearningResourceKind } from '../generated/graphql.js';
import { placedCourses } from './courses.js';
import { enrollmentsOf } from './enrollments.js';
import { sites } from './sites.js';

/** What can be learned at any time: titles by audience, each in every medium. */
const topics: Record<CourseAudience, readonly string[]> = {
  EVERGREEN_UNIVERSITY: ['中国画基础', '八段锦', '智能手机入门'],
  ELDER_UNIVERSITY: ['楷书入门', '合理膳食', '识别电信诈骗'],
  LIFELONG: ['家庭急救', '粤语会话', '准家长课堂', '家庭理财入门'],
  YOUTH: ['趣味科学', '青少年编程', '网络素养'],
};
const media: readonly LearningResourceKind[] = ['VIDEO', 'AUDIO', 'EBOOK', 'COURSEWARE'];
const mediaNames: Record<LearningResourceKind, string> = {
  VIDEO: '视频课',
  AUDIO: '音频课',
  EBOOK: '电子书',
  COURSEWARE: '课件',
};
const providers = ['深圳长青老龄大学（示例）', '深圳老年大学（示例）', '终身教育资源库（示例）'];

const circles: Record<LearningCircleKind, { title: string; topics: readonly string[] }> = {
  LEARNING_COMMUNITY: { title: '学习型社区', topics: ['邻里共学', '数字生活'] },
  LEARNING_FAMILY: { title: '学习型家庭小组', topics: ['亲子共读', '家风家教'] },
  STUDY_GROUP: { title: '读书会', topics: ['经典诵读', '岭南文化'] },
};

/** Online courses that anybody may join at any time, from the first community school of every street. */
const openCourse = { title: '终身学习公开课', seats: 500, hours: 24, startsOn: '2025-03-01', endsOn: '2045-12-31' };

/**
 * The lifelong-learning platform (终身教育平台): resources, groups that learn together, courses that are always open, and
 * the demo family's hours. Numbers are made up.
 */
export const lifelongLearningSeed = defineSeed({
  name: 'lifelong-learning',
  tables: {
    learning_resource: ['id', 'title', 'kind', 'audience', 'hours', 'provider', 'published_on'],
    learning_circle: ['id', 'name', 'kind', 'community_code', 'topic', 'founded_on'],
    course: [
      'id',
      'title',
      'school_id',
      'community_code',
      'audience',
      'mode',
      'seats',
      'enrolled',
      'hours',
      'starts_on',
      'ends_on',
      'description',
    ],
    learning_record: ['id', 'enrollment_id', 'learned_on', 'hours', 'recorded_by'],
  },
  run({ load, seed, households }) {
    let number = 0;
    for (const [audience, titles] of Object.entries(topics)) {
      for (const title of titles) {
        for (const kind of media) {
          const random = randomFor(seed, 'learning-resource', ++number);
          load.row('learning_resource', [
            `learning-resource-${number}`,
            `${title}（${mediaNames[kind]}）`,
            kind,
            audience,
            random.int(1, 16) / 2,
            random.pick(providers),
            `2025-0${random.int(1, 6)}-1${random.int(0, 9)}`,
          ]);
        }
      }
    }
    const kinds = Object.keys(circles) as LearningCircleKind[];
    for (const { community, position } of sites()) {
      if (position > 0) continue;
      const { code, name } = community;
      const random = randomFor(seed, 'learning-circle', code);
      for (const [i, kind] of (code === demoCommunity ? kinds : [random.pick(kinds)]).entries()) {
        load.row('learning_circle', [
          `learning-circle-${code}-${i + 1}`,
          `${name}${circles[kind].title}`,
          kind,
          code,
          random.pick(circles[kind].topics),
          `202${random.int(1, 4)}-0${random.int(1, 9)}-01`,
        ]);
      }
      const { title, seats, hours, startsOn, endsOn } = openCourse;
      load.row('course', [
        `course-${code}-open`,
        title,
        `community-school-${code}`,
        code,
        'LIFELONG',
        'ONLINE',
        seats,
        0,
        hours,
        startsOn,
        endsOn,
        '常年开放的线上课程，随时报名，自行记录学时。',
      ]);
    }
    const [home] = households();
    const courses = [...placedCourses(seed)].filter(({ communityCode }) => communityCode === demoCommunity);
    for (const { id, hours, courseId } of enrollmentsOf(home!, courses, seed)) {
      if (hours === 0) continue;
      const { startsOn } = courses.find((course) => course.id === courseId)!;
      load.row('learning_record', [`${id}-0001`, id, startsOn, hours, 'TEACHER']);
    }
    return Promise.resolve();
  },
});
