/** A long text as it is. It scrolls by keyboard too. */
interface CodeProps {
  readonly label: string;
  readonly text: string;
}

export const CodeBlock = ({ label, text }: CodeProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard.
  <section class="code" aria-label={label} tabIndex={0}>
    <pre>{text}</pre>
  </section>
);
