import { defineSeed } from '@linli/kit/seeding/seed';
import { clinics } from './clinics.js';
import { events } from './events.js';
import { nurseries } from './nurseries.js';

/** What stands in communities: clinics and their technicians in the plan's 2020 numbers, nurseries, and public events. */
export const facilitiesSeed = defineSeed({
  name: 'facilities',
  tables: {
    health_facility: [
      'id',
      'name',
      'type',
      'community_code',
      'area_m2',
      'health_technicians',
      'general_practitioners',
      'public_health_physicians',
      'epidemiologists',
      'counselling_room',
      'licence_no',
      'opening_hours',
    ],
    nursery: [
      'id',
      'name',
      'community_code',
      'places',
      'available_places',
      'full_day',
      'half_day',
      'hourly',
      'temporary',
      'age_groups',
      'inclusive',
      'licensed',
      'opening_hours',
    ],
    public_health_event: [
      'id',
      'title',
      'category',
      'grade',
      'state',
      'community_code',
      'published_at',
      'ended_at',
      'advice',
    ],
  },
  async run({ load, seed }) {
    for (const each of clinics(seed)) {
      load.row('health_facility', [
        each.id,
        each.name,
        each.type,
        each.communityCode,
        each.areaM2,
        each.healthTechnicians,
        each.generalPractitioners,
        each.publicHealthPhysicians,
        each.epidemiologists,
        each.counsellingRoom,
        each.licenceNo,
        each.openingHours,
      ]);
    }
    for (const each of nurseries(seed)) {
      load.row('nursery', [
        each.id,
        each.name,
        each.communityCode,
        each.places,
        each.availablePlaces,
        each.fullDay,
        each.halfDay,
        each.hourly,
        each.temporary,
        each.ageGroups,
        each.inclusive,
        each.licensed,
        each.openingHours,
      ]);
    }
    for (const each of events(seed)) {
      load.row('public_health_event', [
        each.id,
        each.title,
        each.category,
        each.grade,
        each.state,
        each.communityCode,
        each.publishedAt,
        each.endedAt,
        each.advice,
      ]);
    }
    await load.flushIfFull();
  },
});
