import { waitUntil } from './wait';

describe('waitUntil', () => {
  it('asks until the answer is yes', async () => {
    let asked = 0;
    expect(await waitUntil(() => ++asked === 3, 10_000, 1)).toBe(true);
    expect(asked).toBe(3);
  });

  it('asks once more before it gives up', async () => {
    let asked = 0;
    expect(await waitUntil(() => (asked += 1) < 0, 20, 5)).toBe(false);
    expect(asked).toBeGreaterThanOrEqual(2);
  });

  it('goes on after a machine was put to sleep for an hour', async () => {
    const now = jest.spyOn(Date, 'now');
    const clock = [0, 3_600_000];
    now.mockImplementation(() => clock.shift() ?? 3_600_000);
    let asked = 0;
    expect(await waitUntil(() => ++asked === 2, 10_000, 1)).toBe(true);
    now.mockRestore();
  });
});
