// A value that follows another after it has been still for a while: for searches while typing.
import { useEffect, useState } from 'react';

/** `delay` in milliseconds. */
export function useDebounced<T>(value: T, delay: number): T {
  const [still, setStill] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setStill(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return still;
}
