import { ServiceError } from '../../../../errors';
import { isRow } from '../../../../odata/answers';
import { publishXml } from '../bodies';
import { definition, NEWEST } from '../environment';
import type { ChangeTrackingRequirement } from '../requirement';
import { type Kind, missingTable, PRESENT } from './kind';

/** Labels in other languages stay (Dataverse docs: create-update-entity-definitions-using-web-api). */
const KEEP_LABELS = { 'mscrm.mergelabels': 'true' };

/**
 * A definition is replaced as a whole, so that it is read whole, changed in one place and sent back; what another has
 * changed in between would be lost, as with every tool. It takes effect when it is published.
 */
export const changeTrackingKind: Kind<ChangeTrackingRequirement> = {
  async check(environment, { table }) {
    const facts = await environment.table(table);
    if (!facts) return missingTable(table);
    if (facts.changeTracking) return { state: 'present', change: PRESENT };
    if (!facts.canBeTracked) {
      return {
        state: 'wrong',
        change: `Change tracking of ${table} is off, and the solution that brings the table does not let it be switched on.`,
        fix: 'Follow this table with webhooks alone.',
      };
    }
    return {
      state: 'missing',
      change: `Switch on change tracking of ${table} and publish the table. It cannot be switched off again. Publishing also puts into effect whatever else has been changed on the table and not yet published.`,
      step: {
        method: 'PUT',
        path: definition(table),
        // The rest of the definition goes along as it is read.
        body: { ChangeTrackingEnabled: true },
      },
    };
  },

  async make(environment, { table }) {
    const path = definition(table);
    const { body } = await environment.client.request({ method: 'GET', path, headers: NEWEST });
    if (!isRow(body) || body['LogicalName'] !== table) {
      throw new ServiceError(`The definition of ${table} could not be read whole`, {
        class: 'unknown',
      });
    }
    const { '@odata.context': _context, ...whole } = body;
    const changed = {
      '@odata.type': 'Microsoft.Dynamics.CRM.EntityMetadata',
      ...whole,
      ChangeTrackingEnabled: true,
    };
    await environment.send({ method: 'PUT', path, body: changed }, KEEP_LABELS);
    await environment.send({
      method: 'POST',
      path: 'PublishXml',
      body: { ParameterXml: publishXml(table) },
    });
  },
};
