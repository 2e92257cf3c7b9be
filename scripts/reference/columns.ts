import type { ReferenceColumn, ReferenceTarget } from '../../sandbox/dataverse/schema/reference';
import type { CdmColumn } from './cdm';
import { RELATIONSHIPS, type Names } from './relationships';
import { ENTITIES } from './tables';
import { DAYS, LOOKUPS, SET_BY_DEFAULT, writabilityOf } from './writability';

/** A column of the Common Data Model, completed by what the entity reference says beyond it, in the form that is kept. */
export function referenceColumn(table: string, column: CdmColumn): ReferenceColumn {
  const { name, cdmName, label, maxLength, min, max, choices, required } = column;
  const type = typeOf(table, column);
  const writable = writabilityOf(table, name, column.computed);
  return {
    name,
    schemaName: schemaName(name, cdmName),
    label,
    type,
    ...(maxLength === undefined ? {} : { maxLength }),
    ...precisionOf(name, type),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(choices ? { choices } : {}),
    ...(type === 'lookup' ? { targets: targetsOf(table, column) } : {}),
    ...(type === 'boolean' ? { default: SET_BY_DEFAULT.has(name) } : {}),
    ...(required === 'none' ? {} : { required }),
    ...(writable === 'always' ? {} : { writable }),
  };
}

function typeOf(table: string, { name, type }: CdmColumn): ReferenceColumn['type'] {
  if (type === 'uniqueidentifier' && LOOKUPS.has(name)) return 'lookup';
  return DAYS.has(`${table}.${name}`) ? 'date' : type;
}

/** Documented: rates have ten digits, coordinates five; what has no other number of digits has two. */
function precisionOf(name: string, type: ReferenceColumn['type']): { precision?: number } {
  if (type === 'decimal') return { precision: name === 'exchangerate' ? 10 : 2 };
  if (type !== 'double') return {};
  return { precision: /_(?:latitude|longitude)$/.test(name) ? 5 : 2 };
}

/**
 * The logical name in the capitals of the name in CDM: `creditLimitBase` makes `CreditLimit_Base` of
 * `creditlimit_base`. Where the two differ by more than capitals, only the first letter is one.
 */
export function schemaName(name: string, cdmName: string): string {
  const letters = [...cdmName];
  const same = name.replaceAll('_', '') === cdmName.replaceAll('_', '').toLowerCase();
  if (!same) return capital(name);
  let at = 0;
  const cased = [...name].map((letter) => {
    if (letter === '_') return letter;
    while (letters[at] === '_') at += 1;
    return letters[at++] ?? letter;
  });
  return capital(cased.join('').replace(/_[a-z]/g, (start) => start.toUpperCase()));
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Targets whose relationship is named; what the reference names none for has no navigation property. */
function targetsOf(table: string, { name, targets = [] }: CdmColumn): ReferenceTarget[] {
  const named = RELATIONSHIPS[table] ?? {};
  return targets.flatMap((entity): ReferenceTarget[] => {
    const target = ENTITIES[entity];
    const names = target === undefined ? undefined : (named[`${name} ${target}`] ?? named[name]);
    return target === undefined || names === undefined ? [] : [[target, ...both(names, name)]];
  });
}

const both = (names: Names, column: string): [navigation: string, collection: string] =>
  typeof names === 'string' ? [column, names] : [names[1], names[0]];
