/**
 * A request that OData itself does not understand, with the sentence of Microsoft's OData library. The service
 * that was asked gives the sentence its own code and body; the status is 400 in all of them.
 */
export class ODataError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ODataError';
  }
}

export const unknownProperty = (name: string, typeName: string): ODataError =>
  new ODataError(`Could not find a property named '${name}' on type '${typeName}'.`);
