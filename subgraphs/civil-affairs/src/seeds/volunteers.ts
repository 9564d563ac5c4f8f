import type { SyntheticHousehold, SyntheticResident } from '@linli/kit/population/households';
import { demoCommunity } from '@linli/kit/population/places';
import { hash32, opaqueId, randomFor } from '@linli/kit/population/random';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import { geography } from '@linli/schema/geography';
import type { TimeBankTransferKind, VolunteerField } from '../generated/graphql.js';
import { timeId } from '../time-id.js';
import { moment } from './calendar.js';
import { fundOf } from './welfare-places.js';

type Put = (table: keyof typeof volunteerTables, cells: readonly Cell[]) => void;

export const volunteerTables = {
  volunteer: ['id', 'resident_id', 'community_code', 'fields', 'registered_on', 'minutes'],
  volunteer_need: ['id', 'resident_id', 'field', 'text', 'wanted_on', 'state', 'community_code', 'parties'],
  volunteer_sign_up: ['id', 'project_id', 'resident_id', 'community_code', 'state', 'checked_in_at', 'minutes'],
  volunteer_project: [
    'id',
    'title',
    'field',
    'station_id',
    'community_code',
    'starts_at',
    'ends_at',
    'places',
    'taken',
    'state',
  ],
  time_bank_account: ['id', 'kind', 'holder_id', 'station_id', 'community_code'],
  time_bank_entry: ['id', 'transfer_id', 'account_id', 'kind', 'minutes', 'balance', 'at', 'note'],
  time_bank_earning: ['service', 'transfer_id'],
  micro_wish: ['id', 'title', 'community_code', 'state', 'fund_id', 'cost', 'made_at', 'wisher_id', 'parties'],
} as const;

const titles: Record<VolunteerField, string> = {
  ELDERS: '独居老人探访',
  CHILDREN: '四点半课堂陪伴',
  DISABILITY: '助残出行',
  ENVIRONMENT: '楼道与公共区域清洁',
  CULTURE: '社区读书会',
  HEALTH: '健康宣讲',
  EMERGENCY: '应急演练协助',
  NEIGHBOURS: '社区邻里节',
};
const fields = Object.keys(titles) as VolunteerField[];

/** Made-up shares: of grown-ups who volunteer, of these with an account, of elders who need help, of children with a wish. */
const volunteerShare = 0.03;
const accountShare = 0.4;
const needShare = 0.03;
const wishShare = 0.02;
/** What one served hour-long visit earns. */
const served = 120;

const stationOf = (community: string) => `volunteer-station-${community}-1`;
const issuingOf = (community: string) => `time-issuing-${community}`;
const redemptionOf = (community: string) => `time-redemption-${community}`;
/** Every second community has had a project, and the demo community has one to come. */
const hasProject = (community: string) => community === demoCommunity || hash32('project', community) % 2 === 0;

/** Volunteers of the made-up city, their projects, and the time bank's ledger, which is in balance from its first entry on. */
export class VolunteerSeed {
  readonly #signedUp = new Map<string, number>();
  /** Balances of accounts that were opened. */
  readonly #balances = new Map<string, number>();

  constructor(
    readonly seed: number,
    readonly put: Put,
  ) {}

  add(person: SyntheticResident, home: SyntheticHousehold): void {
    const random = randomFor(this.seed, 'volunteering', person.id);
    const { communityCode } = home;
    const parent = person.id === 'demo-resident' || person.id === 'demo-spouse';
    const drawn = random.chance(volunteerShare);
    if (parent || (drawn && person.age >= 16 && person.age < 75 && home.index > 0)) {
      const registered = moment(random);
      const signsUp = hasProject(communityCode) && (parent || random.chance(0.6));
      this.put('volunteer', [
        opaqueId('v', person.id),
        person.id,
        communityCode,
        [random.pick(fields.slice(0, 4)), random.pick(fields.slice(4))],
        registered.toISOString().slice(0, 10),
        signsUp ? served : 0,
      ]);
      if (signsUp) this.#serve(person, home, parent || random.chance(accountShare));
    }
    const wanted = moment(random);
    if (person.id === 'demo-elder' || (person.age >= 70 && random.chance(needShare))) {
      const day = wanted.toISOString().slice(0, 10);
      const id = timeId('n', wanted, opaqueId('n', person.id).slice(1, 7));
      const text = '示例：希望有人陪同买菜';
      this.put('volunteer_need', [id, person.id, 'ELDERS', text, day, 'OPEN', communityCode, [person.id]]);
    }
    if (person.id === 'demo-child' || (person.age < 14 && home.index > 0 && random.chance(wishShare))) {
      const id = timeId('m', wanted, opaqueId('m', person.id).slice(1, 7));
      const made = wanted.toISOString();
      const cost = random.int(5, 40) * 10;
      const title = '示例：想要一套课外读物';
      const fund = fundOf(communityCode);
      this.put('micro_wish', [id, title, communityCode, 'OPEN', fund, cost, made, person.id, [person.id]]);
    }
  }

  /** Somebody was at the community's past project, and got the hours where they have an account. */
  #serve(person: SyntheticResident, { communityCode }: SyntheticHousehold, account: boolean): void {
    const project = `project-${communityCode}-past`;
    const at = new Date('2025-05-18T04:00:00Z');
    const id = timeId('s', at, opaqueId('s', person.id).slice(1, 7));
    this.#signedUp.set(project, (this.#signedUp.get(project) ?? 0) + 1);
    this.put('volunteer_sign_up', [
      id,
      project,
      person.id,
      communityCode,
      'CHECKED_IN',
      '2025-05-18T02:00:00Z',
      served,
    ]);
    if (!account) return;
    const own = opaqueId('t', person.id);
    this.#open(own, 'PERSONAL', person.id, communityCode);
    this.#open(issuingOf(communityCode), 'ISSUING', null, communityCode);
    const transfer = this.#move('EARNED', issuingOf(communityCode), own, served, at, '示例：志愿服务所得');
    this.put('time_bank_earning', [`sign-up:${id}`, transfer]);
    if (person.id === 'demo-spouse') {
      this.#open(redemptionOf(communityCode), 'REDEMPTION', null, communityCode);
      const later = new Date('2025-06-08T04:00:00Z');
      this.#move('REDEEMED', own, redemptionOf(communityCode), 30, later, '示例：兑换理发服务');
    }
  }

  #open(id: string, kind: string, holder: string | null, community: string): void {
    if (this.#balances.has(id)) return;
    this.#balances.set(id, 0);
    this.put('time_bank_account', [id, kind, holder, holder === null ? stationOf(community) : null, community]);
  }

  #move(kind: TimeBankTransferKind, from: string, to: string, minutes: number, at: Date, note: string): string {
    const transfer = timeId('x', at, opaqueId('x', from, to, minutes).slice(1, 7));
    const sides: [string, number][] = [
      [from, 0 - minutes],
      [to, minutes],
    ];
    for (const [account, change] of sides) {
      const balance = this.#balances.get(account)! + change;
      this.#balances.set(account, balance);
      const entry = `${transfer}${change < 0 ? 'a' : 'b'}`;
      this.put('time_bank_entry', [entry, transfer, account, kind, change, balance, at.toISOString(), note]);
    }
    return transfer;
  }

  /** The projects, once it is known who was there; one to come in the demo community and some others. */
  finish(): void {
    for (const { code } of geography.communities) {
      if (!hasProject(code)) continue;
      const field = fields[hash32('project-field', code) % fields.length]!;
      const past = `project-${code}-past`;
      const taken = this.#signedUp.get(past) ?? 0;
      const station = stationOf(code);
      this.put('volunteer_project', [
        past,
        titles[field],
        field,
        station,
        code,
        '2025-05-18T02:00:00Z',
        '2025-05-18T04:00:00Z',
        Math.max(20, taken),
        taken,
        'DONE',
      ]);
      if (code !== demoCommunity && hash32('project-next', code) % 3 > 0) continue;
      this.put('volunteer_project', [
        `project-${code}-next`,
        titles.NEIGHBOURS,
        'NEIGHBOURS',
        station,
        code,
        '2030-05-19T01:00:00Z',
        '2030-05-19T04:00:00Z',
        20,
        0,
        'OPEN',
      ]);
    }
  }
}
