/** Light dots that a camera needs around the code. */
export const MARGIN = 4;

/** The dark dots as one path: a bar for each run of them. */
export function qrPath(rows: readonly string[]): string {
  const bars = rows.flatMap((row, y) =>
    [...row.matchAll(/1+/g)].map(
      (run) => `M${run.index + MARGIN} ${y + MARGIN}h${run[0].length}v1h-${run[0].length}z`,
    ),
  );
  return bars.join('');
}
