import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StyleProvider } from '@ant-design/cssinjs';
import { App, ConfigProvider } from 'antd';
import faIR from 'antd/locale/fa_IR';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client';
import { antdThemes } from './antd-themes';
import { useTheme, useTouch } from './theme';

const retriesMax = 2;

/** Asks again only where asking again can help. */
function mayRetry(failures: number, error: Error): boolean {
  // No answer at all: it waits until the line is back (api/line), and then once more.
  if (error instanceof ApiError && error.status === 0) return true;
  if (failures >= retriesMax) return false;
  return !(error instanceof ApiError) || error.status === 429 || error.status >= 500;
}

const queries = new QueryClient({
  queryCache: new QueryCache(),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: 5 * 60_000,
      // However lately it was read: what came meanwhile was missed.
      refetchOnReconnect: 'always',
      retry: mayRetry,
      retryDelay: (attempt, error) =>
        error instanceof ApiError && error.retryAfterSeconds
          ? Math.min(error.retryAfterSeconds, 30) * 1_000
          : Math.min(500 * 2 ** attempt, 10_000),
    },
    // A refused or failed change is tried again by the person, who sees why.
    mutations: { retry: false, networkMode: 'always' },
  },
});

/** Forgets all that was read: another person may be next. */
export function forgetAnswers(): void {
  queries.clear();
}

/** antd writes its variables here, where nobody reads them: they are in the built style sheet already. */
const unread = document.createElement('div');

export function Providers({ children }: { children: ReactNode }) {
  const theme = useTheme();
  const touch = useTouch();
  return (
    <StyleProvider container={unread}>
      <ConfigProvider
        direction="rtl"
        locale={faIR}
        theme={antdThemes[theme][touch ? 'touch' : 'pointer']}
        form={{ requiredMark: true, scrollToFirstError: { block: 'center' } }}
        button={{ autoInsertSpace: false }}
      >
        <App message={{ top: 64, maxCount: 3 }}>
          <QueryClientProvider client={queries}>{children}</QueryClientProvider>
        </App>
      </ConfigProvider>
    </StyleProvider>
  );
}
