import type { SyntheticHousehold, SyntheticResident } from '@linli/kit/population/households';
import { opaqueId, randomFor } from '@linli/kit/population/random';
import { communityWorkerOfCase, socialWorkerOf } from '@linli/kit/population/staff';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import { careGrade } from '../care-grade.js';
import type { ElderCareMode, HomeCareService, HomeCareState } from '../generated/graphql.js';
import { timeId } from '../time-id.js';
import { daysAfter, moment } from './calendar.js';
import { elderSites, type SyntheticElderSite } from './elder-sites.js';

type Put = (table: keyof typeof elderTables, cells: readonly Cell[]) => void;

export const elderTables = {
  elder_profile: [
    'id',
    'resident_id',
    'community_code',
    'smart_care_user',
    'opened_on',
    'care_grade',
    'subsidy',
    'handlers',
  ],
  elder_assessment: ['profile_id', 'no', 'on', 'score', 'grade', 'by'],
  day_care_enrolment: ['id', 'resident_id', 'site_id', 'mode', 'from_day', 'community_code', 'open_key', 'handlers'],
  home_care_order: [
    'id',
    'resident_id',
    'service',
    'at',
    'state',
    'site_id',
    'minutes',
    'community_code',
    'open_key',
    'handlers',
  ],
  elder_places: ['site_id', 'mode', 'capacity', 'taken'],
} as const;

/** Elders (老年人) are 60 and over; made-up shares of those with a profile, and of these. */
const elderAge = 60;
const profileShare = 0.45;
const userShare = 0.7;
const assessedShare = 0.3;
const enrolledShare = 0.06;
const orderShare = 0.08;

const services: HomeCareService[] = ['MEALS', 'CLEANING', 'BATHING', 'ESCORT', 'VISIT'];
const orderStates: HomeCareState[] = ['ORDERED', 'DISPATCHED', 'DONE', 'DONE', 'CANCELLED'];

/** Elder care of the made-up city: who is cared for where, and how many places that leaves. */
export class ElderSeed {
  readonly #sites = new Map<string, SyntheticElderSite[]>();
  readonly #taken = new Map<string, number>();

  constructor(
    readonly seed: number,
    readonly put: Put,
  ) {
    for (const site of elderSites()) {
      const here = this.#sites.get(site.communityCode) ?? [];
      this.#sites.set(site.communityCode, [...here, site]);
    }
  }

  /** The profile of somebody old, and now and then care in a place or at home. */
  add(person: SyntheticResident, home: SyntheticHousehold): void {
    if (person.age < elderAge) return;
    const random = randomFor(this.seed, 'elder-care', person.id);
    const demo = person.id === 'demo-elder';
    const has = (share: number) => random.chance(share) || demo;
    if (!has(profileShare)) return;
    const { communityCode } = home;
    const worker = communityWorkerOfCase(communityCode, home.id);
    const handlers = [worker, socialWorkerOf(person, home)].filter((staff) => staff !== null);
    const id = opaqueId('e', person.id);
    const opened = moment(random);
    const score = has(assessedShare) ? random.int(demo ? 46 : 10, demo ? 65 : 90) : null;
    this.put('elder_profile', [
      id,
      person.id,
      communityCode,
      has(userShare),
      opened.toISOString().slice(0, 10),
      score === null ? null : careGrade(score),
      score !== null && score < 66 ? random.int(2, 6) * 100 : null,
      handlers,
    ]);
    if (score !== null) {
      this.put('elder_assessment', [id, 1, daysAfter(opened, 7).slice(0, 10), score, careGrade(score), worker]);
    }
    if (has(enrolledShare)) this.#enrol(person, home, handlers, opened);
    if (has(orderShare)) {
      const at = moment(random);
      const state = demo ? 'ORDERED' : random.pick(orderStates);
      const service = demo ? 'MEALS' : random.pick(services);
      const open = state === 'ORDERED' || state === 'DISPATCHED';
      const site = state === 'DISPATCHED' || state === 'DONE' ? this.#sites.get(communityCode)?.[0] : undefined;
      this.put('home_care_order', [
        timeId('o', at, opaqueId('o', person.id).slice(1, 7)),
        person.id,
        service,
        at.toISOString(),
        state,
        site?.id ?? null,
        state === 'DONE' ? 60 : null,
        communityCode,
        open ? `${person.id} ${service} ${at.toISOString()}` : null,
        handlers,
      ]);
    }
  }

  #enrol(person: SyntheticResident, home: SyntheticHousehold, handlers: string[], opened: Date): void {
    const site = this.#sites.get(home.communityCode)?.[0];
    if (!site) return;
    const [mode, capacity] = site.places[0]!;
    const key = `${site.id} ${mode}`;
    const taken = this.#taken.get(key) ?? 0;
    if (taken >= capacity) return;
    this.#taken.set(key, taken + 1);
    this.put('day_care_enrolment', [
      opaqueId('d', person.id),
      person.id,
      site.id,
      mode satisfies ElderCareMode,
      daysAfter(opened, 10).slice(0, 10),
      site.communityCode,
      `${person.id} ${site.id}`,
      handlers,
    ]);
  }

  /** The places of all sites, once everybody is in. */
  finish(): void {
    for (const sites of this.#sites.values()) {
      for (const { id, places } of sites) {
        for (const [mode, capacity] of places) {
          this.put('elder_places', [id, mode, capacity, this.#taken.get(`${id} ${mode}`) ?? 0]);
        }
      }
    }
  }
}
