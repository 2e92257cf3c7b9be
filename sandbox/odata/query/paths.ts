import { unknownProperty } from '../errors';
import type { EntityType, Property } from './entity-type';

/** A property by its path, over single-valued navigation properties where the path has any: `owner/name`. */
export function resolvePath<R>(type: EntityType<R>, segments: readonly string[]): Property<R> {
  const [first = '', ...rest] = segments;
  if (rest.length === 0) {
    const property = type.property(first);
    if (!property) throw unknownProperty(first, type.name);
    return property;
  }
  const navigation = type.single(first);
  if (!navigation) throw unknownProperty(first, type.name);
  const inner = resolvePath(navigation.target, rest);
  return {
    ...inner,
    read: (row) => {
      const other = navigation.find(row);
      return other === undefined ? null : inner.read(other);
    },
  };
}
