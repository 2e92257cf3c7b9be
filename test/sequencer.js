/**
 * What runs for minutes begins first, so that no worker is left alone with it in the end: end to end, where a test mostly
 * waits for n8n, then the suites of services, then the units. Within each, jest's own order.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

const ORDER = ['nightly', 'e2e', 'conformance', 'unit'];

const rank = ({ context }) => ORDER.indexOf(context.config.displayName?.name ?? '');

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
};
