const megabyte = 2 ** 20;

/**
 * Watches the resident memory of this process, five times a second.
 *
 * @returns `stop`, which answers in megabytes the most of the first tenth of the samples and the most of all the others
 */
export function watchMemory(): { stop(): { early: number; peak: number } } {
  const samples: number[] = [];
  const sample = () => samples.push(process.memoryUsage.rss() / megabyte);
  const timer = setInterval(sample, 200);
  sample();
  return {
    stop: () => {
      clearInterval(timer);
      sample();
      const tenth = Math.ceil(samples.length / 10);
      return {
        early: Math.round(Math.max(...samples.slice(0, tenth))),
        peak: Math.round(samples.slice(tenth).reduce((most, rss) => Math.max(most, rss), 0)),
      };
    },
  };
}
