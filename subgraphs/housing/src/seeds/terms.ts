import { referenceDate, type SyntheticHousehold } from '@linli/kit/population/households';
import { randomFor } from '@linli/kit/population/random';
import { daysAfter, yearsAfter } from './days.js';
import { doorAreaM2 } from './estates.js';

/** Yuan a month per m²: of the market, and of public rental. */
const marketRent: [number, number] = [55, 110];
const publicRent: [number, number] = [15, 30];

/** Since when and until when a household lives in its home, and for how much; what is owned has neither end nor rent. */
export interface Terms {
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly monthlyRent: number | null;
}

/** Floor and door, as the last six digits of the unit code say. */
export function positionOf(household: SyntheticHousehold): { floor: number; door: number } {
  return { floor: Number(household.unitCode.slice(19, 23)), door: Number(household.unitCode.slice(23)) };
}

export function tenancyTerms(household: SyntheticHousehold, yearBuilt: number, seed: number): Terms {
  const { index, tenure, buildingCode } = household;
  const random = randomFor(seed, 'tenancy', index);
  const owned = tenure === 'OWNED';
  const days = owned ? (Number(referenceDate.slice(0, 4)) - yearBuilt) * 365 : 700;
  const startsOn = daysAfter(referenceDate, -random.int(1, days));
  const [low, high] = tenure === 'RENTED' ? marketRent : publicRent;
  const rent = random.int(low, high) * doorAreaM2(seed, buildingCode, positionOf(household).door);
  if (owned) return { startsOn, endsOn: null, monthlyRent: null };
  return {
    startsOn,
    endsOn: daysAfter(yearsAfter(startsOn, random.int(2, 4)), -1),
    monthlyRent: Math.round(rent / 50) * 50,
  };
}
