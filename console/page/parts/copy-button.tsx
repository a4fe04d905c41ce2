/** Copies a text, and says that it did. */
import { useEffect, useState } from 'preact/hooks';

interface CopyProps {
  readonly text: string;
  readonly label?: string;
  /** What is copied, for screen readers, when the label alone does not say it. */
  readonly what?: string;
}

const shownMs = 2000;

export function CopyButton({ text, label = 'Copy', what }: CopyProps) {
  const [result, setResult] = useState('');
  useEffect(() => {
    if (result === '') return;
    const timer = setTimeout(() => setResult(''), shownMs);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setResult('Copied'),
      () => setResult('Select and copy it by hand'),
    );
  return (
    <button
      type="button"
      class="small"
      onClick={copy}
      aria-label={what && result === '' ? `${label} ${what}` : undefined}
    >
      <span aria-live="polite">{result || label}</span>
    </button>
  );
}

/** A command that can be pasted into a terminal. */
export const Command = ({ text, what }: { readonly text: string; readonly what: string }) => (
  <span class="command">
    <code>{text}</code>
    <CopyButton text={text} what={what} />
  </span>
);
