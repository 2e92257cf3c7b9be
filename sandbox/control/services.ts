import type { DataverseService } from '../dataverse';
import type { EntraService } from '../entra/service';
import type { XCartService } from '../xcart';

/** Everything that the control API can reach into. */
export interface ControlledServices {
  entra: EntraService;
  dataverse: DataverseService;
  xcart: XCartService;
}
