/** How the pack names itself to every service, so that an administrator finds it in a log. */
export const USER_AGENT =
  'n8n-nodes-dynamics-commerce (+https://www.npmjs.com/package/n8n-nodes-dynamics-commerce)';
