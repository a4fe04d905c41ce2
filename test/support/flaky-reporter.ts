/** Names each test that failed and passed on a retry: in the output, in a file, and in the summary of a CI run. */
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

interface FlakyReporterOptions {
  /** Takes one line for each flaky test of the last run; the file is absent when there was none. */
  readonly file: string;
  /** The Markdown file that GitHub shows beside a run. */
  readonly summaryFile: string | undefined;
}

export function flakyReporter({ file, summaryFile }: FlakyReporterOptions): Reporter {
  return {
    onTestRunEnd: (modules) => {
      const flaky = flakyTests(modules);
      rmSync(file, { force: true });
      if (flaky.length === 0) return;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, lines(flaky, ''));
      console.error(
        `\nFLAKY: ${flaky.length} passed only on a retry. A flaky test is a bug: fix it.\n${lines(flaky, '  ')}`,
      );
      if (summaryFile) appendFileSync(summaryFile, `## Flaky tests\n\n${lines(flaky, '- ')}`);
    },
  };
}

/** @returns `file › suite > test` for each test that passed on a retry */
const flakyTests = (modules: readonly TestModule[]): string[] =>
  modules.flatMap((module) =>
    [...module.children.allTests()]
      .filter((test) => test.diagnostic()?.flaky === true)
      .map((test) => `${module.relativeModuleId} › ${test.fullName}`),
  );

const lines = (names: readonly string[], mark: string): string =>
  names.map((name) => `${mark}${name}\n`).join('');
