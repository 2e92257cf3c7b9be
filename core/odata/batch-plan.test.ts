import { chunkSize } from './batch-plan';

describe('chunkSize', () => {
  const limits = { operations: 1_000, batchBytes: 8 * 1024 * 1024 };
  it.each([
    // operations, rows, lanes, operations in a request
    [5, 5, 40, 10],
    [100, 100, 40, 10],
    [320, 320, 40, 13],
    [1_000, 1_000, 40, 40],
    [1_000, 4_000, 40, 25],
    [40, 160, 40, 3],
    [1_000, 1_000, 16, 63],
    [5_000, 5_000, 16, 100],
  ])('of %d operations with %d rows on %d lanes is %d', (operations, rows, lanes, size) => {
    expect(chunkSize(operations, { batchSize: 100, lanes, limits }, rows)).toBe(size);
  });
  it('never exceeds what the service takes', () => {
    expect(chunkSize(1e6, { batchSize: 5_000, lanes: 1, limits })).toBe(1_000);
  });
});
