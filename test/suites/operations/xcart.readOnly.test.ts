/** Whoever has only the read-only key reads all, writes nothing, and is told which key it is and which one to take. */
import { XCART_CREDENTIALS } from '../../../sandbox/xcart';
import { describeOperations } from './describeOperations';
import { rows } from './xcart.rows';
import { startXCart, xcartNode } from './xcart.shop';

const { readKey: apiKey } = XCART_CREDENTIALS;

describeOperations({
  name: 'X-Cart with the read-only key',
  start: startXCart,
  node: (rig) => xcartNode(rig, { apiKey }),
  maker: xcartNode,
  rows,
  many: [],
  refuses: ({ kept }) =>
    kept && {
      says: /^X-Cart refused (PUT|POST|DELETE) \S+ with status 403: Access Denied/,
      fix: /^The API Key in the credential X-Cart \(XCart\) API is the read-only key.* enter the read\/write key/,
    },
});
