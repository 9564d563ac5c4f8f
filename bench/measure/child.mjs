/**
 * The measured side of a process: says that it is ready, tells what it has used when asked, ends with its parent.
 *
 * @param message more for the parent to know, such as a URL
 */
export function ready(message) {
  process.on('message', ({ id, type }) => {
    if (type !== 'usage') return;
    const { user, system } = process.cpuUsage();
    process.send({ id, cpuMs: (user + system) / 1000, rssMb: process.memoryUsage.rss() / 1024 / 1024 });
  });
  process.on('disconnect', () => process.exit(0));
  process.send({ type: 'ready', ...message });
}
