// Listening to a fast value from React.
import { useSyncExternalStore } from 'react';
import type { Store } from '../model/store.ts';

/** The whole value, or the part that `pick` takes of it; renders again only when that part is another one. */
export function useStore<T>(store: Store<T>): T;
export function useStore<T, Part>(store: Store<T>, pick: (value: T) => Part): Part;
export function useStore<T, Part>(store: Store<T>, pick?: (value: T) => Part): T | Part {
  return useSyncExternalStore<T | Part>(store.subscribe, () => (pick ? pick(store.get()) : store.get()));
}
