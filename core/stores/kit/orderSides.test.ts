/** What no first word may undo unasked, by what the codes of each store mean. */
import { orderSides as clarity } from '../clarity/orderSides';
import { orderSides as xcart } from '../xcart/orderSides';
import { sameField, undoingIn } from './orderSides';

describe('a first word undoes', () => {
  test.each([
    ['paid in full by paid in part', 'P', 'PP'],
    ['refunded by paid in part', 'R', 'PP'],
    ['refunded by paid', 'R', 'P'],
  ])('in X-Cart %s', (_name, stands, said) => {
    expect(undoingIn(xcart)('paymentStatus', stands, said)).toBe(true);
  });

  test.each([
    ['delivered by shipped', 'D', 'S'],
    ['returned by shipped', 'R', 'S'],
    ['returned by delivered', 'R', 'D'],
    ['shipped by processing', 'S', 'P'],
    ['shipped by on hold', 'S', 'WFA'],
    ['shipped by called off', 'S', 'WND'],
    ['called off by processing', 'WND', 'P'],
  ])('in X-Cart %s', (_name, stands, said) => {
    expect(undoingIn(xcart)('shippingStatus', stands, said)).toBe(true);
  });

  test.each([
    ['delivered by shipped', 'Delivered', 'Shipped'],
    ['shipped by shipped in part', 'Shipped', 'Partially Shipped'],
    ['delivered by processing', 'delivered', 'Processing'],
  ])('in Clarity %s', (_name, stands, said) => {
    expect(undoingIn(clarity)('status', stands, said)).toBe(true);
  });

  test.each([
    ['paymentStatus', 'Q', 'P'],
    ['paymentStatus', 'PP', 'P'],
    ['paymentStatus', 'D', 'PP'],
    ['shippingStatus', 'N', 'S'],
    ['shippingStatus', 'P', 'WFA'],
    ['shippingStatus', 'S', 'D'],
    ['shippingStatus', 'P', 'WND'],
    ['shippingStatus', 'WND', 'S'],
  ])('nothing where the order goes on: %s from %s to %s', (field, stands, said) => {
    expect(undoingIn(xcart)(field, stands, said)).toBe(false);
  });
});

test('an order that is called off is so in whichever word, and others are told apart', () => {
  const isSame = sameField(clarity);
  expect(isSame('status', 'Cancelled', 'Void')).toBe(true);
  expect(isSame('status', 'Canceled', 'cancelled')).toBe(true);
  expect(isSame('status', 'Submitted', 'Confirmed')).toBe(false);
  expect(isSame('status', 'Shipped', 'Returned')).toBe(false);
  expect(isSame('status', 'Cancelled', 'On Hold')).toBe(false);
});
