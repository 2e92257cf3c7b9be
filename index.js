/**
 * The entry point of the package. n8n does not use it: it reads the `n8n` section of package.json and loads the
 * compiled files named there. It exists for tools that `require` the package by its name.
 */
const { n8n } = require('./package.json');

module.exports = { nodes: n8n.nodes, credentials: n8n.credentials };
