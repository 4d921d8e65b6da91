/** How facts of sessions are recorded. */
export type RecordContext = {
  /** A visit lives this long after its last activity. */
  window_days: number;
  /** Of the settlements that late facts lead to: past facts give way to what happens now. */
  priority: number;
};
