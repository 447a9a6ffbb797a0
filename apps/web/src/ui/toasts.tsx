import { App } from 'antd';
import { useMemo, useSyncExternalStore } from 'react';

export type ToastKind = 'success' | 'info' | 'warning' | 'error';
export interface Toast {
  readonly at: string;
  readonly kind: ToastKind;
  readonly text: string;
}

const key = 'peyk.toasts';
const keptMax = 50;
let kept: readonly Toast[] = read();
const listeners = new Set<() => void>();

function read(): readonly Toast[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? (stored as Toast[]).slice(0, keptMax) : [];
  } catch {
    return [];
  }
}

function keep(toasts: readonly Toast[]): void {
  kept = toasts.slice(0, keptMax);
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // They are there until the page is closed.
  }
  for (const listener of listeners) listener();
}

/** What was said in passing, to be read later: the newest first, until the tab is closed. */
export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => kept,
  );
}
export const clearToasts = (): void => keep([]);

const seconds: Readonly<Record<ToastKind, number>> = { success: 3, info: 4, warning: 6, error: 8 };

export type Say = Readonly<Record<ToastKind, (text: string) => void>>;

/** `say.success('ذخیره شد.')`: shown for a moment, kept in the list behind the bell. */
export function useSay(): Say {
  const { message } = App.useApp();
  return useMemo(() => {
    const say = (kind: ToastKind) => (text: string) => {
      keep([{ at: new Date().toISOString(), kind, text }, ...kept]);
      void message.open({ type: kind, content: text, duration: seconds[kind] });
    };
    return { success: say('success'), info: say('info'), warning: say('warning'), error: say('error') };
  }, [message]);
}
