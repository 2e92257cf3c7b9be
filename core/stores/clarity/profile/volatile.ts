import { alternatives } from './paths';
import type { FieldMap, Profile, ResourceName } from './schema';

/** Dot paths of a profile without places in lists, as `RecordSource` has them. */
const plain = (path: string): string => path.replace(/\[\d+\]/g, '');

/** What the pack itself writes to a record moves its date, and its external id is where other systems leave their own. */
const OF_EVERY_RECORD = ['modifiedDate', 'externalId'] as const;

/** Where a record has these fields: under the pack's names, and under all that a profile has for them. */
export function placesIn(
  { resources }: Profile,
  name: ResourceName,
  names: readonly string[],
): string[] {
  const { fields } = resources[name] ?? {};
  const below = (each: string): string[] => {
    const field = fields?.[each];
    if (!field) return [];
    if (typeof field === 'string') return alternatives(field);
    const inner = Object.values(field.fields);
    if (field.at !== '.') return alternatives(field.at);
    return inner.flatMap((one) => (typeof one === 'string' ? alternatives(one) : []));
  };
  return [...new Set(names.flatMap((each) => [each, ...below(each).map(plain)]))];
}

/** The pack's names of what a profile reads from these paths alone, beside the paths themselves. */
function namesOf(paths: ReadonlySet<string>, fields: FieldMap, before = ''): string[] {
  const isVolatile = (path: string): boolean => paths.has(`${before}${plain(path)}`);
  return Object.entries(fields).flatMap(([name, field]): string[] => {
    if (!field) return [];
    if (typeof field === 'string') return alternatives(field).every(isVolatile) ? [name] : [];
    if (field.at === '.') {
      return namesOf(paths, field.fields, before).map((inner) => `${name}.${inner}`);
    }
    return alternatives(field.at).flatMap((at) => {
      const inside = `${before}${plain(at)}.`;
      const own = [...paths].filter((path) => path.startsWith(inside));
      const inner = own.map((path) => path.slice(inside.length));
      return [...inner, ...namesOf(paths, field.fields, inside)].map((each) => `${name}.${each}`);
    });
  });
}

/**
 * Where a record has them. An external id in one entry of a list is not named: a path means that field of all entries, and the
 * others hold something else. A date is, because a write of the pack itself moves it.
 */
function placesOf(each: (typeof OF_EVERY_RECORD)[number], path: string): string[] {
  const isOneOfMany = (place: string): boolean => each === 'externalId' && place.includes('[');
  return alternatives(path)
    .filter((place) => !isOneOfMany(place))
    .map(plain);
}

/** Fields of a record whose change alone is no change of it, under every name that they have in its document. */
export function volatileOf({ resources }: Profile, name: ResourceName): string[] {
  const { fields, volatile } = resources[name] ?? {};
  const own = OF_EVERY_RECORD.flatMap((each) => {
    const field = fields?.[each];
    return [each, ...(typeof field === 'string' ? placesOf(each, field) : [])];
  });
  const said = new Set((volatile ?? []).map(plain));
  return [...new Set([...own, ...said, ...namesOf(said, fields ?? {})])];
}
