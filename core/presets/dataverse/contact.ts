import type { MappingSpec } from '../../mapping/spec';
import { accountGroup, contactGroup } from './parts';

const PATHS = { customer: '$', address: 'address', nameless: '$.id' };

export const DATAVERSE_CONTACT: MappingSpec = {
  from: 'commerce.customer',
  to: 'dataverse.contact',
  fields: [accountGroup(PATHS), contactGroup(PATHS)],
};
