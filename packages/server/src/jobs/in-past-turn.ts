let lastTurn: Promise<unknown> = Promise.resolve();

/**
 * Runs pieces of work on the past one after the other in this process, whoever asks for them: however much there is, it
 * keeps one connection to the database busy, and leaves the rest of the machine to what happens now.
 */
export async function inPastTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const turn = lastTurn.then(work);
  lastTurn = turn.catch(() => undefined);
  return await turn;
}
