import { clarity } from './clarity/definition';
import { dataverse } from './dataverse/definition';
import { entra } from './entra/definition';
import { threedcart } from './threedcart/definition';
import { xcart } from './xcart/definition';

/** The services of the sandbox in the order of start: each may rely on those before it. */
export const SERVICES = [entra, dataverse, xcart, threedcart, clarity] as const;

type Definition = (typeof SERVICES)[number];

export type ServiceName = Definition['name'];

/** Each service by its name. */
export type Services = { [D in Definition as D['name']]: ReturnType<D['create']> };

/** Where each service is, and what opens it. */
export type Addresses = { [D in Definition as D['name']]: ReturnType<D['address']> };
