/** A modal dialog: the browser keeps the focus inside, closes it with Escape, and gives the focus back. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface DialogProps {
  readonly label: string;
  /** `sheet` covers a small screen. */
  readonly kind?: 'box' | 'sheet';
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function Dialog({ label, kind = 'box', onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  // A click on the dialog itself, not on its content, is one on the backdrop.
  const closeOutside = (event: MouseEvent) => {
    if (kind === 'box' && event.target === dialog.current) onClose();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key that closes a dialog, and the browser handles it.
    <dialog ref={dialog} class={kind} aria-label={label} onClose={onClose} onClick={closeOutside}>
      <div class="inside">{children}</div>
    </dialog>
  );
}
