/** One line for one root cause: findings with the same cause become the first of them, with the texts of all. */
import type { Finding } from './finding.ts';

const severity: readonly Finding['level'][] = ['ok', 'unchecked', 'warning', 'problem'];

/** @returns the findings in their order, without `cause` */
export function mergeCauses(findings: readonly Finding[]): Finding[] {
  const byCause = Map.groupBy(findings, ({ cause }) => cause);
  return findings.flatMap((finding) => {
    const same = finding.cause === undefined ? [finding] : (byCause.get(finding.cause) ?? []);
    return same[0] === finding ? [merged(finding, same)] : [];
  });
}

function merged(
  { cause: _, inShort: __, blocks, ...first }: Finding,
  [, ...others]: readonly Finding[],
): Finding {
  const all = [blocks, ...others.map((other) => other.blocks)];
  const blocked = all.filter((subject) => subject !== undefined && subject !== first.subject);
  const more = others.filter((other) => other.blocks === undefined);
  const texts = [first.text, ...more.map(({ text, inShort }) => inShort ?? text)];
  if (blocked.length > 0) texts.push(`For the same reason not checked: ${blocked.join(', ')}.`);
  const levels = [first, ...others].map(({ level }) => severity.indexOf(level));
  return { ...first, text: texts.join(' '), level: severity[Math.max(...levels)] ?? first.level };
}
