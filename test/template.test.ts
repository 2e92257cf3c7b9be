/**
 * What n8n's template reviewers ask for, and what this project asks of its templates besides
 * (n8n Creator hub: template submission guidelines; sticky note guidelines for templates).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  type INodeParameters,
  type INodeProperties,
  type INodePropertyOptions,
  type INodeTypeDescription,
  NodeHelpers,
} from 'n8n-workflow';

import { Clarity } from '../nodes/Clarity/Clarity.node';
import { ClarityTrigger } from '../nodes/ClarityTrigger/ClarityTrigger.node';
import { CommerceMap } from '../nodes/CommerceMap/CommerceMap.node';
import { Dynamics365 } from '../nodes/Dynamics365/Dynamics365.node';
import { Dynamics365Trigger } from '../nodes/Dynamics365Trigger/Dynamics365Trigger.node';
import { SyncLedger } from '../nodes/SyncLedger/SyncLedger.node';
import { SyncLedgerTrigger } from '../nodes/SyncLedgerTrigger/SyncLedgerTrigger.node';
import { ThreeDCart } from '../nodes/ThreeDCart/ThreeDCart.node';
import { ThreeDCartTrigger } from '../nodes/ThreeDCartTrigger/ThreeDCartTrigger.node';
import { XCart } from '../nodes/XCart/XCart.node';
import { XCartTrigger } from '../nodes/XCartTrigger/XCartTrigger.node';
import { templates } from '../workflows/all';
import { PACK, type Template, type TemplateNode } from '../workflows/builder';
import { fileText } from '../workflows/write';

/** n8n adds it to every polling node when it loads it. */
const POLL_TIMES: INodeProperties = {
  displayName: 'Poll Times',
  name: 'pollTimes',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  default: { item: [{ mode: 'everyMinute' }] },
  options: [
    { name: 'item', displayName: 'Item', values: NodeHelpers.cronNodeOptions[0]?.values ?? [] },
  ],
};

const packTypes = new Map<string, INodeTypeDescription>(
  [
    Clarity,
    ClarityTrigger,
    CommerceMap,
    Dynamics365,
    Dynamics365Trigger,
    SyncLedger,
    SyncLedgerTrigger,
    ThreeDCart,
    ThreeDCartTrigger,
    XCart,
    XCartTrigger,
  ].map((NodeType) => {
    const { description } = new NodeType();
    const { name, polling, properties } = description;
    const all = polling ? [POLL_TIMES, ...properties] : properties;
    return [`${PACK}.${name}`, { ...description, properties: all }];
  }),
);

interface CoreType {
  /** The name that the editor gives such a node of itself. */
  name: string;
  /** That n8n 2.39, the oldest that is supported, has; test/e2e publishes the templates on it. */
  versions: readonly number[];
  /** It works once in a run, on one item, so that an expression costs nothing. */
  isOnce?: true;
}

/** Node types of n8n itself that a template may use. */
const CORE_TYPES: Readonly<Record<string, CoreType>> = {
  'n8n-nodes-base.form': { name: 'Form', versions: [1, 2.3, 2.4, 2.5], isOnce: true },
  'n8n-nodes-base.formTrigger': { name: 'On form submission', versions: [2.5, 2.6] },
  'n8n-nodes-base.noOp': { name: 'No Operation, do nothing', versions: [1] },
  'n8n-nodes-base.scheduleTrigger': { name: 'Schedule Trigger', versions: [1.2, 1.3, 1.4] },
  'n8n-nodes-base.set': { name: 'Edit Fields', versions: [3.4] },
  'n8n-nodes-base.stopAndError': { name: 'Stop and Error', versions: [1], isOnce: true },
};

/** Nodes of stores, which are told one order an item: beside the request for each, what a person drags there costs nothing. */
const STORES: ReadonlySet<string> = new Set(
  ['xCart', 'threeDCart', 'clarity'].map((name) => `${PACK}.${name}`),
);

const isDragged = (text: string): boolean => /^=\{\{ \$json(?:\.\w+)+ \}\}$/.test(text);

const STICKY = 'n8n-nodes-base.stickyNote';
const YELLOW = 1;
const GREY = 7;
/** A node's square on the canvas, and its name and subtitle below; n8n draws it higher for each output beyond two. */
const NODE_WIDTH = 96;
const NODE_HEIGHT = 96 + 48;
const OUTPUT_HEIGHT = 32;

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Sticky {
  content: string;
  color: number;
  box: Box;
}

function boxOf([left, top]: [number, number], width: number, height: number): Box {
  return { left, top, right: left + width, bottom: top + height };
}

function stickyOf({ parameters, position }: TemplateNode): Sticky {
  const { content, color, width, height } = parameters as {
    content: string;
    color: number;
    width: number;
    height: number;
  };
  return { content, color, box: boxOf(position, width, height) };
}

const covers = (outer: Box, inner: Box) =>
  outer.left <= inner.left &&
  outer.top <= inner.top &&
  outer.right >= inner.right &&
  outer.bottom >= inner.bottom;
const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const words = (text: string) => text.split(/\s+/).filter((word) => /\w/.test(word)).length;

function parts({ nodes }: Template) {
  const stickies = nodes.filter(({ type }) => type === STICKY).map(stickyOf);
  return {
    working: nodes.filter(({ type }) => type !== STICKY),
    overviews: stickies.filter(({ color }) => color === YELLOW),
    sections: stickies.filter(({ color }) => color === GREY),
    stickies,
  };
}

/** Every text in a value, with the path to it. */
function texts(value: unknown, path = ''): Array<[path: string, text: string]> {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

/** Writes into another system over HTTP, where things fail. */
function writesOut({ type, parameters }: TemplateNode): boolean {
  const description = packTypes.get(type);
  const operation = String(parameters.operation ?? '');
  return (
    description !== undefined &&
    description.credentials?.some(({ required }) => required) === true &&
    !description.group.includes('trigger') &&
    !/^(get|list|search)/.test(operation)
  );
}

/** The parameters as n8n keeps them once it has dropped what the node does not know or does not show. */
function known({ type, typeVersion, parameters }: TemplateNode): INodeParameters | null {
  const description = packTypes.get(type);
  if (!description) return null;
  return NodeHelpers.getNodeParameters(
    description.properties,
    parameters as INodeParameters,
    true,
    false,
    { typeVersion },
    description,
  );
}

/** Values that stand in no list of the field that is shown for them. */
function notOffered({ type, typeVersion, parameters }: TemplateNode): string[] {
  const description = packTypes.get(type);
  const shown = (description?.properties ?? []).filter(
    (property) =>
      property.type === 'options' &&
      property.typeOptions?.loadOptionsMethod === undefined &&
      NodeHelpers.displayParameter(
        known({ type, typeVersion, parameters } as TemplateNode) ?? {},
        property,
        { typeVersion },
        description ?? null,
      ),
  );
  return shown
    .filter(({ name, options = [] }) => {
      const value = parameters[name];
      return (
        value !== undefined &&
        !(options as INodePropertyOptions[]).some((option) => option.value === value)
      );
    })
    .map(({ name }) => name);
}

describe.each(templates)('template $file', ({ file, workflow }) => {
  const nodeBox = ({ name, position }: TemplateNode): Box => {
    const outputs = workflow.connections[name]?.main.length ?? 1;
    return boxOf(position, NODE_WIDTH, NODE_HEIGHT + Math.max(0, outputs - 2) * OUTPUT_HEIGHT);
  };
  const { working, overviews, sections, stickies } = parts(workflow);

  it('is on disk as the builder writes it (npm run templates)', () => {
    const onDisk = readFileSync(join(__dirname, '../workflows', file), 'utf8');
    expect(onDisk).toBe(fileText(workflow));
  });

  it('has one yellow overview, left of and not below everything else', () => {
    expect(overviews).toHaveLength(1);
    const [{ box, content }] = overviews as [Sticky];
    expect(content).toContain('### How it works');
    expect(content).toContain('### Setup');
    expect(words(content)).toBeGreaterThanOrEqual(100);
    expect(words(content)).toBeLessThanOrEqual(300);
    for (const other of [...sections.map((section) => section.box), ...working.map(nodeBox)]) {
      expect(other.left).toBeGreaterThanOrEqual(box.right);
      expect(other.top).toBeGreaterThanOrEqual(box.top);
    }
  });

  it('says that it needs a community package, and which', () => {
    expect(overviews[0]?.content).toMatch(/community package/);
    expect(overviews[0]?.content).toContain(PACK);
    expect(overviews[0]?.content).toMatch(/self-hosted/);
  });

  it('groups every node in a grey section of at least two', () => {
    expect(sections.length + overviews.length).toBe(stickies.length);
    for (const section of sections) {
      const inside = working.filter((node) => covers(section.box, nodeBox(node)));
      expect({ section: section.content, nodes: inside.length >= 2 }).toEqual({
        section: section.content,
        nodes: true,
      });
      expect(words(section.content)).toBeLessThan(50);
    }
    const alone = working.filter(
      (node) => !sections.some((section) => covers(section.box, nodeBox(node))),
    );
    expect(alone.map(({ name }) => name)).toEqual([]);
  });

  it('lays nothing over another thing', () => {
    const boxes = [...stickies.map(({ box }) => box)];
    const crossing = boxes.flatMap((a, index) =>
      boxes.slice(index + 1).filter((b) => overlap(a, b)),
    );
    expect(crossing).toEqual([]);
    const nodes = working.map(nodeBox);
    expect(
      nodes.flatMap((a, index) => nodes.slice(index + 1).filter((b) => overlap(a, b))),
    ).toEqual([]);
  });

  it('gives every node a name of its own', () => {
    const given = working.map(
      ({ type }) => packTypes.get(type)?.defaults.name ?? CORE_TYPES[type]?.name,
    );
    const unnamed = working.filter(({ name }, index) => name === given[index]);
    expect(unnamed.map(({ name }) => name)).toEqual([]);
    expect(new Set(workflow.nodes.map(({ name }) => name)).size).toBe(workflow.nodes.length);
    expect(new Set(workflow.nodes.map(({ id }) => id)).size).toBe(workflow.nodes.length);
  });

  it('carries no credential, key, instance id or pinned data', () => {
    expect(workflow.meta).toEqual({});
    expect(workflow.pinData).toEqual({});
    const named = workflow.nodes.flatMap(({ credentials = {} }) => Object.values(credentials));
    for (const credential of named) expect(credential).toEqual({ id: '', name: '' });
    expect(JSON.stringify(workflow)).not.toMatch(/instanceId|password|secret"|apiKey|Bearer /i);
  });

  const maps = working.some(({ type }) => type === `${PACK}.commerceMap`);

  it('keeps the settings of its mapping in an Edit Fields node that passes the order on', () => {
    const configs = working.filter(({ type }) => type === 'n8n-nodes-base.set');
    const read = working.some(
      ({ type, parameters }) =>
        type === `${PACK}.commerceMap` &&
        texts(parameters).some(([, text]) => text.startsWith('settings.')),
    );
    expect(configs).toHaveLength(read ? 1 : 0);
    for (const { parameters } of configs)
      expect(parameters).toMatchObject({ mode: 'manual', includeOtherFields: true });
  });

  it('lets nobody in from outside who is not signed in', () => {
    const forms = working.filter(({ type }) => type === 'n8n-nodes-base.formTrigger');
    for (const { parameters } of forms)
      expect(parameters).toMatchObject({
        authentication: 'n8nUserAuth',
        requireExecuteAccess: true,
      });
  });

  it('uses nodes by their names in the package, and known ones of n8n', () => {
    const foreign = working.filter(
      ({ type, typeVersion }) =>
        !packTypes.has(type) && !CORE_TYPES[type]?.versions.includes(typeVersion),
    );
    expect(foreign.map(({ type, typeVersion }) => [type, typeVersion])).toEqual([]);
  });

  it('sets only parameters that the nodes have and show, to values that they offer', () => {
    for (const node of working.filter(({ type }) => packTypes.has(type))) {
      const description = packTypes.get(node.type) as INodeTypeDescription;
      expect({ node: node.name, parameters: known(node) }).toMatchObject({
        node: node.name,
        parameters: node.parameters,
      });
      const issues = NodeHelpers.getNodeParametersIssues(
        description.properties,
        { ...node, parameters: node.parameters as INodeParameters, disabled: false },
        description,
      );
      expect({ node: node.name, issues }).toEqual({ node: node.name, issues: null });
      expect({ node: node.name, notOffered: notOffered(node) }).toEqual({
        node: node.name,
        notOffered: [],
      });
    }
  });

  it('needs no environment variable, and works out no expression per item but what is dragged into a node of a store', () => {
    const expressions = working.flatMap(({ name, type, parameters }) =>
      texts(parameters, name).filter(
        ([, text]) =>
          text.includes('$env') ||
          (text.startsWith('=') &&
            !CORE_TYPES[type]?.isOnce &&
            !(STORES.has(type) && isDragged(text))),
      ),
    );
    expect(expressions).toEqual([]);
  });

  it('leads what fails to a node that keeps it', () => {
    for (const node of working.filter(writesOut)) {
      const [, errors = []] = workflow.connections[node.name]?.main ?? [];
      expect({ node: node.name, onError: node.onError, errors: errors.length }).toEqual({
        node: node.name,
        onError: 'continueErrorOutput',
        errors: 1,
      });
    }
    expect(working.some(writesOut)).toBe(maps);
  });

  it('has no node run again as a whole by n8n, which waits for what time does not heal, too', () => {
    expect(workflow.nodes.filter((node) => 'retryOnFail' in node)).toEqual([]);
  });

  it('connects nodes that are there', () => {
    const names = new Set(working.map(({ name }) => name));
    const ends = Object.entries(workflow.connections).flatMap(([from, { main }]) => [
      from,
      ...main.flat().map(({ node }) => node),
    ]);
    expect(ends.filter((name) => !names.has(name))).toEqual([]);
  });
});
