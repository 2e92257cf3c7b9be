import { compileMapping } from '../../core/mapping';
import { DOCUMENTS, findPreset } from '../../core/presets';

/** Where a record of a shop comes from whose amounts are in US dollars. */
export const inDollars = (platform: string) => ({
  source: { platform, store: 'main', currency: 'USD' },
});

/** A preset as *Map Documents* runs it, on one document. Throws what the document is refused with. */
export function presetMapper(from: string, to: string, context: { source: object }) {
  const preset = findPreset(from, to);
  if (!preset) throw new Error(`There is no preset from ${from} to ${to}`);
  const mapping = compileMapping(preset, { documents: DOCUMENTS });
  return (document: unknown): Record<string, unknown> => {
    const result = mapping.map(document, context);
    if (!result.ok) throw result.error;
    return result.document;
  };
}
