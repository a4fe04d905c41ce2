/** Makes a value when it is first asked for: what a request does not need shall not delay a function's start. */

export function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
