import { defineSeed } from '@linli/kit/seeding/seed';
import { activities } from './activities.js';
import { clinicByCommunity, clinics } from './clinics.js';
import { minutesAfter } from './days.js';
import { events } from './events.js';
import { jointTasks } from './joint-tasks.js';
import { professionals } from './professionals.js';

/** What communities have besides clinics: the talent pool, activities, and what was done and told about events. */
export const servicesSeed = defineSeed({
  name: 'services',
  tables: {
    mental_health_professional: [
      'id',
      'name',
      'profession',
      'certificate_no',
      'facility_id',
      'community_code',
      'certificate_valid_until',
      'supervised_until',
      'educated_until',
    ],
    professional_training: [
      'id',
      'professional_id',
      'number',
      'kind',
      'hours',
      'provider',
      'completed_on',
      'valid_until',
    ],
    health_activity: [
      'id',
      'kind',
      'title',
      'community_code',
      'venue',
      'description',
      'starts_at',
      'ends_at',
      'facility_id',
    ],
    joint_health_task: ['id', 'event_id', 'party', 'community_code', 'content', 'state', 'due_at', 'handlers'],
    joint_task_report: ['id', 'task_id', 'number', 'state', 'at', 'staff_id', 'text'],
    public_health_bulletin: ['id', 'event_id', 'number', 'state', 'at', 'text'],
  },
  async run({ load, seed }) {
    const all = clinics(seed);
    const provider = '示例心理卫生协会';
    for (const each of professionals(seed, all)) {
      load.row('mental_health_professional', [
        each.id,
        each.name,
        each.profession,
        each.certificateNo,
        each.facilityId,
        each.communityCode,
        each.certificateValidUntil,
        each.supervisedUntil,
        each.educatedUntil,
      ]);
      const trainings = [
        ['SUPERVISION', 20, each.supervisedOn, each.supervisedUntil],
        ['CONTINUING_EDUCATION', 30, each.educatedOn, each.educatedUntil],
      ] as const;
      for (const [i, [kind, hours, on, until]] of trainings.entries()) {
        load.row('professional_training', [`${each.id}-${i + 1}`, each.id, i + 1, kind, hours, provider, on, until]);
      }
    }
    for (const each of activities(seed, clinicByCommunity(all))) {
      load.row('health_activity', [
        each.id,
        each.kind,
        each.title,
        each.communityCode,
        each.venue,
        each.description,
        each.startsAt,
        each.endsAt,
        each.facilityId,
      ]);
    }
    const published = events(seed);
    for (const { report, ...task } of jointTasks(published)) {
      load.row('joint_health_task', [
        task.id,
        task.eventId,
        task.party,
        task.communityCode,
        task.content,
        task.state,
        task.dueAt,
        task.handlers,
      ]);
      if (report) {
        load.row('joint_task_report', [
          `${task.id}-1`,
          task.id,
          1,
          report.state,
          report.at,
          report.staffId,
          report.text,
        ]);
      }
    }
    for (const { id, state, publishedAt, endedAt } of published) {
      if (state === 'RESPONDING') continue;
      const text = state === 'ENDED' ? '示例：风险已消除，解除提示。' : '示例：未见新增，转入观察。';
      const at = endedAt ?? minutesAfter(publishedAt, 3 * 24 * 60);
      load.row('public_health_bulletin', [`${id}-1`, id, 1, state, at, text]);
    }
    await load.flushIfFull();
  },
});
