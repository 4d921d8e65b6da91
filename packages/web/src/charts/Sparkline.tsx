type SparklineProps = {
  /** Null is a gap. */
  values: (number | null)[];
  color?: string;
};

const width = 120;
const height = 28;

/** The course of a figure in the size of a word; decoration beside the figure itself. */
export function Sparkline({ values, color = 'var(--accent)' }: SparklineProps) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return <svg width="100%" height={height} aria-hidden="true" />;
  const top = Math.max(...known, 0);
  const bottom = Math.min(...known, 0);
  const x = (place: number) => (place / (values.length - 1)) * width;
  const y = (value: number) => height - 2 - ((value - bottom) / (top - bottom || 1)) * (height - 4);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      height={height}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path
        d={pathOf(values, x, y)}
        fill="none"
        stroke={color}
        strokeWidth={1.5}
        vectorEffect="non-scaling-stroke"
        strokeLinejoin="round"
      />
    </svg>
  );
}

function pathOf(
  values: (number | null)[],
  x: (place: number) => number,
  y: (value: number) => number,
): string {
  let pen = 'M';
  return values
    .map((value, place) => {
      if (value === null) {
        pen = 'M';
        return '';
      }
      const step = `${pen}${x(place).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = 'L';
      return step;
    })
    .join('');
}
