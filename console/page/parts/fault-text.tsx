/** Why an action failed. The element is always there, so that a screen reader announces its text. */
export const FaultText = ({ text }: { readonly text: string }) => (
  <p class="fault-text" role="alert">
    {text}
  </p>
);
