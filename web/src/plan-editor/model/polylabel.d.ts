// The package ships no types. Rings of [x, y], the outer one first; the answer carries its distance to the outline.
declare module 'polylabel' {
  export default function polylabel(
    polygon: readonly (readonly (readonly number[])[])[],
    precision?: number,
  ): number[] & { distance: number };
}
