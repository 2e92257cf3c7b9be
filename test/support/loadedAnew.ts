/** Loads modules once more, with all that they import: so another process of n8n has them, which knows nothing of this one. */
export function loadedAnew<T>(load: () => T): T {
  const loaded: T[] = [];
  jest.isolateModules(() => void loaded.push(load()));
  const [value] = loaded;
  if (value === undefined) throw new Error('Nothing was loaded');
  return value;
}
