import type { Icon } from 'n8n-workflow';

/**
 * The icons of the node that the credential is for, as n8n finds them from a file in `credentials/`.
 *
 * @param path below `nodes/` and without an ending, such as `XCart/xcart`
 */
export const iconsOf = (path: string): Icon => ({
  light: `file:../nodes/${path}.svg`,
  dark: `file:../nodes/${path}.dark.svg`,
});
