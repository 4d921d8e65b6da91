/**
 * Eight hues for campaigns, told apart with any colour vision (after Okabe and Ito), darkened for a white ground and
 * lightened for a dark one so that each has a contrast of 3 : 1 or more. Beyond eight, and for "others", grey.
 */
export const hues = {
  light: ['#0072b2', '#b75d00', '#00805e', '#a5488a', '#2b83b8', '#c4451c', '#7a6a00', '#5a5fc7'],
  dark: ['#4ea8e0', '#eda338', '#2fb890', '#d68abf', '#8fc9f0', '#ff8a5c', '#d9c84a', '#a3a6f5'],
} as const;

export const hueCount = hues.light.length;

/** The colour of the hue with this place; the page's tokens know both grounds. */
export function hueColor(place: number | undefined): string {
  return place === undefined ? 'var(--hue-other)' : `var(--hue-${(place % hueCount) + 1})`;
}
