import type { INodeTypeDescription } from 'n8n-workflow';

/** What the editor gives a new node; a node type without a version is one of a test. */
export function newestVersion({ version }: Pick<INodeTypeDescription, 'version'>): number {
  return Math.max(...[version ?? 1].flat());
}
