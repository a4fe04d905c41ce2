/** AWS's own validator reads what would be deployed. */

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { originHeader } from '../../lib/http/behind-origin.ts';
import { fullStageFile } from './full-stage.ts';
import { packageStage, stages } from './package-stage.ts';
import type { Template } from './template.ts';

interface Diagnostic {
  readonly ruleId: string;
  readonly severity: string;
  readonly message: string;
}

const { CelEngine, TemplateFile } = createRequire(import.meta.url)('@aws/cloudformation-validate');
const engine = new CelEngine();

function faults(template: Template): string[] {
  const path = join(mkdtempSync(join(tmpdir(), 'template-')), 'template.json');
  writeFileSync(path, JSON.stringify(template));
  return faultsOfFile(path);
}

function faultsOfFile(path: string): string[] {
  const { diagnostics } = engine.validateStandard(new TemplateFile(path)) as { diagnostics: Diagnostic[] };
  return diagnostics
    .filter(
      ({ severity, ruleId }) =>
        severity === 'FATAL' || severity === 'ERROR' || (severity === 'WARN' && !isHarmless(ruleId)),
    )
    .map(({ ruleId, message }) => `${ruleId} ${message}`);
}

/** W3005: osls names dependencies that a reference names already. W9002, W9013: ARNs of the stage file are full. */
const isHarmless = (ruleId: string): boolean => ['W3005', 'W9002', 'W9013'].includes(ruleId);

test.each(stages)('the template of %s has no fault', async (stage) => {
  expect(faults(await packageStage(stage))).toEqual([]);
});

test('a template with every option switched on has no fault', async () => {
  expect(faults(await packageStage('full', fullStageFile()))).toEqual([]);
});

test('the template of CloudFront and WAF in the guide has no fault, and sends the header that the gateway reads', () => {
  const path = fileURLToPath(new URL('../../docs/cloudfront.yml', import.meta.url));
  expect(faultsOfFile(path)).toEqual([]);
  expect(readFileSync(path, 'utf8')).toContain(`HeaderName: ${originHeader},`);
});

test('the validator is awake: it reports a property that does not exist', async () => {
  const template = structuredClone(await packageStage('dev'));
  Object.assign(template.Resources.EventQueue?.Properties ?? {}, { VisibiltyTimeout: 30 });
  expect(faults(template).join()).toContain('VisibiltyTimeout');
});
