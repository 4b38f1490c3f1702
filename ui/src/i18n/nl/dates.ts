export const dates = {
  today: 'vandaag',
  tomorrow: 'morgen',
  yesterday: 'gisteren',
  nextWeek: 'volgende week',
  justNow: 'zojuist',
  minutesAgo: (minutes: number) =>
    minutes === 1 ? '1 minuut geleden' : `${minutes} minuten geleden`,
};
