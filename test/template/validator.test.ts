/** AWS's own validator reads what would be deployed. */

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readStage } from '../../lib/config/read-stage.ts';
import { originHeader } from '../../lib/http/middleware/behind-origin.ts';
import { fencedBlocks, readPage } from '../docs/pages.ts';
import { fullStageFile } from './full-stage.ts';
import { packageStage, stages } from './package-stage.ts';
import { region, type Template } from './template.ts';

interface Diagnostic {
  readonly ruleId: string;
  readonly severity: string;
  readonly message: string;
}

const { CelEngine, TemplateFile } = createRequire(import.meta.url)('@aws/cloudformation-validate');
const engine = new CelEngine();

/** The region decides which resource types there are; without one the validator takes us-east-1. */
function faults(template: Template, region: string): string[] {
  const path = join(mkdtempSync(join(tmpdir(), 'template-')), 'template.json');
  writeFileSync(path, JSON.stringify(template));
  return faultsOfFile(path, region);
}

function faultsOfFile(path: string, region: string): string[] {
  const { diagnostics } = engine.validateStandard(new TemplateFile(path), {
    pseudoParameterOverrides: { region },
  }) as { diagnostics: Diagnostic[] };
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
  expect(faults(await packageStage(stage), readStage(stage).region)).toEqual([]);
});

test('a template with every option switched on has no fault', async () => {
  expect(faults(await packageStage('full', fullStageFile()), region)).toEqual([]);
});

test('the template of CloudFront and WAF in the guide has no fault, and sends the header that the gateway reads', () => {
  const path = fileURLToPath(new URL('../../docs/cloudfront.yml', import.meta.url));
  expect(faultsOfFile(path, 'us-east-1')).toEqual([]);
  expect(readFileSync(path, 'utf8')).toContain(`HeaderName: ${originHeader},`);
});

test('the CloudFront distribution in the guide of the browser has no fault, and sends the header that the gateway reads', () => {
  const [text = ''] = fencedBlocks(readPage('docs/sources/browser.md'), 'yml');
  const path = join(mkdtempSync(join(tmpdir(), 'template-')), 'template.yml');
  writeFileSync(path, text);
  expect(faultsOfFile(path, 'us-east-1')).toEqual([]);
  expect(text).toContain(`HeaderName: ${originHeader},`);
});

test('the validator reports a property that does not exist', async () => {
  const template = structuredClone(await packageStage('dev'));
  Object.assign(template.Resources.EventQueue?.Properties ?? {}, { VisibiltyTimeout: 30 });
  expect(faults(template, region).join()).toContain('VisibiltyTimeout');
});

test('the validator reports a type that the region of the template does not have', async () => {
  const template = structuredClone(await packageStage('dev'));
  const service = { Type: 'AWS::AppRunner::Service', Properties: { SourceConfiguration: {} } };
  Object.assign(template.Resources, { Elsewhere: service });
  expect(faults(template, 'eu-central-1').join()).not.toContain('does not exist in');
  expect(faults(template, 'eu-south-2').join()).toContain("does not exist in 'eu-south-2'");
});
