import TestRunner from 'jest-runner';

/**
 * Runs the test files that share one hub, and stop parts of it, one after another, and beside them all others on as
 * many workers as Jest was told to use. By default Jest lets the second wait until the first have ended.
 */
export default class HubInOneLane {
  supportsEventEmitters = true;
  isSerial = false;
  #lane;
  #others;

  constructor(globalConfig, context) {
    this.#lane = new TestRunner({ ...globalConfig, maxWorkers: 1 }, context);
    this.#others = new TestRunner(globalConfig, context);
  }

  async runTests(tests, watcher, options) {
    const ofHub = ({ context }) => context.config.displayName?.name === 'hub';
    const runs = [
      [this.#lane, tests.filter(ofHub)],
      [this.#others, tests.filter((test) => !ofHub(test))],
    ].filter(([, part]) => part.length > 0);
    if (options.serial) {
      for (const [runner, part] of runs) await runner.runTests(part, watcher, options);
    } else await Promise.all(runs.map(([runner, part]) => runner.runTests(part, watcher, options)));
  }

  on(eventName, listener) {
    const ends = [this.#lane, this.#others].map((runner) => runner.on(eventName, listener));
    return () => ends.forEach((end) => end());
  }
}
