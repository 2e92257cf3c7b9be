export { fitDocument } from './fit';
export { fitForXml, isFitForXml } from './xml';
