/** The page's own colours as values, since a drawing library knows no variables. */
export type ChartColours = {
  text: string;
  dimmed: string;
  rule: string;
  raised: string;
  previous: string;
  resolve: (color: string) => string;
};

export function readColours(element: HTMLElement): ChartColours {
  const style = getComputedStyle(element);
  const variable = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: variable('--mantine-color-text'),
    dimmed: variable('--mantine-color-dimmed'),
    rule: variable('--rule'),
    raised: variable('--raised'),
    previous: variable('--previous'),
    resolve: (color) => {
      const name = /^var\((--[\w-]+)\)$/.exec(color)?.[1];
      return name === undefined ? color : variable(name);
    },
  };
}
