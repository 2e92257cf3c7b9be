import { type INode, type INodeTypes, Workflow } from 'n8n-workflow';

import { FROM } from '../../test/support/mapPanel';
import { CommerceMap } from './CommerceMap.node';
import { slowHint } from './slowHint';

/** As the editor asks whether a hint of a node is to be shown. */
function isShown(...rows: object[]): unknown {
  const node = {
    ...{ id: '1', name: 'N', type: 'x', typeVersion: 1.1, position: [0, 0] },
    parameters: { operation: 'map', ...FROM, ...(rows.length > 0 && { fieldOverrides: { rows } }) },
  } as unknown as INode;
  const workflow = new Workflow({
    nodes: [node],
    connections: {},
    active: false,
    nodeTypes: { getByNameAndVersion: () => new CommerceMap() } as unknown as INodeTypes,
  });
  const { displayCondition = '' } = slowHint;
  return workflow.expression.getSimpleParameterValue(node, displayCondition, 'internal', {});
}

const expression = (text: string) => ({ source: 'expression', expression: text });

test.each([
  ['={{ $json.notes }}'],
  ['={{$json.items[0].sku}}'],
  ['={{ $json["odd name"]?.x }}'],
  ["={{ $json['odd-name'] }}"],
])('nothing is said of a field that was dragged: %s', (text) => {
  expect(isShown(expression(text))).toBe(false);
  expect(isShown({ source: 'path', path: text })).toBe(false);
});

test.each([
  ['={{ $json.notes.trim() }}'],
  ['={{ $json.a + $json.b }}'],
  ['=X-{{ $json.order_number }}'],
  ["={{ $('Other').item.json.x }}"],
])('says that a row is slow: %s', (text) => {
  expect(isShown({ source: 'mapped' }, expression(text))).toBe(true);
  expect(isShown({ source: 'value', value: text })).toBe(true);
});

test('a formula is slow, and a row that is none of these is not', () => {
  expect(isShown({ source: 'formula', formula: '1' })).toBe(true);
  expect(isShown({ source: 'template', template: '=X {{ $json.a }}' }, { source: 'mapped' })).toBe(
    false,
  );
  expect(isShown({ source: 'value', value: 'fixed' }, expression('fixed'), {})).toBe(false);
  expect(isShown()).toBe(false);
});
