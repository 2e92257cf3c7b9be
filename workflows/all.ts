import { orderToCash } from './order-to-cash';

/** Every template, with the file that `npm run templates` writes it to. */
export const templates = [
  { file: 'xcart-dynamics365-order-to-cash.json', workflow: orderToCash() },
];
