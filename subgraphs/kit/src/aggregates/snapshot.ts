const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });

/**
 * A statistic over a whole database, computed once on a day (in Shenzhen) when it is first asked for. What is suppressed
 * depends on the whole table, and numbers that never change within a day tell nobody which one person came between two
 * requests. Where computing fails, the next request tries again.
 */
export function snapshots<Source extends object, Statistic>(
  compute: (source: Source) => Promise<Statistic>,
): (source: Source) => Promise<Statistic> {
  const known = new WeakMap<Source, { day: string; statistic: Promise<Statistic> }>();
  return (source) => {
    const today = day.format();
    const last = known.get(source);
    if (last?.day === today) return last.statistic;
    const statistic = compute(source);
    known.set(source, { day: today, statistic });
    statistic.catch(() => known.delete(source));
    return statistic;
  };
}
