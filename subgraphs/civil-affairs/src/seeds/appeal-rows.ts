import { opaqueId } from '@linli/kit/population/random';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import type { Course, Step } from '../appeals/course.js';
import { dayOf } from '../working-days.js';
import { titles, type AppealDraft } from './appeal-draft.js';
import type { SeededAppeal } from './appeal-course.js';

const cell = (value: Cell | Date): Cell => (value instanceof Date ? value.toISOString() : value);

type Columns<Row> = Readonly<Record<string, (row: Row) => Cell | Date>>;

const draftColumns: Columns<AppealDraft> = {
  category: ({ category }) => category,
  title: ({ category }) => titles[category],
  content: ({ category }) => `示例：${titles[category]}，希望尽快处理。`,
  submitted_at: ({ submittedAt }) => submittedAt,
};

const courseColumns: Columns<Course> = {
  no: ({ no }) => no,
  state: ({ state }) => state,
  channel: ({ channel }) => channel,
  community_code: ({ communityCode }) => communityCode,
  due_at: ({ dueAt }) => dueAt,
  appellant_id: ({ appellantId }) => appellantId,
  anonymous: ({ anonymous }) => anonymous,
  duty_item: ({ dutyItem }) => dutyItem,
  duty_version: ({ dutyVersion }) => dutyVersion,
  first_receiver: ({ firstReceiver }) => firstReceiver,
  responsible: ({ responsible }) => responsible,
  lead: ({ lead }) => lead,
  transfer_to: ({ transferTo }) => transferTo,
  joint_units: ({ jointUnits }) => jointUnits,
  about_unit: ({ aboutUnit }) => aboutUnit,
  accepted_at: ({ acceptedAt }) => acceptedAt,
  respond_by: ({ respondBy }) => respondBy,
  contacted_at: ({ contactedAt }) => contactedAt,
  answered_at: ({ answeredAt }) => answeredAt,
  closed_at: ({ closedAt }) => closedAt,
  answer: ({ answer }) => answer,
  resolved: ({ resolved }) => resolved,
  rating: ({ rating }) => rating,
  returns: ({ returns }) => returns,
  reworks: ({ reworks }) => reworks,
  arbitrated: ({ arbitrated }) => arbitrated,
  extended: ({ extended }) => extended,
  lapsed: ({ lapsed }) => lapsed,
  supervision: ({ supervision }) => supervision,
  merged_into: ({ mergedInto }) => mergedInto,
  steps: ({ steps }) => steps,
};

const stepColumns: Columns<Step> = {
  appeal_no: ({ appealNo }) => appealNo,
  seq: ({ seq }) => seq,
  at: ({ at }) => at,
  action: ({ action }) => action,
  from_state: ({ from }) => from,
  to_state: ({ to }) => to,
  actor: ({ actor }) => actor,
  staff_id: ({ staffId }) => staffId,
  department: ({ department }) => department,
  unit: ({ unit }) => unit,
  target: ({ target }) => target,
  direct: ({ direct }) => direct,
  value: ({ value }) => value,
  note: ({ note }) => note,
};

const namesOf = (...columns: object[]) => columns.flatMap((each) => Object.keys(each));
const cellsOf = <Row>(columns: Columns<Row>, row: Row) => Object.values(columns).map((read) => cell(read(row)));

export const appealColumns = [...namesOf(draftColumns, courseColumns), 'handlers'];
export const appealStepColumns = namesOf(stepColumns);
export const partyColumns = ['appeal_no', 'unit', 'staff'];
export const summaryColumns = [
  'id',
  'appeal_no',
  'community_code',
  'category',
  'closed_in',
  'summary',
  'published_at',
  'published_by',
];

/** The rows of an appeal, by table. */
export function rowsOf({ draft, course, steps, parties }: SeededAppeal): [string, Cell[]][] {
  return [
    [
      'appeal',
      [
        ...cellsOf(draftColumns, draft),
        ...cellsOf(courseColumns, course),
        [...new Set(parties.flatMap(({ staff }) => staff))],
      ],
    ],
    ...steps.map((step): [string, Cell[]] => ['appeal_step', cellsOf(stepColumns, step)]),
    ...parties.map(({ unit, staff }): [string, Cell[]] => ['appeal_party', [course.no, unit, staff]]),
  ];
}

/** What the public reads of a closed appeal. */
export function summaryRow({ draft, course }: SeededAppeal): Cell[] {
  const closedAt = course.closedAt!;
  return [
    opaqueId('p', draft.no),
    draft.no,
    draft.communityCode,
    draft.category,
    dayOf(closedAt).slice(0, 7),
    `示例：居民反映“${titles[draft.category]}”，有关单位已处理并答复。`,
    closedAt.toISOString(),
    'civil-affairs',
  ];
}
