// polylabel ships no types.
declare module 'polylabel' {
  /** The pole of inaccessibility of closed rings; the array also carries its distance from the outline. */
  export default function polylabel(
    polygon: [number, number][][],
    precision?: number,
  ): [number, number] & { distance: number };
}
