/**
 * Types of what actions and functions take and answer, as `$metadata` says them. Source: Dataverse and Dynamics 365 Sales,
 * Web API reference of actions, functions and complex types.
 */

/** Parameters have one type wherever they stand, but for the few that `action.parameter` names. */
export const PARAMETER_TYPES: Readonly<Record<string, string>> = {
  'CancelSalesOrder.OrderClose': 'mscrm.crmbaseentity',
  AccessType: 'mscrm.EndpointAccessType',
  AttributeLogicalName: 'Edm.String',
  BlockData: 'Edm.Binary',
  BlockId: 'Edm.String',
  BlockLength: 'Edm.Int64',
  BlockList: 'Collection(Edm.String)',
  ColumnSet: 'mscrm.ColumnSet',
  Description: 'mscrm.Label',
  EntityKeyLogicalName: 'Edm.String',
  EntityLogicalName: 'Edm.String',
  EntityNames: 'Collection(Edm.String)',
  FileAttributeName: 'Edm.String',
  FileContinuationToken: 'Edm.String',
  FileId: 'Edm.Guid',
  FileName: 'Edm.String',
  InvoiceId: 'Edm.Guid',
  Label: 'mscrm.Label',
  MergeLabels: 'Edm.Boolean',
  MimeType: 'Edm.String',
  Offset: 'Edm.Int64',
  OptionSetName: 'Edm.String',
  OrderClose: 'mscrm.orderclose',
  ParameterXml: 'Edm.String',
  ProcessInstanceId: 'mscrm.crmbaseentity',
  QuoteClose: 'mscrm.quoteclose',
  QuoteCloseDate: 'Edm.DateTimeOffset',
  QuoteCloseDescription: 'Edm.String',
  QuoteCloseStatus: 'Edm.Int32',
  QuoteCloseSubject: 'Edm.String',
  QuoteId: 'Edm.Guid',
  SalesOrderId: 'Edm.Guid',
  SolutionUniqueName: 'Edm.String',
  StateCode: 'Edm.Int32',
  Status: 'Edm.Int32',
  Target: 'mscrm.crmbaseentity',
  Value: 'Edm.Int32',
  Values: 'Collection(Edm.Int32)',
};

/** What an action or function answers; what is not here answers nothing. */
export const ANSWER_TYPES: Readonly<Record<string, string>> = {
  CommitFileBlocksUpload: 'mscrm.CommitFileBlocksUploadResponse',
  ConvertQuoteToSalesOrder: 'mscrm.salesorder',
  ConvertSalesOrderToInvoice: 'mscrm.invoice',
  CreateMultiple: 'mscrm.CreateMultipleResponse',
  DownloadBlock: 'mscrm.DownloadBlockResponse',
  InitializeFileBlocksDownload: 'mscrm.InitializeFileBlocksDownloadResponse',
  InitializeFileBlocksUpload: 'mscrm.InitializeFileBlocksUploadResponse',
  InsertOptionValue: 'mscrm.InsertOptionValueResponse',
  InsertStatusValue: 'mscrm.InsertStatusValueResponse',
  RetrieveCurrentOrganization: 'mscrm.RetrieveCurrentOrganizationResponse',
  RetrieveTotalRecordCount: 'mscrm.RetrieveTotalRecordCountResponse',
  RetrieveVersion: 'mscrm.RetrieveVersionResponse',
  ReviseQuote: 'mscrm.quote',
  WhoAmI: 'mscrm.WhoAmIResponse',
};

/** Types that are no tables, with their properties. */
export const COMPLEX_TYPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ColumnSet: { AllColumns: 'Edm.Boolean', Columns: 'Collection(Edm.String)' },
  CommitFileBlocksUploadResponse: { FileId: 'Edm.Guid', FileSizeInBytes: 'Edm.Int64' },
  CreateMultipleResponse: { Ids: 'Collection(Edm.Guid)' },
  DownloadBlockResponse: { Data: 'Edm.Binary' },
  EndpointCollection: {
    Count: 'Edm.Int32',
    IsReadOnly: 'Edm.Boolean',
    Keys: 'Collection(Edm.String)',
    Values: 'Collection(Edm.String)',
  },
  EntityRecordCountCollection: {
    Count: 'Edm.Int32',
    IsReadOnly: 'Edm.Boolean',
    Keys: 'Collection(Edm.String)',
    Values: 'Collection(Edm.Int64)',
  },
  InitializeFileBlocksDownloadResponse: {
    FileContinuationToken: 'Edm.String',
    FileName: 'Edm.String',
    FileSizeInBytes: 'Edm.Int64',
    IsChunkingSupported: 'Edm.Boolean',
  },
  InitializeFileBlocksUploadResponse: { FileContinuationToken: 'Edm.String' },
  InsertOptionValueResponse: { NewOptionValue: 'Edm.Int32' },
  InsertStatusValueResponse: { NewOptionValue: 'Edm.Int32' },
  Label: {
    LocalizedLabels: 'Collection(mscrm.LocalizedLabel)',
    UserLocalizedLabel: 'mscrm.LocalizedLabel',
  },
  LocalizedLabel: {
    HasChanged: 'Edm.Boolean',
    IsManaged: 'Edm.Boolean',
    Label: 'Edm.String',
    LanguageCode: 'Edm.Int32',
    MetadataId: 'Edm.Guid',
  },
  OrganizationDetail: {
    DatacenterId: 'Edm.String',
    Endpoints: 'mscrm.EndpointCollection',
    EnvironmentId: 'Edm.String',
    FriendlyName: 'Edm.String',
    Geo: 'Edm.String',
    OrganizationId: 'Edm.Guid',
    OrganizationVersion: 'Edm.String',
    State: 'mscrm.OrganizationState',
    TenantId: 'Edm.String',
    UniqueName: 'Edm.String',
    UrlName: 'Edm.String',
  },
  RetrieveCurrentOrganizationResponse: { Detail: 'mscrm.OrganizationDetail' },
  RetrieveTotalRecordCountResponse: {
    EntityRecordCountCollection: 'mscrm.EntityRecordCountCollection',
  },
  RetrieveVersionResponse: { Version: 'Edm.String' },
  WhoAmIResponse: { BusinessUnitId: 'Edm.Guid', OrganizationId: 'Edm.Guid', UserId: 'Edm.Guid' },
};

export const ENUM_TYPES: Readonly<Record<string, readonly string[]>> = {
  EndpointAccessType: ['Default', 'Internet', 'Intranet'],
  OrganizationState: ['Enabled', 'Disabled'],
};
