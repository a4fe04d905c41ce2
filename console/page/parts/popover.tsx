/** A button that opens a panel below the header; Escape and a click elsewhere close it. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface PopoverProps {
  readonly id: string;
  readonly label: ComponentChildren;
  readonly title: string;
  readonly tone: 'plain' | 'main' | 'alert';
  /** Rendered while the panel is open. */
  readonly children: () => ComponentChildren;
}

export function Popover({ id, label, title, tone, children }: PopoverProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" class={tone} popovertarget={id} aria-expanded={isOpen}>
        {label}
        <span class="arrow" aria-hidden="true" />
      </button>
      <div
        id={id}
        class="popover"
        popover="auto"
        role="dialog"
        aria-label={title}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {isOpen && children()}
      </div>
    </>
  );
}

/** Closes the panel that is open, when its work is done elsewhere. */
export const closePopover = (id: string): void => document.getElementById(id)?.hidePopover();
