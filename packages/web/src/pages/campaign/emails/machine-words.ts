const words: Record<string, string> = {
  provider: 'the provider says so',
  apple_privacy: 'Apple’s privacy proxy',
  bot: 'a program that says what it is',
  at_delivery: 'within seconds of the delivery',
  every_link: 'several links within seconds',
};

/** Why an open or a click is taken for a machine's. */
export function machineWords(reason: string): string {
  return words[reason] ?? reason;
}
