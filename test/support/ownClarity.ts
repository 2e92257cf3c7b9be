/** The example of the guide: the API profile of the sandbox's third deployment (`/shop/rest`), as a user writes it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

const file = join(__dirname, '../../docs/clarity-profile.json');

/** What the credential holds of it. The header of the key is the profile's, which holds where the credential names none. */
export const OWN_CLARITY: IDataObject = {
  profile: 'own',
  profileText: readFileSync(file, 'utf8'),
  apiKeyHeader: '',
};
