import type { MappingPlan } from '../mapping/plan';
import { compose } from '../mapping/plan';
import type { MappingSpec } from '../mapping/spec';
import { DATAVERSE_CONTACT } from './dataverse/contact';
import { DATAVERSE_PRODUCT } from './dataverse/product';
import { DATAVERSE_SALES_ORDER } from './dataverse/salesorder';
import { XCART_ORDER } from './xcart/order';
import { XCART_PRODUCT } from './xcart/product';
import { XCART_PROFILE } from './xcart/profile';

/** Every mapping that comes with the pack. Those between shop and Dynamics are made of two, through the common model. */
export const PRESETS: readonly (MappingSpec | MappingPlan)[] = [
  named('X-Cart order to Dynamics 365 sales order', compose(XCART_ORDER, DATAVERSE_SALES_ORDER)),
  named('X-Cart product to Dynamics 365 product', compose(XCART_PRODUCT, DATAVERSE_PRODUCT)),
  named('X-Cart customer to Dynamics 365 contact', compose(XCART_PROFILE, DATAVERSE_CONTACT)),
  XCART_ORDER,
  XCART_PRODUCT,
  XCART_PROFILE,
  DATAVERSE_SALES_ORDER,
  DATAVERSE_PRODUCT,
  DATAVERSE_CONTACT,
];

function named(name: string, plan: MappingPlan): MappingPlan {
  return { ...plan, name };
}

export function findPreset(from: string, to: string): MappingSpec | MappingPlan | undefined {
  return PRESETS.find((preset) => preset.from === from && preset.to === to);
}
