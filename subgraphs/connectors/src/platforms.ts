/** A platform of the plan that the hub exchanges events with. */
export interface PlatformRecord {
  readonly code: string;
  readonly name: string;
  readonly description: string;
  /** Events of departments that it is sent, by `department.Type`. */
  readonly feeds: readonly string[];
  /** Types of events that it may send. */
  readonly accepts: readonly string[];
}

/** The platforms that the plan names in chapter 6 (建设智慧社区平台, 实现政务服务办理的便捷高效). */
export const platforms: readonly PlatformRecord[] = [
  {
    code: 'shenzhihui',
    name: '深治慧',
    description: '城市治理与决策平台：接收诉求、网格事件与预警的办理进展，以及每日的诉求考核指标，用于“一网统管”。',
    feeds: [
      'civil-affairs.AppealSubmitted',
      'civil-affairs.AppealMoved',
      'civil-affairs.AppealKpiReported',
      'civil-affairs.WeakSignalRaised',
      'public-security.GridEventMoved',
      'public-security.WarningPublished',
      'health.PublicHealthEventPublished',
    ],
    accepts: ['directive.issued'],
  },
  {
    code: 'shenpingan',
    name: '深平安',
    description: '平安深圳社会治理智能化平台：报来网格事件与智感安防告警，接收其办理进展。',
    feeds: ['public-security.GridEventMoved', 'public-security.GridEventEscalated', 'public-security.FraudWave'],
    accepts: ['grid-event.reported', 'device-alert.raised'],
  },
  {
    code: 'ishenzhen',
    name: 'i深圳',
    description: '市民统一入口“i深圳”与“i社区”：接收办件与诉求进展，用于通知本人。',
    feeds: ['civil-affairs.ServiceCaseMoved', 'civil-affairs.AppealMoved', 'education.VenueBooked'],
    accepts: ['feedback.given'],
  },
  {
    code: 'smart-property',
    name: '智慧物业',
    description: '市物业管理信息平台：报来报修与电梯、消防等设备告警，接收信用名单与投票结果。',
    feeds: ['housing.CreditListPublished', 'housing.OwnersVoteClosed', 'housing.HazardOverdue'],
    accepts: ['repair.reported', 'device-alert.raised'],
  },
  {
    code: 'community-commerce',
    name: '社区商业',
    description: '社区商业平台：报来网点与末端配送的变动，接收闲置房产的用途安排。',
    feeds: ['housing.IdlePremisesAssigned'],
    accepts: ['shop.changed', 'parcel-point.changed'],
  },
  {
    code: 'one-network',
    name: '一网统管（BIM/CIM）',
    description: '全市数字孪生底座：接收避难场所、预警与设施状态，用于呈现。',
    feeds: ['public-security.ShelterOpened', 'public-security.WarningPublished'],
    accepts: ['sensor.threshold-crossed'],
  },
];
