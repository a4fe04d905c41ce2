/**
 * A summary of each stack as text, so that a change of the stack is read in review.
 * `npx vitest run test/template/golden/golden.test.ts -u` writes the summaries anew.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readStage } from '../../../lib/config/read-stage.ts';
import { compileStage } from '../../../stack/compile.ts';
import { packageStage, stages } from '../package-stage.ts';
import { resolved, type Template } from '../template.ts';

test.each(stages)('the stack of %s is the one that was reviewed', async (stage) => {
  await expect(printed(summaryOf(await packageStage(stage)))).toMatchFileSnapshot(`./${stage}.golden.json`);
});

test('promise 10: a copy of the file of prod under another name makes the same stack', async () => {
  const text = readFileSync(new URL('../../../stages/prod.yml', import.meta.url), 'utf8');
  const twin = JSON.stringify(summaryOf(await packageStage('twin', text))).replaceAll('twin', 'prod');
  expect(JSON.parse(twin)).toEqual(summaryOf(await packageStage('prod')));
});

test.each(stages)('promise 10: nothing but its name and its file makes the stack of %s', async (stage) => {
  const compiled = async (name: string) => JSON.stringify(await compileStage(readStage(stage), name));
  expect((await compiled('twin')).replaceAll('twin', stage)).toBe(await compiled(stage));
});

/** Noise: names of uploads carry the time, and the dashboard has tests of its own. */
const leftOut = new Set(['Code', 'DashboardBody', 'Tags']);

function summaryOf(template: Template) {
  return Object.fromEntries(
    Object.entries(template.Resources).map(([id, { Type, Properties, ...rest }]) => [
      id,
      { Type, ...rest, ...kept(resolved(Properties, template) as Record<string, unknown>) },
    ]),
  );
}

const kept = (properties: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !leftOut.has(name)));

/** JSON with one line a property: short enough to read, and a diff shows what changed. */
function printed(summary: ReturnType<typeof summaryOf>): string {
  const resources = Object.entries(summary).map(([id, resource]) => {
    const lines = Object.entries(resource).map(
      ([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
    );
    return `  ${JSON.stringify(id)}: {\n${lines.join(',\n')}\n  }`;
  });
  return `{\n${resources.join(',\n')}\n}\n`;
}
