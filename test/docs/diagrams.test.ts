/** Diagrams keep to a part of Mermaid's syntax that every code host renders: labels in quotes, no reserved words as ids. */
import { expect, test } from 'vitest';
import { allPages, fencedBlocks, readPage } from './pages.ts';

const diagrams = allPages.flatMap((page) =>
  fencedBlocks(readPage(page), 'mermaid').map((text) => [page, text.trim()] as const),
);
const flowcharts = diagrams.filter(([, text]) => text.startsWith('flowchart '));

const reserved = ['call', 'class', 'click', 'default', 'end', 'graph', 'href', 'style'];
const id = String.raw`\w+`;
const label = String.raw`(?:\["[^"]*"\]|\[\("[^"]*"\)\]|\{"[^"]*"\})`;
const node = `${id}${label}?`;
const arrow = String.raw` (?:-->|-\.->)(?:\|"[^"]*"\|)? `;
const line = new RegExp(
  `^(?:direction (?:LR|TD)|subgraph ${id} \\["[^"]*"\\]|end|${node}(?:${arrow}${node})*)$`,
);

test('there are diagrams of delivery, connecting, a stage and the path of an event', () => {
  const pages = new Set(diagrams.map(([page]) => page));
  expect([...pages].sort()).toEqual(['README.md', 'docs/connect.md', 'docs/delivery.md', 'docs/deploy.md']);
});

test.each(flowcharts)('a flowchart of %s consists of quoted labels and plain arrows', (_page, text) => {
  const [, ...lines] = text.split('\n').map((part) => part.trim());
  expect(lines.filter((part) => !line.test(part))).toEqual([]);
  const ids = lines
    .filter((part) => part !== 'end')
    .flatMap((part) => part.replaceAll(/"[^"]*"/g, '').match(/\w+/g));
  expect(ids.filter((name) => name !== null && reserved.includes(name))).toEqual([]);
});

test('the sequence diagram consists of participants and messages', () => {
  const [text = ''] = fencedBlocks(readPage('docs/connect.md'), 'mermaid');
  const [kind, ...lines] = text.trim().split('\n');
  expect(kind).toBe('sequenceDiagram');
  const message = /^ {2}(participant \w+( as [\w ]+)?|\w+-{1,2}>>\w+: [\w ,/?]+)$/;
  expect(lines.filter((part) => !message.test(part))).toEqual([]);
});
