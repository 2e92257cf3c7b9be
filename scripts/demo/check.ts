/** Ends with 0 where what is written behind `npm start --` can be read, else says what can be written. */
import { runMain } from '../lib/lifecycle';
import { choicesIn } from './choices';

runMain(() => {
  choicesIn(process.argv.slice(2));
  return 0;
});
