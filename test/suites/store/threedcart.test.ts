import { describeStore } from './describeStore';
import { threeDCartStore } from './threedcart';

describeStore(threeDCartStore('v2'));
