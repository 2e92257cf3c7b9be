import { storeAddress } from './address';

it.each([
  ['https://shop.example', 'shop.example'],
  ['http://shop.example/', 'shop.example'],
  [' https://WWW.Shop.example:443// ', 'shop.example'],
  ['https://shop.example/de/', 'shop.example/de'],
  ['https://shop.example:8443/de?key=secret#top', 'shop.example:8443/de'],
  ['https://user:secret@shop.example', 'shop.example'],
  ['http://127.0.0.1:4010', '127.0.0.1:4010'],
])('%s leads to %s', (url, address) => expect(storeAddress(url)).toBe(address));

it('tells shops at one host apart by their path, and at one name by their port', () => {
  const urls = ['https://a.example/1', 'https://a.example/2', 'https://a.example:8443/1'];
  expect(new Set(urls.map(storeAddress)).size).toBe(3);
});

it('leaves alone what is no web address', () => {
  expect(storeAddress(' shop ')).toBe('shop');
});
