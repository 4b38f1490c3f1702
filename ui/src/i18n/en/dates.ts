import type { dates as nl } from '../nl/dates.ts';

export const dates: typeof nl = {
  today: 'today',
  tomorrow: 'tomorrow',
  yesterday: 'yesterday',
  nextWeek: 'next week',
  justNow: 'just now',
  minutesAgo: (minutes) => (minutes === 1 ? '1 minute ago' : `${minutes} minutes ago`),
};
