import type { Row } from '../../../odata/types';
import type { ColumnDefinition, TableDefinition } from './requirement';

/**
 * Definitions as the Web API takes them. Sources: Dataverse docs, create-update-entity-definitions-using-web-api,
 * create-update-column-definitions-using-web-api and create-update-entity-relationships-using-web-api.
 */

export interface Wording {
  /** Base language of the organization, as an LCID: every label has to be there in it. */
  language: number;
  /** The publisher's first number for choices. */
  firstOption: number;
}

const typed = (name: string): Row => ({ '@odata.type': `Microsoft.Dynamics.CRM.${name}` });

export const label = (text: string, { language }: Wording): Row => ({
  ...typed('Label'),
  LocalizedLabels: [{ ...typed('LocalizedLabel'), Label: text, LanguageCode: language }],
});

/** What is taken for granted of `AttributeType` and of the name of the metadata type. */
interface Kind {
  attribute: string;
  metadata: string;
}

export const COLUMN_KINDS: Readonly<Record<ColumnDefinition['type'], Kind>> = {
  text: { attribute: 'String', metadata: 'StringAttributeMetadata' },
  amount: { attribute: 'Money', metadata: 'MoneyAttributeMetadata' },
  dateTime: { attribute: 'DateTime', metadata: 'DateTimeAttributeMetadata' },
  choice: { attribute: 'Picklist', metadata: 'PicklistAttributeMetadata' },
  lookup: { attribute: 'Lookup', metadata: 'LookupAttributeMetadata' },
};

/** Digits of an amount: those of the currency of its row. */
const BY_CURRENCY = 2;

function measures(column: ColumnDefinition, wording: Wording): Row {
  switch (column.type) {
    case 'text':
      return { MaxLength: column.maxLength, FormatName: { Value: 'Text' } };
    case 'amount':
      return { PrecisionSource: BY_CURRENCY };
    case 'dateTime':
      return { Format: 'DateAndTime', DateTimeBehavior: { Value: 'UserLocal' } };
    case 'choice':
      return {
        OptionSet: {
          ...typed('OptionSetMetadata'),
          IsGlobal: false,
          OptionSetType: 'Picklist',
          Options: column.options.map((option, index) => ({
            Value: wording.firstOption + index,
            Label: label(option, wording),
          })),
        },
      };
    case 'lookup':
      return {};
  }
}

export function columnBody(column: ColumnDefinition, wording: Wording): Row {
  const { attribute, metadata } = COLUMN_KINDS[column.type];
  return {
    ...typed(metadata),
    AttributeType: attribute,
    AttributeTypeName: { Value: `${attribute}Type` },
    SchemaName: column.schemaName,
    DisplayName: label(column.label, wording),
    Description: label(column.description, wording),
    RequiredLevel: {
      Value: 'None',
      CanBeChanged: true,
      ManagedPropertyLogicalName: 'canmodifyrequirementlevelsettings',
    },
    ...measures(column, wording),
  };
}

export const tableBody = (definition: TableDefinition, wording: Wording): Row => ({
  ...typed('EntityMetadata'),
  SchemaName: definition.schemaName,
  DisplayName: label(definition.label, wording),
  DisplayCollectionName: label(definition.pluralLabel, wording),
  Description: label(definition.description, wording),
  OwnershipType: 'UserOwned',
  IsActivity: false,
  HasActivities: false,
  HasNotes: false,
  PrimaryNameAttribute: definition.name.schemaName.toLowerCase(),
  Attributes: [{ ...columnBody(definition.name, wording), IsPrimaryName: true }],
});

/** A lookup comes with its relationship. A row that it points to can be deleted; the lookup is empty then. */
export const relationshipBody = (
  table: string,
  column: Extract<ColumnDefinition, { type: 'lookup' }>,
  wording: Wording,
): Row => ({
  ...typed('OneToManyRelationshipMetadata'),
  SchemaName: column.relationship,
  ReferencedEntity: column.target,
  ReferencedAttribute: `${column.target}id`,
  ReferencingEntity: table,
  CascadeConfiguration: {
    Assign: 'NoCascade',
    Delete: 'RemoveLink',
    Merge: 'NoCascade',
    Reparent: 'NoCascade',
    Share: 'NoCascade',
    Unshare: 'NoCascade',
  },
  Lookup: columnBody(column, wording),
});

export const keyBody = (
  schemaName: string,
  text: string,
  columns: readonly string[],
  wording: Wording,
): Row => ({
  ...typed('EntityKeyMetadata'),
  SchemaName: schemaName,
  DisplayName: label(text, wording),
  KeyAttributes: [...columns],
});

/** For `PublishXml`: the tables whose changes take effect (Dataverse docs: publish-customizations). */
export const publishXml = (table: string): string =>
  `<importexportxml><entities><entity>${table}</entity></entities></importexportxml>`;
