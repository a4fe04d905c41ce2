/** A filter with one value or all. */
interface ChoiceProps<T extends string> {
  readonly label: string;
  /** The text of no filter. */
  readonly all: string;
  readonly value: string;
  readonly values: readonly T[];
  readonly textOf?: (value: T) => string;
  readonly onChoose: (value: string) => void;
}

export const Choice = <T extends string>({ label, all, value, values, textOf, onChoose }: ChoiceProps<T>) => (
  <label>
    <span class="unseen">{label}</span>
    <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
      <option value="">{all}</option>
      {values.map((name) => (
        <option key={name} value={name}>
          {textOf?.(name) ?? name}
        </option>
      ))}
    </select>
  </label>
);
