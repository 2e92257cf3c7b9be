import { parsePath } from './path';
import { ofEachElement, plainPath } from './plainPath';

test.each([
  ['={{ $json.email }}', 'email'],
  ['={{$json.a.b[0].c}}', 'a.b[0].c'],
  ['={{ $json["a b"].c }}', '["a b"].c'],
  ["={{ $json['vat.number'] }}", '["vat.number"]'],
  ['={{ $json.a["x"].y }}', 'a.x.y'],
  [`={{ $json['say "hi"'] }}`, `['say "hi"']`],
  ['={{ $json.a?.b?.[1]?.c }}', 'a.b[1].c'],
  ['=  {{ $json.billing_address . city }} ', 'billing_address.city'],
  ['={{ $json["@type"] }}', '["@type"]'],
  ['={{ $json.$ref }}', '["$ref"]'],
  ["={{ $json.items['0'].sku }}", 'items["0"].sku'],
])('%s is the path %s', (expression, path) => {
  expect(plainPath(expression)).toBe(path);
  expect(() => parsePath(path)).not.toThrow();
});

test.each([
  ['email'],
  ['={{ $json }}'],
  ['={{ $jsonx.a }}'],
  ['=Order {{ $json.id }}'],
  ['={{ $json.id }} {{ $json.id }}'],
  ['={{ $json.a + 1 }}'],
  ['={{ $json.a.toUpperCase() }}'],
  ['={{ $json.items.length }}'],
  ['={{ $json.items[$itemIndex].sku }}'],
  ['={{ $json.items[-1].sku }}'],
  ['={{ $json.constructor }}'],
  ['={{ $("Shop").item.json.id }}'],
  ['={{ $json.a ? 1 : 2 }}'],
  ['={{ $json[""] }}'],
])('%s is more than a path', (expression) => {
  expect(plainPath(expression)).toBeUndefined();
});

test.each([
  ['items[0].sku', 'items[*].sku'],
  ['a.items[2].prices[0].value', 'a.items[*].prices[0].value'],
  ['items[*].prices[0]', 'items[*].prices[0]'],
  ['["a[0]"].items[1].sku', '["a[0]"].items[*].sku'],
  ['items["0"].sku', 'items[*].sku'],
  ["a['12'].prices['0']", "a[*].prices['0']"],
  ['["2024"].items[1].sku', '["2024"].items[*].sku'],
  ['email', 'email'],
])('%s of each element is %s', (path, each) => {
  expect(ofEachElement(path)).toBe(each);
});
