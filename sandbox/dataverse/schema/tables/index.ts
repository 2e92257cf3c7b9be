import type { TableSchema } from '../types';
import { account } from './account';
import { intersects } from './associations';
import { asyncoperation } from './asyncoperation';
import { backgroundoperation } from './backgroundoperation';
import { pricelevel, product, productpricelevel, uom, uomschedule } from './catalogue';
import { contact } from './contact';
import { opportunity, task } from './engagement';
import { fileattachment } from './fileattachment';
import { invoice, invoicedetail } from './invoice';
import { quote, quoteclose, quotedetail } from './quote';
import { orderclose, salesorder } from './salesorder';
import { sdkmessage, sdkmessagefilter } from './messages';
import { salesorderdetail } from './salesorderdetail';
import { privilege, role } from './security';
import { savedquery, userquery } from './queries';
import { publisher, solution, solutioncomponent } from './solutions';
import { businessunit, organization, systemuser, team, transactioncurrency } from './system';
import {
  plugintype,
  sdkmessageprocessingstep,
  sdkmessageprocessingstepimage,
  serviceendpoint,
} from './webhooks';

/** A table added to this list is served like all others. */
export const builtInTables: readonly TableSchema[] = [
  account,
  contact,
  product,
  pricelevel,
  productpricelevel,
  uomschedule,
  uom,
  transactioncurrency,
  quote,
  quotedetail,
  quoteclose,
  salesorder,
  salesorderdetail,
  orderclose,
  invoice,
  invoicedetail,
  systemuser,
  businessunit,
  organization,
  sdkmessage,
  sdkmessagefilter,
  opportunity,
  task,
  publisher,
  solution,
  solutioncomponent,
  role,
  privilege,
  fileattachment,
  ...intersects,
  team,
  plugintype,
  serviceendpoint,
  sdkmessageprocessingstep,
  sdkmessageprocessingstepimage,
  asyncoperation,
  backgroundoperation,
  savedquery,
  userquery,
];

export { builtInAssociations } from './associations';
