export * from './catalogue';
export * from './customers';
