/** The same answers, the latest of them remembered: agents and addresses repeat far more often than they are new. */
export function remembering<Answer>(
  find: (of: string) => Answer,
  mostRemembered = 10_000,
): (of: string) => Answer {
  const known = new Map<string, Answer>();
  return (of) => {
    const before = known.get(of);
    if (before !== undefined) return before;
    const answer = find(of);
    // All at once, which costs less than keeping count of who was asked for last.
    if (known.size >= mostRemembered) known.clear();
    known.set(of, answer);
    return answer;
  };
}
