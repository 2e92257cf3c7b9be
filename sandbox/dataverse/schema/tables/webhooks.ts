import { lookup, lookupAny, table } from '../columns';

/**
 * Where events go, and which. Source: Dataverse docs, register-web-hook, and the entity references of serviceendpoint,
 * sdkmessageprocessingstep, sdkmessageprocessingstepimage and plugintype, which most of their columns come from.
 */

/** The contract of an endpoint that is a webhook. */
export const WEBHOOK_CONTRACT = 8;

/** Webhooks are made without `path`, `solutionnamespace`, `connectionmode` and `userclaim`, which have to be there too. */
export const serviceendpoint = table({
  name: 'serviceendpoint',
  schemaName: 'ServiceEndpoint',
  stateless: true,
  label: 'Service Endpoint',
  entitySet: 'serviceendpoints',
  objectTypeCode: 4618,
  ownership: 'OrganizationOwned',
  changeTracking: false,
  needs: ['name', 'contract'],
  columns: [],
});

/** Code that runs in the service. There is none here, and so the table is empty. */
export const plugintype = table({
  name: 'plugintype',
  schemaName: 'PluginType',
  stateless: true,
  label: 'Plug-in Type',
  entitySet: 'plugintypes',
  objectTypeCode: 4602,
  ownership: 'OrganizationOwned',
  changeTracking: false,
  columns: [],
});

export const sdkmessageprocessingstep = table({
  name: 'sdkmessageprocessingstep',
  schemaName: 'SdkMessageProcessingStep',
  stateless: true,
  label: 'Sdk Message Processing Step',
  entitySet: 'sdkmessageprocessingsteps',
  objectTypeCode: 4608,
  ownership: 'OrganizationOwned',
  changeTracking: false,
  needs: ['name', 'stage', 'mode', 'rank', 'supporteddeployment'],
  columns: [
    lookupAny(
      'eventhandler',
      [
        {
          table: 'plugintype',
          collection: 'plugintype_sdkmessageprocessingstep',
          onDelete: 'cascade',
        },
        {
          table: 'serviceendpoint',
          collection: 'serviceendpoint_sdkmessageprocessingstep',
          onDelete: 'restrict',
        },
      ],
      { schemaName: 'EventHandler', label: 'Event Handler', required: 'system' },
    ),
    lookup(
      'plugintypeid',
      {
        table: 'plugintype',
        collection: 'plugintypeid_sdkmessageprocessingstep',
        onDelete: 'restrict',
      },
      // Required in the metadata, and yet only steps of plug-ins have it.
      { schemaName: 'PluginTypeId', label: 'Plug-In Type', required: 'system', filled: true },
    ),
    lookup(
      'sdkmessageid',
      {
        table: 'sdkmessage',
        collection: 'sdkmessageid_sdkmessageprocessingstep',
        onDelete: 'cascade',
      },
      { schemaName: 'SdkMessageId', label: 'SDK Message', required: 'system' },
    ),
    lookup(
      'sdkmessagefilterid',
      {
        table: 'sdkmessagefilter',
        collection: 'sdkmessagefilterid_sdkmessageprocessingstep',
        onDelete: 'cascade',
      },
      { schemaName: 'SdkMessageFilterId', label: 'SdkMessage Filter' },
    ),
  ],
});

export const sdkmessageprocessingstepimage = table({
  name: 'sdkmessageprocessingstepimage',
  schemaName: 'SdkMessageProcessingStepImage',
  stateless: true,
  label: 'Sdk Message Processing Step Image',
  entitySet: 'sdkmessageprocessingstepimages',
  objectTypeCode: 4615,
  ownership: 'OrganizationOwned',
  changeTracking: false,
  needs: ['name', 'entityalias', 'imagetype', 'messagepropertyname'],
  columns: [
    lookup(
      'sdkmessageprocessingstepid',
      {
        table: 'sdkmessageprocessingstep',
        collection: 'sdkmessageprocessingstepid_sdkmessageprocessingstepimage',
        onDelete: 'cascade',
      },
      {
        schemaName: 'SdkMessageProcessingStepId',
        label: 'SDK Message Processing Step',
      },
    ),
  ],
});
