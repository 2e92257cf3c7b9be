/**
 * Webhooks of Dataverse: what a delivery tells (`payload.ts`), what it has to show (`secret.ts`), and how an environment
 * is told to send them (`registry.ts`).
 */
export { type DataverseEvent, deliveryIdOf, readEvent } from './payload';
export { type WebhookChoice, webhookRegistry } from './registry';
export { proofsOf, SECRET_PLACES, type SecretPlace } from './secret';
export { forgetMessageIds, type StepWish } from './steps';
export { type Shape, shapeOf } from './values';
