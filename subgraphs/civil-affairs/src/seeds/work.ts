import { syntheticCreditCode } from '@linli/kit/identifiers/synthetic';
import type { SyntheticHousehold, SyntheticResident } from '@linli/kit/population/households';
import { personName } from '@linli/kit/population/names';
import { demoCommunity } from '@linli/kit/population/places';
import { hash32, opaqueId, randomFor } from '@linli/kit/population/random';
import { communityWorkerOfCase } from '@linli/kit/population/staff';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import { geography } from '@linli/schema/geography';
import { creditGrade } from '../credit.js';
import type { DomesticService, EmploymentGroup, Engagement, Occupation, SkillProgramme } from '../generated/graphql.js';
import { moment } from './calendar.js';

type Put = (table: keyof typeof workTables, cells: readonly Cell[]) => void;

export const workTables = {
  vacancy: [
    'id',
    'title',
    'employer',
    'credit_code',
    'community_code',
    'occupation',
    'engagement',
    'wage_from',
    'wage_to',
    'posts',
    'filled',
    'open',
  ],
  job_seeker: [
    'id',
    'resident_id',
    'community_code',
    'occupation',
    'engagements',
    'seeker_group',
    'difficulty',
    'difficulty_reason',
    'state',
    'registered_on',
    'handlers',
  ],
  job_referral: ['id', 'seeker_id', 'vacancy_id', 'state', 'at'],
  skill_training: ['id', 'title', 'programme', 'community_code', 'starts_on', 'hours', 'places', 'taken'],
  skill_training_enrolment: ['id', 'training_id', 'resident_id', 'community_code', 'enrolled_at'],
  domestic_company: [
    'id',
    'name',
    'credit_code',
    'community_code',
    'employee_based',
    'grade',
    'stars',
    'ratings',
    'honest',
    'honest_since',
  ],
  domestic_worker: [
    'id',
    'name',
    'company_id',
    'community_code',
    'services',
    'skill_level',
    'grade',
    'stars',
    'ratings',
  ],
  domestic_evaluation: ['worker_id', 'resident_id', 'month', 'stars', 'text', 'at'],
} as const;

const occupations: [Occupation, string, number][] = [
  ['COOKING', '厨师', 6000],
  ['DOMESTIC_SERVICE', '家政服务员', 5500],
  ['ELDER_CARE', '养老护理员', 5800],
  ['CHILD_CARE', '托育保育员', 5600],
  ['TECHNICIAN', '电工', 7000],
  ['DELIVERY', '配送员', 6500],
  ['PROPERTY', '物业保洁员', 4200],
  ['CLERICAL', '社区文员', 4800],
  ['RETAIL', '便利店店员', 4500],
];
const engagements: Engagement[] = ['FULL_TIME', 'FULL_TIME', 'PART_TIME', 'FLEXIBLE', 'SHARED', 'PUBLIC_WELFARE'];
const groups: EmploymentGroup[] = ['UNEMPLOYED', 'GRADUATE', 'VETERAN', 'RURAL_MIGRANT', 'DISABLED'];
const programmes: [SkillProgramme, string, number][] = [
  ['CANTONESE_COOK', '粤菜烹饪初级班', 80],
  ['GUANGDONG_TECHNICIAN', '电工技能提升班', 120],
  ['SOUTH_GUANGDONG_HOUSEKEEPING', '居家养老护理班', 60],
];
const services: DomesticService[] = ['CLEANING', 'COOKING', 'INFANT_CARE', 'ELDER_CARE', 'PATIENT_CARE'];

/** Made-up shares: of grown-ups who look for work, of these with a recognised difficulty, of households that evaluate. */
const seekerShare = 0.015;
const difficultyShare = 0.25;
const evaluationShare = 0.01;
/** One company with this many workers to so many communities. */
const communitiesPerCompany = 14;
const workersPerCompany = 5;

const companies = geography.communities.filter((_, i) => i % communitiesPerCompany === 0).map(({ code }) => code);
/** The community in which a street's trainings are held. */
const firstOf = (street: string) => geography.communities.find(({ code }) => code.startsWith(street))!.code;
const hasVacancy = (code: string) => code === demoCommunity || hash32('vacancy', code) % 2 === 0;

/** Work in the made-up city: vacancies, who looks for one, trainings; domestic service and how it was evaluated. */
export class WorkSeed {
  readonly #stars = new Map<string, { stars: number; ratings: number }>();
  readonly #taken = new Map<string, number>();

  constructor(
    readonly seed: number,
    readonly put: Put,
  ) {}

  add(person: SyntheticResident, home: SyntheticHousehold): void {
    const random = randomFor(this.seed, 'work', person.id);
    const { communityCode } = home;
    const demo = person.id === 'demo-spouse';
    const seeks = random.chance(seekerShare) && person.age >= 18 && person.age < 60 && home.index > 0;
    if (seeks || demo) {
      const difficulty = demo || random.chance(difficultyShare);
      const id = opaqueId('j', person.id);
      const registered = moment(random);
      this.put('job_seeker', [
        id,
        person.id,
        communityCode,
        random.pick(occupations)[0],
        ['FULL_TIME', random.pick(engagements.slice(2))],
        demo ? 'UNEMPLOYED' : random.pick([...groups, null]),
        difficulty,
        difficulty ? '示例：连续失业一年以上' : null,
        'SEEKING',
        registered.toISOString().slice(0, 10),
        [communityWorkerOfCase(communityCode, home.id)],
      ]);
      if (hasVacancy(communityCode) && (demo || random.chance(0.3))) {
        const vacancy = `vacancy-${communityCode}-1`;
        this.put('job_referral', [opaqueId('f', person.id), id, vacancy, 'REFERRED', registered.toISOString()]);
      }
      const training = `training-${communityCode.slice(0, 9)}-3`;
      if (demo || random.chance(0.3)) {
        this.#taken.set(training, (this.#taken.get(training) ?? 0) + 1);
        const at = registered.toISOString();
        const place = firstOf(communityCode.slice(0, 9));
        this.put('skill_training_enrolment', [opaqueId('q', person.id), training, person.id, place, at]);
      }
    }
    if (person.role === 'HEAD' && (home.index === 0 || random.chance(evaluationShare))) this.#evaluate(person, random);
  }

  #evaluate(person: SyntheticResident, random: ReturnType<typeof randomFor>): void {
    const demo = person.id === 'demo-resident';
    const company = demo ? demoCommunity : random.pick(companies);
    const worker = `domestic-worker-${company}-${demo ? 1 : random.int(1, workersPerCompany)}`;
    const at = moment(random).toISOString();
    const stars = random.pick([3, 4, 5, 5, 5]);
    this.put('domestic_evaluation', [worker, person.id, at.slice(0, 7), stars, null, at]);
    for (const key of [worker, company]) {
      const before = this.#stars.get(key) ?? { stars: 0, ratings: 0 };
      this.#stars.set(key, { stars: before.stars + stars, ratings: before.ratings + 1 });
    }
  }

  finish(): void {
    for (const [i, { code, name }] of geography.communities.entries()) {
      if (!hasVacancy(code)) continue;
      const [occupation, title, wage] = occupations[hash32('occupation', code) % occupations.length]!;
      this.put('vacancy', [
        `vacancy-${code}-1`,
        title,
        `${name}示例用人单位`,
        syntheticCreditCode('91', 700_000_000 + i),
        code,
        occupation,
        engagements[hash32('engagement', code) % engagements.length]!,
        wage,
        wage + 1500,
        2 + (hash32('posts', code) % 5),
        0,
        true,
      ]);
    }
    for (const { code } of geography.streets) {
      const community = firstOf(code);
      for (const [i, [programme, title, hours]] of programmes.entries()) {
        const id = `training-${code}-${i + 1}`;
        const taken = this.#taken.get(id) ?? 0;
        const places = Math.max(30, taken);
        this.put('skill_training', [id, title, programme, community, '2030-03-04', hours, places, taken]);
      }
    }
    for (const [i, code] of companies.entries()) this.#company(code, i);
  }

  #company(code: string, serial: number): void {
    const random = randomFor(this.seed, 'domestic-company', code);
    const credit = (key: string) => this.#stars.get(key) ?? { stars: 0, ratings: 0 };
    const { stars, ratings } = credit(code);
    const grade = creditGrade(stars, ratings);
    const honest = (grade === 'EXCELLENT' || grade === 'GOOD') && random.chance(0.6);
    const company = `domestic-${code}`;
    this.put('domestic_company', [
      company,
      `示例家政服务有限公司第${serial + 1}`,
      syntheticCreditCode('91', 800_000_000 + serial),
      code,
      random.chance(0.5),
      grade,
      stars,
      ratings,
      honest,
      honest ? '2025-06-30' : null,
    ]);
    for (let number = 1; number <= workersPerCompany; number++) {
      const id = `domestic-worker-${code}-${number}`;
      const own = credit(id);
      this.put('domestic_worker', [
        id,
        personName(random, random.pick(['陈', '林', '黄', '李', '吴'])),
        company,
        code,
        [...new Set([random.pick(services), random.pick(services)])],
        random.chance(0.6) ? random.int(3, 5) : null,
        creditGrade(own.stars, own.ratings),
        own.stars,
        own.ratings,
      ]);
    }
  }
}
