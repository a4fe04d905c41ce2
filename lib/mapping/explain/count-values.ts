/** How large a body is. */

/** @param body JSON, nested to any depth @returns the number of its values: itself, and all within it */
export function countValues(body: unknown): number {
  const open: unknown[] = [body];
  let count = 0;
  while (open.length > 0) {
    const value = open.pop();
    count += 1;
    if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) open.push(part);
  }
  return count;
}
