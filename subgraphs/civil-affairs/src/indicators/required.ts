import type { ForeignFigures } from './place.js';

/** What the gateway brings of a community beside its key, for `@requires`; not there where nobody asked for it. */
export interface RequiredOfCommunity {
  housingSummary?: { floorAreaM2?: number | null } | null;
  healthServiceSummary?: { nurseryPlaces?: number | null } | null;
  educationSummary?: { nurseryPlaces?: number | null; sportsAreaM2?: number | null } | null;
}
export interface RequiredOfStreet {
  communities?: { nodes?: readonly (RequiredOfCommunity | null)[] | null } | null;
}
export interface RequiredOfDistrict {
  streets?: readonly (RequiredOfStreet | null)[] | null;
}
export interface RequiredOfCity {
  districts?: readonly (RequiredOfDistrict | null)[] | null;
}

/** A row with what the gateway brought for it. */
export type Brought<Row> = Row & { readonly required?: unknown };

/** Keeps what a reference brought beside its row; nothing where there is no row. */
export function withRequired<Row extends object>(row: Row | null, reference: unknown): Brought<Row> | null {
  return row && { ...row, required: reference };
}

/** What was brought for a row; nothing where it was not reached by its key. */
export const brought = (row: object): object => (row as Brought<object>).required ?? {};

export function ofCommunity(brought: RequiredOfCommunity): ForeignFigures[] {
  const { housingSummary: housing, healthServiceSummary: health, educationSummary: education } = brought;
  if (housing === undefined && health === undefined && education === undefined) return [];
  return [
    {
      floorAreaM2: housing?.floorAreaM2 ?? null,
      nurseryPlaces: health?.nurseryPlaces ?? null,
      nurseryClassPlaces: education?.nurseryPlaces ?? null,
      schoolSportsAreaM2: education?.sportsAreaM2 ?? null,
    },
  ];
}

export function ofStreet({ communities }: RequiredOfStreet): ForeignFigures[] {
  return (communities?.nodes ?? []).flatMap((community) => (community ? ofCommunity(community) : []));
}

export function ofDistrict({ streets }: RequiredOfDistrict): ForeignFigures[] {
  return (streets ?? []).flatMap((street) => (street ? ofStreet(street) : []));
}

export function ofCity({ districts }: RequiredOfCity): ForeignFigures[] {
  return (districts ?? []).flatMap((district) => (district ? ofDistrict(district) : []));
}
