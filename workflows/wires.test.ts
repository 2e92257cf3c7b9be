import { templates } from './all';
import type { Template, TemplateNode } from './builder';

/** As n8n draws it, in pixels (editor-ui: `getEdgeRenderData`, `CanvasNodeDefault`). */
const NODE = 96;
/** A name of this many letters has two lines. */
const LONG_NAME = 22;
const LINE = 24;
const NAME_OVERHANG = 32;
const NOTE_WORDS = 128;
const TURN = 40;
const BELOW = 130;

type Point = readonly [x: number, y: number];

interface Box {
  of: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const isNote = ({ type }: TemplateNode): boolean => type.endsWith('stickyNote');

const outputsOf = ({ connections }: Template, { name, onError }: TemplateNode): number =>
  Math.max(onError === 'continueErrorOutput' ? 2 : 1, connections[name]?.main.length ?? 0);

const heightOf = (outputs: number): number => NODE + Math.max(0, outputs - 2) * 32;

/** Where words stand: below each node, and in the head of each grey note. */
function wordsOf(template: Template): Box[] {
  return template.nodes
    .filter(({ name }) => name !== 'Overview')
    .map((node) => {
      const [x, y] = node.position;
      if (isNote(node)) {
        const { width } = node.parameters as { width: number };
        return { of: node.name, left: x, right: x + width, top: y, bottom: y + NOTE_WORDS };
      }
      const top = y + heightOf(outputsOf(template, node));
      return {
        of: node.name,
        left: x - NAME_OVERHANG,
        right: x + NODE + NAME_OVERHANG,
        top,
        // With the subtitle.
        bottom: top + (node.name.length > LONG_NAME ? 3 : 2) * LINE,
      };
    });
}

function straight(corners: readonly Point[]): Point[] {
  return corners.slice(1).flatMap(([x, y], index) => {
    const [fromX, fromY] = corners[index] as Point;
    return Array.from({ length: 100 }, (_, step): Point => {
      const part = step / 100;
      return [fromX + (x - fromX) * part, fromY + (y - fromY) * part];
    });
  });
}

function curved([fromX, fromY]: Point, [x, y]: Point): Point[] {
  return Array.from({ length: 100 }, (_, step): Point => {
    const t = step / 100;
    const across = 1.5 * t * (1 - t) + t ** 3;
    return [fromX + (x - fromX) * across, fromY + (y - fromY) * (3 * t ** 2 - 2 * t ** 3)];
  });
}

function wire(from: Point, to: Point): Point[] {
  if (from[0] - 20 <= to[0]) return curved(from, to);
  const low = from[1] + BELOW;
  const [right, left] = [from[0] + TURN, to[0] - TURN];
  return straight([from, [right, from[1]], [right, low], [left, low], [left, to[1]], to]);
}

interface Wire {
  way: string;
  points: Point[];
}

function wiresOf(template: Template): Wire[] {
  const { nodes, connections } = template;
  return nodes.flatMap((node) => {
    const outputs = outputsOf(template, node);
    const [x, y] = node.position;
    return (connections[node.name]?.main ?? []).flatMap((ends, index) => {
      const out: Point = [x + NODE, y + (heightOf(outputs) * (index + 1)) / (outputs + 1)];
      return ends.map((end) => {
        const target = nodes.find(({ name }) => name === end.node);
        if (!target) throw new Error(`There is no node "${end.node}"`);
        const into: Point = [target.position[0], target.position[1] + NODE / 2];
        return { way: `${node.name} → ${target.name}`, points: wire(out, into) };
      });
    });
  });
}

const isIn = ({ left, right, top, bottom }: Box, [x, y]: Point): boolean =>
  x > left && x < right && y > top && y < bottom;

test.each(templates)('$file: no wire crosses words', ({ workflow }) => {
  const words = wordsOf(workflow);
  const wires = wiresOf(workflow);
  expect(wires.length).toBeGreaterThan(3);
  const crossed = wires.flatMap(({ way, points }) =>
    words
      .filter((box) => points.some((point) => isIn(box, point)))
      .map(({ of }) => `${way} across ${of}`),
  );
  expect(crossed).toEqual([]);
});
