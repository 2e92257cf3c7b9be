export { fitDocument, fitTexts } from './fit';
export { fitForXml, isFitForXml } from './xml';
