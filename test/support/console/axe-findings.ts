/** What axe-core finds on a page, by all of its rules. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Rules that axe-core leaves out unless they are asked for. */
const extraRules = { 'target-size': { enabled: true } };

export async function axeFindings(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  const found = await page.evaluate<{ id: string; nodes: { html: string; failureSummary: string }[] }[]>(
    `axe.run(document, { rules: ${JSON.stringify(extraRules)} }).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}\n${node.failureSummary}`));
}
