/** Entities that another department owns, as a subgraph knows them: by key. */
export interface CommunityRef {
  code: string;
}

export interface ResidentRef {
  id: string;
}

export interface HouseholdRef {
  id: string;
}

export interface FacilityRef {
  id: string;
}

export interface PlanQuantityRef {
  id: string;
}
