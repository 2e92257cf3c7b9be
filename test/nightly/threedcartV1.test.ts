/** Version 1 of the API of 3dcart keeps the whole promise too; its operations and its documents are asked with every change. */
import { describeStore } from '../suites/store/describeStore';
import { threeDCartStore } from '../suites/store/threedcart';

describeStore(threeDCartStore('v1'));
