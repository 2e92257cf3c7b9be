import { type ILoadOptionsFunctions, isResourceLocatorValue } from 'n8n-workflow';

/**
 * What a resource locator of the panel is set to; empty where it is not.
 *
 * The value is taken as it stands, and not by `extractValue`: that throws for a field that is not shown (n8n-core 2.39,
 * extract-value), and when another operation is opened the editor asks for lists of the one before with the fields of
 * the new one.
 */
export function chosenIn(context: ILoadOptionsFunctions, name: string): string {
  const given: unknown = context.getCurrentNodeParameter(name);
  const value = isResourceLocatorValue(given) ? given.value : given;
  return typeof value === 'string' ? value.trim() : '';
}
