// Progress of long steps: one line each; on a terminal the elapsed seconds count up in place.

const isTerminal = process.stderr.isTTY;

export async function step(title, work) {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
  if (!isTerminal) process.stderr.write(`… ${title}\n`);
  const ticker = setInterval(
    () => {
      process.stderr.write(
        isTerminal ? `\r… ${title} (${seconds()}) ` : `  still at it: ${title} (${seconds()})\n`,
      );
    },
    isTerminal ? 1000 : 30_000,
  );
  try {
    const result = await work();
    process.stderr.write(`${isTerminal ? '\r' : ''}✓ ${title} (${seconds()})\n`);
    return result;
  } catch (error) {
    process.stderr.write(`${isTerminal ? '\r' : ''}✗ ${title} (${seconds()})\n`);
    throw error;
  } finally {
    clearInterval(ticker);
  }
}
