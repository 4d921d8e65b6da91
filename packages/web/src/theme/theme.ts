import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { hues } from './palette.ts';

// One accent. Shade 8 on white and shade 4 on the dark ground have a contrast of 4.5 : 1 or more.
const petrol: MantineColorsTuple = [
  '#e9f6f7',
  '#d5e9eb',
  '#a9d3d6',
  '#79bcc1',
  '#52a8af',
  '#3a9ca3',
  '#2a8f97',
  '#177b84',
  '#06717a',
  '#00606a',
];

const slate: MantineColorsTuple = [
  '#d3dade',
  '#bcc5ca',
  '#9aa6ad',
  '#6b7880',
  '#3d4950',
  '#2e393f',
  '#222b30',
  '#181f23',
  '#12181b',
  '#0c1113',
];

export const theme = createTheme({
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", Menlo, monospace',
  colors: { petrol, dark: slate },
  primaryColor: 'petrol',
  primaryShade: { light: 8, dark: 7 },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        // Its header is a heading row and no banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
    },
    // What explains a field stands below it, so that fields beside each other stand in line.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
  },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.375rem' }, h2: { fontSize: '1rem' } } },
});

/** What Mantine's own variables do not hold: hues, the ground, and greys with enough contrast to be read. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#59646b',
    '--mantine-color-placeholder': '#6c777e',
    '--accent': petrol[8],
    '--ground': '#f5f7f7',
    '--raised': '#ffffff',
    '--rule': '#dde3e5',
    '--good': '#1c7a43',
    '--bad': '#b8332a',
    '--warn': '#8a5a00',
    '--previous': '#9aa4aa',
    '--hue-other': '#7d878d',
    ...hueVariables(hues.light),
  },
  dark: {
    '--mantine-color-dimmed': '#9fabb2',
    '--mantine-color-placeholder': '#8b979e',
    '--accent': petrol[4],
    '--ground': '#12181b',
    '--raised': '#181f23',
    '--rule': '#2e393f',
    '--good': '#5fc98b',
    '--bad': '#ff8f85',
    '--warn': '#e6b450',
    '--previous': '#6b7880',
    '--hue-other': '#8b969d',
    ...hueVariables(hues.dark),
  },
});

function hueVariables(colours: readonly string[]): Record<string, string> {
  return Object.fromEntries(colours.map((colour, place) => [`--hue-${place + 1}`, colour]));
}
