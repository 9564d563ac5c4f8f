import type { AppealAction, AppealState } from '../generated/graphql.js';

/** What states are called towards users. */
export const stateNames: Readonly<Record<AppealState, string>> = {
  SUBMITTED: '已提交',
  ACCEPTED: '已受理',
  DISPATCHED: '已分拨',
  HANDLING: '办理中',
  ANSWERED: '已答复',
  CONFIRMED: '已确认解决',
  REOPENED: '重办',
  EVALUATED: '已评价',
  CLOSED: '已办结',
  TRANSFERRED: '转办待接收',
  DISPUTED: '争议调处中',
  MERGED: '已并案',
  REJECTED: '不予受理',
  WITHDRAWN: '已撤回',
};

/** What actions are called towards users. */
export const actionNames: Readonly<Record<AppealAction, string>> = {
  SUBMIT: '提交',
  OPEN: '未诉先办立件',
  ACCEPT: '受理',
  REJECT: '不予受理',
  DISPATCH: '分拨',
  RETURN: '退回',
  TRANSFER: '转办',
  ARBITRATE: '争议调处',
  START: '开始办理',
  CONTACT: '联系诉求人',
  JOIN: '增加协同单位',
  EXTEND: '延期',
  ANSWER: '答复',
  SHARE_ANSWER: '随主件答复',
  CONFIRM: '确认解决',
  REOPEN: '要求重办',
  EVALUATE: '评价',
  CLOSE: '办结',
  LAPSE: '逾期未反馈自动办结',
  MERGE: '并案',
  SUPERVISE: '督办',
  WITHDRAW: '撤回',
};

/** The states in which each action can be taken; those that begin a course have none. */
export const possibleIn: Readonly<Record<AppealAction, readonly AppealState[]>> = {
  SUBMIT: [],
  OPEN: [],
  ACCEPT: ['SUBMITTED', 'TRANSFERRED'],
  REJECT: ['SUBMITTED'],
  DISPATCH: ['ACCEPTED'],
  RETURN: ['DISPATCHED', 'TRANSFERRED'],
  TRANSFER: ['DISPATCHED', 'HANDLING'],
  ARBITRATE: ['DISPUTED'],
  START: ['DISPATCHED', 'REOPENED'],
  CONTACT: ['ACCEPTED', 'DISPATCHED', 'HANDLING', 'REOPENED', 'TRANSFERRED', 'DISPUTED', 'MERGED'],
  JOIN: ['DISPATCHED', 'HANDLING', 'REOPENED'],
  EXTEND: ['DISPATCHED', 'HANDLING', 'REOPENED'],
  ANSWER: ['HANDLING'],
  SHARE_ANSWER: ['MERGED'],
  CONFIRM: ['ANSWERED'],
  REOPEN: ['ANSWERED'],
  EVALUATE: ['CONFIRMED', 'ANSWERED'],
  CLOSE: ['EVALUATED', 'ANSWERED', 'CONFIRMED'],
  LAPSE: ['ANSWERED', 'CONFIRMED'],
  MERGE: ['SUBMITTED', 'ACCEPTED'],
  SUPERVISE: ['SUBMITTED', 'ACCEPTED', 'DISPATCHED', 'HANDLING', 'REOPENED', 'TRANSFERRED', 'DISPUTED'],
  WITHDRAW: ['SUBMITTED', 'ACCEPTED', 'DISPATCHED', 'HANDLING', 'REOPENED', 'TRANSFERRED', 'DISPUTED', 'MERGED'],
};

/** States in which somebody still has to do something about the matter itself. */
export const openStates: readonly AppealState[] = [
  'SUBMITTED',
  'ACCEPTED',
  'DISPATCHED',
  'HANDLING',
  'REOPENED',
  'TRANSFERRED',
  'DISPUTED',
];

/** States of an appeal that is not done (尚未办结): also that answer to which nobody has said anything yet. */
export const unsettledStates: readonly AppealState[] = [...openStates, 'ANSWERED'];

/** States into which duplicates can be merged: from the dispatch on, and before the answer. */
export const mergeTargets: readonly AppealState[] = ['DISPATCHED', 'HANDLING', 'REOPENED', 'TRANSFERRED', 'DISPUTED'];

/** States that are the end. */
export const finalStates: readonly AppealState[] = ['CLOSED', 'REJECTED', 'WITHDRAWN'];
