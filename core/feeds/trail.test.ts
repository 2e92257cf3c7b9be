import * as fc from 'fast-check';

import { cursorSince, noteHandOut, type Trail } from './trail';

const HOUR = 3_600_000;

test('says where to begin, also for a backlog whose dates are old', () => {
  let trail: Trail = [];
  for (let hour = 0; hour <= 30; hour += 1) {
    trail = noteHandOut(trail, (1000 + hour) * HOUR, 100 + hour, 24 * HOUR);
  }
  expect(cursorSince(trail, 1028 * HOUR)).toBe(128);
  expect(cursorSince(trail, 1000 * HOUR)).toBe(106);
  expect(cursorSince(trail, 1031 * HOUR)).toBeUndefined();
  expect(cursorSince([], 0)).toBeUndefined();
});

test('knows what was put out before the clock was turned back', () => {
  const trail = noteHandOut([], 50 * HOUR, 7, 24 * HOUR);
  const later = noteHandOut(trail, 10 * HOUR, 9, 24 * HOUR);
  expect(cursorSince(later, 9 * HOUR)).toBe(7);
});

test('leaves nothing out and stays short, whenever the polls come', () => {
  const polls = fc.array(
    fc.record({
      wait: fc.integer({ min: 1, max: 3 * HOUR }),
      move: fc.nat({ max: 10 }),
      handsOut: fc.boolean(),
    }),
    { minLength: 1, maxLength: 300 },
  );
  fc.assert(
    fc.property(polls, fc.integer({ min: 0, max: 24 * HOUR }), (sequence, ago) => {
      let trail: Trail = [];
      let now = 1_000 * HOUR;
      let cursor = 0;
      const handedOut: Array<{ at: number; from: number }> = [];
      for (const { wait, move, handsOut } of sequence) {
        now += wait;
        if (handsOut) {
          trail = noteHandOut(trail, now, cursor, 24 * HOUR);
          handedOut.push({ at: now, from: cursor });
        }
        cursor += move;
      }
      const from = cursorSince(trail, now - ago);
      const since = handedOut.filter(({ at }) => at >= now - ago);
      if (since.length > 0) expect(from).toBeDefined();
      for (const poll of since) expect(from).toBeLessThanOrEqual(poll.from);
      expect(trail.length).toBeLessThanOrEqual(50);
    }),
  );
});
