/**
 * The numbers of an order's lines. A line whose external id the held version has keeps its number, so that refunds and
 * credit go on meaning it when another line is taken out; a new one gets the next number. Where a line of either
 * version has no id, its place is all there is to know it by.
 *
 * @returns a number per line, in the order given
 */
export function numberLines(
  sent: { external_id: string | null }[],
  held: { external_id: string | null; line_no: number }[],
): number[] {
  const knownByPlace =
    held.length === 0 || [...sent, ...held].some(({ external_id }) => external_id === null);
  if (knownByPlace) return sent.map((_, place) => place + 1);
  const numbers = new Map(held.map(({ external_id, line_no }) => [external_id, line_no]));
  let last = Math.max(...numbers.values());
  return sent.map(({ external_id }) => numbers.get(external_id) ?? ++last);
}
