/** Until when somebody of the talent pool is in good standing; days as midnight UTC. */
export interface ProfessionalStanding {
  readonly certificateValidUntil: Date;
  readonly supervisedUntil: Date;
  readonly educatedUntil: Date;
  readonly leftOn: Date | null;
}

/** What keeps somebody of the talent pool from being given a referral on a day, in words for users; empty if nothing. */
export function lapsesOf(standing: ProfessionalStanding, today: Date): string[] {
  return [
    standing.leftOn !== null ? '已出库' : null,
    standing.certificateValidUntil < today ? '证书已过期' : null,
    standing.supervisedUntil < today ? '专业督导已过期' : null,
    standing.educatedUntil < today ? '继续教育已过期' : null,
  ].filter((lapse) => lapse !== null);
}

/** Whether somebody of the talent pool can be given a referral on a day. */
export function isAssignable(standing: ProfessionalStanding, today: Date): boolean {
  return lapsesOf(standing, today).length === 0;
}

/** The same as a condition on rows. */
export function whereAssignable(today: Date) {
  return {
    leftOn: null,
    certificateValidUntil: { gte: today },
    supervisedUntil: { gte: today },
    educatedUntil: { gte: today },
  };
}
