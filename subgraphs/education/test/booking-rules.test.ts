import { describe, expect, test } from '@jest/globals';
import { readBookingRules } from '../src/booking-rules.js';

describe('rules for bookings', () => {
  test('are the defaults where nothing is set', () => {
    for (const env of [{}, { LINLI_VENUE_DAYS_AHEAD: '' }])
      expect(readBookingRules(env)).toMatchObject({ bookingsPerWeek: 3, daysAhead: 14, noShows: 3 });
  });

  test('are what the environment says', () => {
    expect(readBookingRules({ LINLI_VENUE_BOOKINGS_PER_WEEK: '5', LINLI_VENUE_DAYS_AHEAD: '30' })).toMatchObject({
      bookingsPerWeek: 5,
      daysAhead: 30,
    });
  });

  test('keep the service from starting where they make no sense, with the name of the setting', () => {
    expect(() => readBookingRules({ LINLI_VENUE_BOOKINGS_PER_WEEK: '0' })).toThrow('LINLI_VENUE_BOOKINGS_PER_WEEK');
    expect(() => readBookingRules({ LINLI_VENUE_NO_SHOWS: 'many' })).toThrow('LINLI_VENUE_NO_SHOWS');
  });
});
