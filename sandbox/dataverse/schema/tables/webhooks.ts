import { choice, flag, integer, lookup, lookupAny, memo, states, table, text } from '../columns';

/**
 * Where events go, and which. Source: Dataverse docs, register-web-hook, and the entity references of serviceendpoint,
 * sdkmessageprocessingstep and sdkmessageprocessingstepimage.
 */

/** The contract of an endpoint that is a webhook. */
export const WEBHOOK_CONTRACT = 8;

/** `SystemRequired` in the metadata, and yet webhooks are made without them. */
const REQUIRED_AND_FILLED = { required: 'system', filled: true } as const;

export const serviceendpoint = table({
  name: 'serviceendpoint',
  schemaName: 'ServiceEndpoint',
  stateless: true,
  label: 'Service Endpoint',
  entitySet: 'serviceendpoints',
  objectTypeCode: 4618,
  ownership: 'OrganizationOwned',
  changeTracking: false,
  columns: [
    text('name', 256, { label: 'Name', required: 'system' }),
    memo('description', 2000, { label: 'Description' }),
    text('url', 2000, { label: 'Url Address' }),
    choice(
      'contract',
      {
        1: 'OneWay',
        2: 'Queue',
        3: 'Rest',
        4: 'TwoWay',
        5: 'Topic',
        6: 'Queue (Persistent)',
        7: 'Event Hub',
        8: 'Webhook',
        9: 'Event Grid',
        10: 'Managed Data Lake',
      },
      { label: 'Contract', required: 'system' },
    ),
    choice(
      'authtype',
      {
        1: 'ACS',
        2: 'SAS Key',
        3: 'SAS Token',
        4: 'Webhook Key',
        5: 'Http Header',
        6: 'Http Query String',
        7: 'Connection String',
        8: 'Access Key',
      },
      { schemaName: 'AuthType', label: 'Specifies mode of authentication with SB' },
    ),
    text('authvalue', 2048, {
      schemaName: 'AuthValue',
      label: 'Authentication Value',
      readable: false,
    }),
    flag('isauthvalueset', false, { schemaName: 'IsAuthValueSet', writable: 'never' }),
    choice(
      'messageformat',
      { 1: 'Binary XML', 2: 'Json', 3: 'Text XML' },
      { schemaName: 'MessageFormat', label: 'Content type of the message' },
    ),
    choice('messagecharset', { 0: 'Default', 1: 'UTF8' }, { schemaName: 'MessageCharset' }),
    text('namespaceaddress', 255, { schemaName: 'NamespaceAddress', label: 'Namespace Address' }),
    choice(
      'namespaceformat',
      { 1: 'Namespace Name', 2: 'Namespace Address' },
      { schemaName: 'NamespaceFormat' },
    ),
    text('path', 160, { label: 'Path', ...REQUIRED_AND_FILLED }),
    text('solutionnamespace', 160, {
      schemaName: 'SolutionNamespace',
      label: 'Service Namespace',
      ...REQUIRED_AND_FILLED,
    }),
    choice(
      'connectionmode',
      { 1: 'Normal', 2: 'Federated' },
      { schemaName: 'ConnectionMode', label: 'Connection Mode', ...REQUIRED_AND_FILLED },
    ),
    choice(
      'userclaim',
      { 1: 'None', 2: 'UserId', 3: 'UserInfo' },
      { schemaName: 'UserClaim', label: 'User Claim', ...REQUIRED_AND_FILLED },
    ),
  ],
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
  columns: [
    text('name', 256, { label: 'Name', required: 'system' }),
    text('description', 256, { label: 'Description' }),
    choice(
      'stage',
      {
        5: 'Initial Pre-operation (For internal use only)',
        10: 'Pre-validation',
        15: 'Internal Pre-operation Before External Plugins (For internal use only)',
        20: 'Pre-operation',
        25: 'Internal Pre-operation After External Plugins (For internal use only)',
        30: 'Main Operation (For internal use only)',
        35: 'Internal Post-operation Before External Plugins (For internal use only)',
        40: 'Post-operation',
        45: 'Internal Post-operation After External Plugins (For internal use only)',
        50: 'Post-operation (Deprecated)',
        55: 'Final Post-operation (For internal use only)',
      },
      { label: 'Execution Stage', required: 'system' },
    ),
    choice(
      'mode',
      { 0: 'Synchronous', 1: 'Asynchronous' },
      { label: 'Execution Mode', required: 'system' },
    ),
    integer('rank', { label: 'Execution Order', required: 'system' }),
    choice(
      'supporteddeployment',
      { 0: 'Server Only', 1: 'Microsoft Dynamics 365 Client for Outlook Only', 2: 'Both' },
      { schemaName: 'SupportedDeployment', label: 'Deployment', required: 'system' },
    ),
    choice(
      'invocationsource',
      { [-1]: 'Internal', 0: 'Parent', 1: 'Child' },
      { schemaName: 'InvocationSource', label: 'Invocation Source', default: 0 },
    ),
    flag('asyncautodelete', false, {
      schemaName: 'AsyncAutoDelete',
      label: 'Asynchronous Automatic Delete',
      required: 'system',
    }),
    flag('canusereadonlyconnection', false, {
      schemaName: 'CanUseReadOnlyConnection',
      label: 'Intent',
    }),
    flag('canbebypassed', false, { schemaName: 'CanBeBypassed' }),
    memo('filteringattributes', 100_000, {
      schemaName: 'FilteringAttributes',
      label: 'Filtering Attributes',
    }),
    memo('configuration', 1_073_741_823, { label: 'Configuration' }),
    lookupAny(
      'eventhandler',
      [
        {
          table: 'serviceendpoint',
          collection: 'serviceendpoint_sdkmessageprocessingstep',
          onDelete: 'restrict',
        },
      ],
      { schemaName: 'EventHandler', label: 'Event Handler', required: 'system' },
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
    lookup(
      'impersonatinguserid',
      { table: 'systemuser', collection: 'impersonatinguserid_sdkmessageprocessingstep' },
      { schemaName: 'ImpersonatingUserId', label: 'Impersonating User' },
    ),
    ...states([
      { value: 0, label: 'Enabled', reasons: { 1: 'Enabled' } },
      { value: 1, label: 'Disabled', reasons: { 2: 'Disabled' } },
    ]),
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
  columns: [
    text('name', 256, { label: 'Name', required: 'system' }),
    text('description', 256, { label: 'Description' }),
    text('entityalias', 256, {
      schemaName: 'EntityAlias',
      label: 'Entity Alias',
      required: 'system',
    }),
    choice(
      'imagetype',
      { 0: 'PreImage', 1: 'PostImage', 2: 'Both' },
      { schemaName: 'ImageType', label: 'Image Type', required: 'system' },
    ),
    text('messagepropertyname', 256, {
      schemaName: 'MessagePropertyName',
      label: 'Message Property Name',
      required: 'system',
    }),
    text('relatedattributename', 256, { schemaName: 'RelatedAttributeName' }),
    memo('attributes', 100_000, { schemaName: 'Attributes', label: 'Attributes' }),
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
