/** The only source of the present. Rooms take it as a parameter, so that a test can set it. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands where it is put; `advance` moves it by milliseconds. */
export function settableClock(start: string | Date): Clock & {
  set(to: string | Date): void;
  advance(milliseconds: number): void;
} {
  let now = new Date(start);
  return {
    now: () => new Date(now),
    set: (to) => {
      now = new Date(to);
    },
    advance: (milliseconds) => {
      now = new Date(now.getTime() + milliseconds);
    },
  };
}
