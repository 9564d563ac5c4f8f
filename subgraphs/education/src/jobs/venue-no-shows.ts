import type { Job } from '@linli/kit/jobs/job';
import type { Database } from '../database.js';

/** Bookings whose time is over and to which nobody came are no-shows (爽约). */
export const venueNoShows: Job<Database> = {
  name: 'venue-no-shows',
  everySeconds: 300,
  async run(tx) {
    await tx.all.venueBooking.updateMany({
      where: { state: 'BOOKED', endsAt: { lte: tx.now } },
      data: { state: 'NO_SHOW', version: { increment: 1 } },
    });
  },
};
