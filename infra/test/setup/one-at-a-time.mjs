import TestRunner from 'jest-runner';

/** Runs test files one after another, whatever number of workers the others have: these share one hub and stop parts of it. */
export default class OneAtATime extends TestRunner {
  isSerial = true;
}
