/** What takes too long for every change: `npm run nightly`. */
const { projects, testTimeout } = require('../../jest.config');

const e2e = projects.find(({ displayName }) => displayName === 'e2e');

module.exports = {
  testTimeout,
  projects: [
    { ...e2e, displayName: 'nightly', testMatch: ['<rootDir>/test/nightly/**/*.test.ts'] },
  ],
};
