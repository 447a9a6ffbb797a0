import { useSyncExternalStore } from 'react';
import { isOnline, onLineChange } from '../api/line';

export function useOnline(): boolean {
  return useSyncExternalStore(onLineChange, isOnline);
}
